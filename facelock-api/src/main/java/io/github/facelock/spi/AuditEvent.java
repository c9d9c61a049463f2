package io.github.facelock.spi;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One line of the audit trail. Holds no secret, sample, template or handle.
 *
 * @param at when
 * @param type what happened
 * @param transaction which login; empty for administration
 * @param subject whom it concerns, as claimed or found; empty if nobody was named
 * @param factor which factor, if one was involved
 * @param source where the request came from
 * @param details further facts by name: cause, policy, model ids, signals
 */
public record AuditEvent(
    Instant at,
    Type type,
    String transaction,
    Optional<SubjectId> subject,
    Optional<FactorType> factor,
    String source,
    Map<String, String> details) {

  /** Copies the map. */
  public AuditEvent {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(transaction, "transaction");
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(factor, "factor");
    Objects.requireNonNull(source, "source");
    details = Map.copyOf(details);
  }

  /** What can happen. The first four are the outcomes; each outcome is written exactly once. */
  public enum Type {
    /** A login began or went on. */
    CHALLENGED,
    /** A login succeeded. */
    GRANTED,
    /** A login ended without success. */
    DENIED,
    /** A login was refused because of too many attempts. */
    LOCKED,
    /** A login was given up. */
    CANCELLED,
    /** A code was handed to its channel. */
    CODE_SENT,
    /** A code could not be handed over. */
    CODE_NOT_SENT,
    /** A provider told later what became of a message; {@code status} and {@code reference}. */
    CODE_STATUS,
    /** A subject became known. */
    SUBJECT_REGISTERED,
    /** A subject was suspended. */
    SUBJECT_SUSPENDED,
    /** A subject was reactivated. */
    SUBJECT_REACTIVATED,
    /** A subject was erased. */
    SUBJECT_ERASED,
    /** A credential was added or changed. */
    CREDENTIAL_SET,
    /** A credential was removed. */
    CREDENTIAL_REMOVED,
    /** A session of presence ended; the cause tells why. */
    PRESENCE_ENDED,
    /** Somebody on the watch-list was about to be enrolled. */
    WATCH_LIST_HIT,
    /** A name or a face was put on the watch-list. */
    WATCH_LIST_ADDED,
    /** An entry was taken off the watch-list. */
    WATCH_LIST_REMOVED,
    /** An enrolment was not taken. */
    ENROLMENT_REFUSED,
    /** An alert, or a notice to a subject, was handed over. */
    ALERT_SENT,
    /** An alert, or a notice to a subject, was given up. */
    ALERT_NOT_SENT,
    /** Nobody acknowledged an alert in time; the next level is told. */
    ALERT_ESCALATED,
    /** Somebody acknowledged an alert. */
    ALERT_ACKNOWLEDGED,
    /** Somebody asked the administration for something; details tell who, what and the verdict. */
    ADMINISTRATION,
    /** A subject was given a role, or lost one. */
    ROLES_CHANGED,
    /** A subject may try a factor again. */
    UNLOCKED,
    /** The trail begins anew because an earlier part was found altered; the cause tells why. */
    AUDIT_RESTARTED
  }
}
