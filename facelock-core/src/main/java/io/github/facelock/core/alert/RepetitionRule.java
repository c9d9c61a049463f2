package io.github.facelock.core.alert;

import io.github.facelock.api.SubjectId;
import io.github.facelock.spi.Alert;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Tells when events of a cause repeat: the n-th within a time becomes an alert of {@link
 * Alert.Cause#FAILURES_REPEATED}. Counted on all nodes that share the attempt store. The time
 * begins with the first event and then begins anew.
 *
 * @param counted whose events are counted
 * @param times at which number somebody is told, from 2
 * @param within how long they are counted together, 1 second to 30 days
 * @param per what they must have in common
 * @param severity how much it matters
 */
public record RepetitionRule(
    Alert.Cause counted, int times, Duration within, Per per, Alert.Severity severity) {

  /** What counted events have in common. */
  public enum Per {
    /** They concern one subject, from wherever they come. */
    SUBJECT,
    /** They come from one source, whomever they concern. */
    SOURCE
  }

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a number is out of range, or repetitions are counted
   */
  public RepetitionRule {
    Objects.requireNonNull(counted, "counted");
    Objects.requireNonNull(per, "per");
    Objects.requireNonNull(severity, "severity");
    if (times < 2
        || within.compareTo(Duration.ofSeconds(1)) < 0
        || within.compareTo(Duration.ofDays(30)) > 0) {
      throw new IllegalArgumentException(
          "Repetitions: at least 2 times, within 1 second to 30 days");
    }
    if (counted == Alert.Cause.FAILURES_REPEATED || counted == Alert.Cause.STORM) {
      throw new IllegalArgumentException("What counts alerts itself is not counted again");
    }
  }

  /** What this event is counted under; empty if it is not counted. */
  Optional<String> key(Alert event) {
    if (event.cause() != counted) {
      return Optional.empty();
    }
    Optional<String> common =
        per == Per.SOURCE ? Optional.of(event.source()) : event.subject().map(SubjectId::value);
    return common.map(value -> counted + "/" + times + "/" + within + "/" + per + "/" + value);
  }
}
