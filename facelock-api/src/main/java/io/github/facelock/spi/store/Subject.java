package io.github.facelock.spi.store;

import io.github.facelock.api.SubjectId;
import io.github.facelock.api.admin.Role;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;

/**
 * A person whom the system knows.
 *
 * @param id the name
 * @param roles what the person may do in the administration
 * @param suspended whether all logins are denied
 * @param createdAt when it became known
 * @param version how often it was changed, from 1; the guard of {@link SubjectStore#replace}
 */
public record Subject(
    SubjectId id, Set<Role> roles, boolean suspended, Instant createdAt, long version) {

  /** Copies the roles; refuses null and versions below 1. */
  public Subject {
    Objects.requireNonNull(id, "id");
    roles = Set.copyOf(roles);
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
    return new Subject(id, roles, suspended, createdAt, version + 1);
  }

  /**
   * The next version with other roles.
   *
   * @param roles all that the person may do from now on
   * @return a subject with a version greater by one
   */
  public Subject withRoles(Set<Role> roles) {
    return new Subject(id, roles, suspended, createdAt, version + 1);
  }
}
