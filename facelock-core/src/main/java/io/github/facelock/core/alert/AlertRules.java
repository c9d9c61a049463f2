package io.github.facelock.core.alert;

import io.github.facelock.spi.Alert;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which events become alerts. Where several rules speak, the highest severity counts. Immutable and
 * thread-safe.
 */
public final class AlertRules {

  private final List<AlertRule> rules;
  private final List<RepetitionRule> repetitions;

  private AlertRules(List<AlertRule> rules, List<RepetitionRule> repetitions) {
    this.rules = List.copyOf(rules);
    this.repetitions = List.copyOf(repetitions);
  }

  /**
   * No rule: nobody is told of anything.
   *
   * @return the empty rules, to build on
   */
  public static AlertRules none() {
    return new AlertRules(List.of(), List.of());
  }

  /**
   * Critical: watch-list, duress, a suspected attack, an opened sensor, another face in a session.
   * Warning: locks, ended logins, unknown faces, risk, exceeded budgets, used recovery codes,
   * changed credentials, what other sensors say; and five wrong answers for one subject, or twenty
   * from one source, within ten minutes. Single wrong answers are not told.
   *
   * @return the defaults
   */
  public static AlertRules ofDefaults() {
    Map<Alert.Cause, Alert.Severity> told =
        Map.ofEntries(
            Map.entry(Alert.Cause.WATCH_LIST, Alert.Severity.CRITICAL),
            Map.entry(Alert.Cause.DURESS, Alert.Severity.CRITICAL),
            Map.entry(Alert.Cause.ATTACK_SUSPECTED, Alert.Severity.CRITICAL),
            Map.entry(Alert.Cause.SENSOR_OPENED, Alert.Severity.CRITICAL),
            Map.entry(Alert.Cause.FACE_CHANGED, Alert.Severity.CRITICAL),
            Map.entry(Alert.Cause.LOCKED, Alert.Severity.WARNING),
            Map.entry(Alert.Cause.NOT_VERIFIED, Alert.Severity.WARNING),
            Map.entry(Alert.Cause.UNKNOWN_FACE, Alert.Severity.WARNING),
            Map.entry(Alert.Cause.RISK, Alert.Severity.WARNING),
            Map.entry(Alert.Cause.SEND_BUDGET_EXCEEDED, Alert.Severity.WARNING),
            Map.entry(Alert.Cause.RECOVERY_CODE_USED, Alert.Severity.WARNING),
            Map.entry(Alert.Cause.CREDENTIALS_CHANGED, Alert.Severity.WARNING),
            Map.entry(Alert.Cause.SENSOR, Alert.Severity.WARNING));
    Duration within = Duration.ofMinutes(10);
    return none()
        .and(event -> Optional.ofNullable(told.get(event.cause())))
        .and(
            new RepetitionRule(
                Alert.Cause.ATTEMPT_FAILED,
                5,
                within,
                RepetitionRule.Per.SUBJECT,
                Alert.Severity.WARNING))
        .and(
            new RepetitionRule(
                Alert.Cause.ATTEMPT_FAILED,
                20,
                within,
                RepetitionRule.Per.SOURCE,
                Alert.Severity.WARNING));
  }

  /**
   * These rules and one more.
   *
   * @param rule for example {@code AlertRule.on(Cause.LOCKED, Severity.INFO)}
   * @return the extended rules
   */
  public AlertRules and(AlertRule rule) {
    List<AlertRule> more = new ArrayList<>(rules);
    more.add(rule);
    return new AlertRules(more, repetitions);
  }

  /**
   * These rules and one more.
   *
   * @param rule what is counted
   * @return the extended rules
   */
  public AlertRules and(RepetitionRule rule) {
    List<RepetitionRule> more = new ArrayList<>(repetitions);
    more.add(rule);
    return new AlertRules(rules, more);
  }

  /**
   * These rules, silent about one cause. It may still be counted.
   *
   * @param cause of which nobody is told
   * @return the narrower rules
   */
  public AlertRules without(Alert.Cause cause) {
    return new AlertRules(
        rules.stream().map(rule -> rule.when(event -> event.cause() != cause)).toList(),
        repetitions);
  }

  Optional<Alert.Severity> judge(Alert event) {
    return rules.stream()
        .flatMap(rule -> rule.judge(event).stream())
        .max(Comparator.naturalOrder());
  }

  List<RepetitionRule> repetitions() {
    return repetitions;
  }
}
