package io.github.facelock.api.admin;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A record of the audit trail as administrators see it.
 *
 * @param number its place in the trail
 * @param at when
 * @param type what happened, for example {@code GRANTED}
 * @param transaction which login; empty for administration
 * @param subject whom it concerns
 * @param factor which factor was involved
 * @param source where the request came from
 * @param details further facts by name
 */
public record AuditEntry(
    long number,
    Instant at,
    String type,
    String transaction,
    Optional<SubjectId> subject,
    Optional<FactorType> factor,
    String source,
    Map<String, String> details) {

  /** Copies the map. */
  public AuditEntry {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(transaction, "transaction");
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(factor, "factor");
    Objects.requireNonNull(source, "source");
    details = Map.copyOf(details);
  }
}
