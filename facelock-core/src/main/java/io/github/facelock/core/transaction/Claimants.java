package io.github.facelock.core.transaction;

import io.github.facelock.api.SubjectId;
import io.github.facelock.spi.FactorContext;
import io.github.facelock.spi.store.Subject;
import io.github.facelock.spi.store.SubjectStore;
import java.util.Optional;

/** Tells who a login is for, and whether that may be. Thread-safe. */
final class Claimants {

  private final SubjectStore subjects;

  Claimants(SubjectStore subjects) {
    this.subjects = subjects;
  }

  /**
   * What factors see of a login. A barred one looks to them like an unknown subject's: they do the
   * same work, and nothing proves anything.
   */
  FactorContext context(Visit visit) {
    return context(visit, visit.standing.isBarred());
  }

  /** What rules see of a login: a bar does not hide the subject from them. */
  FactorContext unbarred(Visit visit) {
    return context(visit, false);
  }

  private FactorContext context(Visit visit, boolean barred) {
    // Looked up also for a barred login, which takes as long.
    Optional<SubjectId> active = visit.claimed.filter(this::isActive);
    return new FactorContext(
        visit.transaction,
        visit.claimed,
        barred ? Optional.empty() : active,
        visit.request,
        visit.policy.orElseThrow(),
        visit.now);
  }

  /** A factor names whom it verified; nobody takes its word for who that must be. */
  Optional<String> objection(FactorContext context, SubjectId verified) {
    if (!context.claimed().orElse(verified).equals(verified)) {
      return Optional.of("subject-mismatch");
    }
    boolean active = context.identifies() ? isActive(verified) : context.subject().isPresent();
    return active ? Optional.empty() : Optional.of("subject-not-active");
  }

  boolean isActive(SubjectId id) {
    return subjects.find(id).filter(subject -> isActive(subject, id)).isPresent();
  }

  private static boolean isActive(Subject subject, SubjectId id) {
    return subject.id().equals(id) && !subject.suspended();
  }
}
