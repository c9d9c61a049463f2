package io.github.facelock.spi;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that somebody should know now.
 *
 * @param at when
 * @param cause what happened
 * @param subject whom it concerns, as claimed or found
 * @param factor which factor, if one was involved
 * @param source where the request came from
 * @param details further facts by name; no secret, sample or template
 */
public record Alert(
    Instant at,
    Cause cause,
    Optional<SubjectId> subject,
    Optional<FactorType> factor,
    String source,
    Map<String, String> details) {

  /** Copies the map. */
  public Alert {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(cause, "cause");
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(factor, "factor");
    Objects.requireNonNull(source, "source");
    details = Map.copyOf(details);
  }

  /** What raises an alert. */
  public enum Cause {
    /** An answer was judged and was wrong. There are many of these: rules count them. */
    ATTEMPT_FAILED,
    /** Rules counted too many failures; {@code count} and {@code within} tell how many. */
    FAILURES_REPEATED,
    /** A factor was locked after too many attempts. */
    LOCKED,
    /** Presentation attack detection objected. */
    ATTACK_SUSPECTED,
    /** A face that nobody enrolled asked to be identified. */
    UNKNOWN_FACE,
    /** A login ended because the answers did not prove the claim. */
    NOT_VERIFIED,
    /** A subject's credentials changed. */
    CREDENTIALS_CHANGED,
    /** Somebody on the watch-list was named, or seen. */
    WATCH_LIST,
    /** A risk rule wants somebody to know. */
    RISK,
    /** Somebody typed the PIN that says "I am forced". Nothing visible may follow at the door. */
    DURESS,
    /** A recovery code was used; {@code left} tells how many remain. */
    RECOVERY_CODE_USED,
    /** Codes were not sent because too many were; {@code budget} tells which limit it was. */
    SEND_BUDGET_EXCEEDED,
    /** A door, a window or a housing was opened; the application's sensors raise this. */
    SENSOR_OPENED,
    /** Another face took the place of the one that a session belongs to. */
    FACE_CHANGED,
    /** Something else that the application's own sensors noticed. */
    SENSOR,
    /** So many alerts of one cause came that they were summed up; {@code of} names the cause. */
    STORM
  }

  /** How much an alert matters, in rising order. */
  public enum Severity {
    /** Good to know. */
    INFO,
    /** Look at it today. */
    WARNING,
    /** Act now. */
    CRITICAL
  }
}
