package io.github.facelock.core.alert;

import io.github.facelock.spi.Alert;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Decides whether somebody is told about an event, and how much it matters. Immutable where its
 * parts are; thread-safe.
 */
@FunctionalInterface
public interface AlertRule {

  /**
   * Judges an event.
   *
   * @param event what happened
   * @return the severity; empty if this rule tells nobody
   */
  Optional<Alert.Severity> judge(Alert event);

  /**
   * Tells of every event of a cause.
   *
   * @param cause the cause
   * @param severity how much it matters
   * @return the rule
   */
  static AlertRule on(Alert.Cause cause, Alert.Severity severity) {
    Objects.requireNonNull(cause, "cause");
    Optional<Alert.Severity> told = Optional.of(severity);
    return event -> event.cause() == cause ? told : Optional.empty();
  }

  /**
   * The same rule for some events only, for example of one source or one factor.
   *
   * @param condition whether this rule judges the event
   * @return the narrower rule
   */
  default AlertRule when(Predicate<? super Alert> condition) {
    Objects.requireNonNull(condition, "condition");
    return event -> condition.test(event) ? judge(event) : Optional.empty();
  }
}
