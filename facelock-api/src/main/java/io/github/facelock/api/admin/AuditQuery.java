package io.github.facelock.api.admin;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Which records of the audit trail to show, the newest first. Every part narrows the search.
 * Immutable.
 *
 * @param subject whom they concern; empty for anybody
 * @param types names of what happened, for example {@code GRANTED}; of none every type
 * @param factor which factor was involved; empty for any or none
 * @param from the earliest time, itself included
 * @param until the time before which it happened, itself not included
 * @param source a text that the request's source contains, compared exactly; empty for every source
 * @param transaction which login; empty for all
 * @param before only records with a lower number, for the next page; {@link Long#MAX_VALUE} for the
 *     first page
 * @param limit the most records, 1 to {@value #MAX_LIMIT}
 */
public record AuditQuery(
    Optional<SubjectId> subject,
    Set<String> types,
    Optional<FactorType> factor,
    Optional<Instant> from,
    Optional<Instant> until,
    String source,
    Optional<String> transaction,
    long before,
    int limit) {

  /** The largest page. */
  public static final int MAX_LIMIT = 1000;

  private static final int USUAL_LIMIT = 100;

  /**
   * Copies the set and checks the range.
   *
   * @throws IllegalArgumentException if the limit is out of range
   */
  public AuditQuery {
    Objects.requireNonNull(subject, "subject");
    types = Set.copyOf(types);
    Objects.requireNonNull(factor, "factor");
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(until, "until");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(transaction, "transaction");
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("A page has 1 to " + MAX_LIMIT + " records, not " + limit);
    }
  }

  /**
   * The whole trail; a page of {@value #USUAL_LIMIT}.
   *
   * @return the query
   */
  public static AuditQuery all() {
    return new AuditQuery(
        Optional.empty(),
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        "",
        Optional.empty(),
        Long.MAX_VALUE,
        USUAL_LIMIT);
  }

  /**
   * Only what concerns a subject.
   *
   * @param subject as claimed or found
   * @return the changed query
   */
  public AuditQuery withSubject(SubjectId subject) {
    return new AuditQuery(
        Optional.of(subject), types, factor, from, until, source, transaction, before, limit);
  }

  /**
   * Only some types of events.
   *
   * @param types their names; of none every type
   * @return the changed query
   */
  public AuditQuery withTypes(Set<String> types) {
    return new AuditQuery(subject, types, factor, from, until, source, transaction, before, limit);
  }

  /**
   * Only what involved a factor.
   *
   * @param factor the factor
   * @return the changed query
   */
  public AuditQuery withFactor(FactorType factor) {
    return new AuditQuery(
        subject, types, Optional.of(factor), from, until, source, transaction, before, limit);
  }

  /**
   * Only what happened at or after a time.
   *
   * @param from the time
   * @return the changed query
   */
  public AuditQuery from(Instant from) {
    return new AuditQuery(
        subject, types, factor, Optional.of(from), until, source, transaction, before, limit);
  }

  /**
   * Only what happened before a time.
   *
   * @param until the time
   * @return the changed query
   */
  public AuditQuery until(Instant until) {
    return new AuditQuery(
        subject, types, factor, from, Optional.of(until), source, transaction, before, limit);
  }

  /**
   * Only what came from somewhere.
   *
   * @param source a text that the source contains
   * @return the changed query
   */
  public AuditQuery withSource(String source) {
    return new AuditQuery(subject, types, factor, from, until, source, transaction, before, limit);
  }

  /**
   * Only one login.
   *
   * @param transaction its name in the trail
   * @return the changed query
   */
  public AuditQuery withTransaction(String transaction) {
    return new AuditQuery(
        subject, types, factor, from, until, source, Optional.of(transaction), before, limit);
  }

  /**
   * The next page.
   *
   * @param number of the last record of the page before
   * @return the changed query
   */
  public AuditQuery before(long number) {
    return new AuditQuery(subject, types, factor, from, until, source, transaction, number, limit);
  }

  /**
   * Another size of the page.
   *
   * @param limit the most records, 1 to {@value #MAX_LIMIT}
   * @return the changed query
   */
  public AuditQuery withLimit(int limit) {
    return new AuditQuery(subject, types, factor, from, until, source, transaction, before, limit);
  }
}
