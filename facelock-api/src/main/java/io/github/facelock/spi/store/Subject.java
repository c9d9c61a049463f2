package io.github.facelock.spi.store;

import io.github.facelock.api.SubjectId;
import java.time.Instant;
import java.util.Objects;

/**
 * A person whom the system knows.
 *
 * @param id the name
 * @param suspended whether all logins are denied
 * @param createdAt when it became known
 * @param version how often it was changed, from 1; the guard of {@link SubjectStore#replace}
 */
public record Subject(SubjectId id, boolean suspended, Instant createdAt, long version) {

  /** Refuses null and versions below 1. */
  public Subject {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(createdAt, "createdAt");
    if (version < 1) {
      throw new IllegalArgumentException("Subject versions begin at 1");
    }
  }

  /**
   * The next version with another state.
   *
   * @param suspended whether all logins are denied
   * @return a subject with a version greater by one
   */
  public Subject withSuspended(boolean suspended) {
    return new Subject(id, suspended, createdAt, version + 1);
  }
}
