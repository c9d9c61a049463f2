package io.github.facelock.core.transaction;

import io.github.facelock.api.DenialReason;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.policy.Policy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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
  final List<FactorType> passed = new ArrayList<>();
  final Set<FactorType> started = new HashSet<>();
  final Map<FactorType, Instant> seenLocked = new HashMap<>();
  int failures;
  int unclear;
  int choices;
  int repeats;

  LoginModel(Policy policy, boolean active, Instant now) {
    this.policy = policy;
    this.active = active;
    this.expiresAt = now.plus(policy.lifetime());
    openStep();
  }

  List<FactorType> asked() {
    return policy.steps().get(passed.size()).anyOf();
  }

  private void openStep() {
    started.clear();
    seenLocked.clear();
    failures = 0;
    unclear = 0;
    choices = 0;
    repeats = 0;
    for (FactorType type : asked()) {
      if (asked().size() == 1 || !type.equals(Fixture.MAIL)) {
        started.add(type);
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
    boolean right = active && (text.equals("right") || text.equals("is alice"));
    if (!right) {
      return ++failures < policy.triesPerStep()
          ? "challenge NotVerified"
          : denied(DenialReason.NOT_VERIFIED);
    }
    passed.add(type);
    if (passed.size() == policy.steps().size()) {
      return "granted";
    }
    openStep();
    return "challenge None";
  }

  static String denied(DenialReason reason) {
    return "denied " + reason;
  }
}
