package io.github.facelock.core.transaction;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.policy.StepCondition;
import io.github.facelock.api.watchlist.WatchListEntryId;
import io.github.facelock.spi.Alert;
import io.github.facelock.spi.DeviceTrust;
import io.github.facelock.spi.FactorContext;
import io.github.facelock.spi.RiskFinding;
import io.github.facelock.spi.RiskResponse;
import io.github.facelock.spi.RiskRule;
import io.github.facelock.spi.Watch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Looks at what surrounds a login: risk rules, the watch-list, trusted devices. A rule that fails
 * makes the request fail, which denies it. Thread-safe.
 *
 * <p><strong>No oracle.</strong> What is found here depends on who is claimed: on the networks from
 * which a subject logged in before, on whether the name is watched. So it has no effect that is
 * seen before the first answer was right. A bar leads the login like an unknown subject's, and
 * steps are only added or left out behind the first one.
 */
final class Circumstances {

  static final String WATCH_LIST = "watch-list";

  private final List<RiskRule> rules;
  private final DeviceTrust devices;
  private final Watch watch;

  Circumstances(List<RiskRule> rules, DeviceTrust devices, Watch watch) {
    this.rules = List.copyOf(rules);
    this.devices = devices;
    this.watch = watch;
  }

  /** Looks, and lets the visit know: its standing becomes stricter, its signals are audited. */
  void assess(Visit visit, FactorContext context) {
    Standing before = visit.standing;
    boolean raised = false;
    String barred = "";
    Set<String> told = new TreeSet<>();
    Map<String, String> signals = new TreeMap<>();
    for (RiskRule rule : rules) {
      RiskFinding finding = rule.assess(context);
      note(rule, finding, signals);
      Set<RiskResponse> responses = finding.responses();
      raised |= responses.contains(RiskResponse.ADD_STEP);
      if (responses.contains(RiskResponse.DENY) && barred.isEmpty()) {
        barred = "risk-" + rule.name();
      }
      if (responses.contains(RiskResponse.ALERT) && told.add(rule.name())) {
        visit.raise(before, rule.name(), Alert.Cause.RISK, Map.of("risk", rule.name()));
      }
    }
    Optional<WatchListEntryId> watched = context.claimed().flatMap(watch::named);
    if (watched.isPresent()) {
      // The truth comes first: a rule's bar must not hide it.
      barred = WATCH_LIST;
      told.add(WATCH_LIST);
      Map<String, String> entry = Map.of(WATCH_LIST, watched.get().value());
      signals.putAll(entry);
      visit.raise(before, WATCH_LIST, Alert.Cause.WATCH_LIST, entry);
    }
    Optional<CredentialId> device = device(before, context);
    device.ifPresent(id -> signals.put("device", id.value()));
    visit.signals.putAll(signals);
    visit.standing =
        before.stricter(new Standing(context.claimed().isPresent(), raised, barred, device, told));
  }

  private static void note(RiskRule rule, RiskFinding finding, Map<String, String> signals) {
    String name = "risk." + rule.name();
    finding.signals().forEach((key, value) -> signals.put(name + "." + key, value));
    if (!finding.responses().isEmpty()) {
      signals.put(
          name,
          finding.responses().stream().map(Enum::name).sorted().collect(Collectors.joining(",")));
    }
  }

  private Optional<CredentialId> device(Standing before, FactorContext context) {
    boolean matters =
        context.policy().steps().stream()
            .anyMatch(step -> step.condition() == StepCondition.UNLESS_TRUSTED_DEVICE);
    if (!matters || context.claimed().isEmpty()) {
      return Optional.empty();
    }
    if (!before.settled()) {
      return devices.recognise(context);
    }
    SubjectId subject = context.claimed().get();
    return before.device().filter(known -> devices.isTrusted(subject, known));
  }

  Optional<Secret> renew(FactorContext context, CredentialId device) {
    return devices.renew(context, device);
  }

  void refused(FactorContext context) {
    rules.forEach(rule -> rule.refused(context));
  }

  List<RiskRule> rules() {
    return rules;
  }
}
