package io.github.facelock.core.transaction;

import io.github.facelock.api.DenialReason;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.PassedFactor;
import io.github.facelock.api.policy.Policy;
import io.github.facelock.api.policy.PolicyStep;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rules of a login, written down a second time as plainly as possible: what the property tests
 * compare the engine with. Says what must come as a short text.
 */
final class LoginModel {

  final Policy policy;
  final boolean active;
  final Instant expiresAt;
  final Surroundings around;

  /** The steps that were passed, by their index, in the order in which they were. */
  final Map<Integer, FactorType> passed = new LinkedHashMap<>();

  final Set<Integer> before = new HashSet<>();
  final Set<FactorType> started = new HashSet<>();
  final Map<FactorType, Instant> seenLocked = new HashMap<>();
  boolean raised;
  boolean barred;
  boolean trusted;
  int present;
  int failures;
  int unclear;
  int choices;
  int repeats;

  LoginModel(
      Policy policy, boolean active, Instant now, Surroundings around, List<PassedFactor> prior) {
    this.policy = policy;
    this.active = active;
    this.around = around;
    this.expiresAt = now.plus(policy.lifetime());
    this.trusted = active && around.trusted;
    look();
    for (int i = 0; i < policy.steps().size(); i++) {
      PolicyStep step = policy.steps().get(i);
      Instant latest = Instant.MIN;
      for (PassedFactor factor : prior) {
        if (step.anyOf().contains(factor.factor())
            && step.validFor().isPresent()
            && !factor.at().isAfter(now)
            && now.isBefore(factor.at().plus(step.validFor().get()))) {
          if (factor.at().isAfter(latest)) {
            passed.put(i, factor.factor());
            latest = factor.at();
          }
          before.add(i);
        }
      }
    }
    openStep();
  }

  /** The circumstances, which only ever make it harder. */
  private void look() {
    raised |= active && around.raise;
    barred |= (active && around.deny) || around.watched.contains(Fixture.ALICE);
    trusted &= around.trusted;
  }

  private boolean required(PolicyStep step) {
    return switch (step.condition()) {
      case ALWAYS -> true;
      case WHEN_RISK -> raised;
      case UNLESS_TRUSTED_DEVICE -> raised || !trusted;
    };
  }

  /** What the present outcome is when nothing is answered: of a begin, and after a passed step. */
  String further() {
    if (present >= 0) {
      return "challenge None";
    }
    return active && !barred ? "granted" : denied(DenialReason.NOT_VERIFIED);
  }

  List<FactorType> asked() {
    return policy.steps().get(present).anyOf();
  }

  private void openStep() {
    started.clear();
    seenLocked.clear();
    failures = 0;
    unclear = 0;
    choices = 0;
    repeats = 0;
    present = -1;
    for (int i = policy.steps().size() - 1; i >= 0; i--) {
      if (required(policy.steps().get(i)) && !passed.containsKey(i)) {
        present = i;
      }
    }
    if (present >= 0) {
      for (FactorType type : asked()) {
        if (asked().size() == 1 || !type.equals(Fixture.MAIL)) {
          started.add(type);
        }
      }
    }
  }

  String repeat() {
    return repeats++ < 10 ? "challenge None" : denied(DenialReason.EXPIRED);
  }

  String choose(FactorType type) {
    if (!asked().contains(type)) {
      return denied(DenialReason.MISMATCHED_RESPONSE);
    }
    if (choices++ >= 10) {
      return denied(DenialReason.EXPIRED);
    }
    started.add(type);
    return "challenge None";
  }

  String answer(FactorType type, String text, Instant now, Map<FactorType, Instant> blocked) {
    if (!asked().contains(type) || !started.contains(type)) {
      return denied(DenialReason.MISMATCHED_RESPONSE);
    }
    Instant until = blocked.getOrDefault(type, Instant.EPOCH);
    if (now.isBefore(until)) {
      seenLocked.put(type, until);
      choices++;
      boolean others =
          asked().stream().anyMatch(t -> !now.isBefore(seenLocked.getOrDefault(t, Instant.EPOCH)));
      return others && choices <= 10 ? "challenge FactorLocked" : "locked";
    }
    if (text.equals("unclear")) {
      return ++unclear < policy.acquisitionsPerStep()
          ? "challenge NotAcquired"
          : denied(DenialReason.NOT_ACQUIRED);
    }
    boolean right = active && !barred && (text.equals("right") || text.equals("is alice"));
    if (right) {
      look();
    }
    if (!right || barred) {
      return ++failures < policy.triesPerStep()
          ? "challenge NotVerified"
          : denied(DenialReason.NOT_VERIFIED);
    }
    passed.put(present, type);
    openStep();
    return further();
  }

  static String denied(DenialReason reason) {
    return "denied " + reason;
  }
}
