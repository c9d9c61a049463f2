package io.github.facelock.api.admin;

import io.github.facelock.api.SubjectId;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;

/**
 * A subject as administrators see it.
 *
 * @param id the name
 * @param roles what the person may do
 * @param suspended whether all logins are denied
 * @param createdAt when it became known
 */
public record SubjectSummary(SubjectId id, Set<Role> roles, boolean suspended, Instant createdAt) {

  /** Copies the roles. */
  public SubjectSummary {
    Objects.requireNonNull(id, "id");
    roles = Set.copyOf(roles);
    Objects.requireNonNull(createdAt, "createdAt");
  }
}
