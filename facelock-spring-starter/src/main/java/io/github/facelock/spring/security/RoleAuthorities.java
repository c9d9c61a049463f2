package io.github.facelock.spring.security;

import io.github.facelock.api.SubjectId;
import io.github.facelock.api.admin.Actor;
import io.github.facelock.api.admin.Administration;
import io.github.facelock.api.admin.SubjectSummary;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** FaceLock's own roles as authorities: {@code ROLE_} and the role. Everybody active is a user. */
public final class RoleAuthorities implements SubjectAuthorities {

  private final Administration administration;

  /**
   * Takes the administration.
   *
   * @param administration knows the roles
   */
  public RoleAuthorities(Administration administration) {
    this.administration = administration;
  }

  @Override
  public List<GrantedAuthority> of(SubjectId subject, String source) {
    Optional<SubjectSummary> active =
        administration
            .find(new Actor(subject, source), subject)
            .value()
            .filter(summary -> !summary.suspended());
    if (active.isEmpty()) {
      return List.of();
    }
    return Stream.concat(Stream.of("USER"), active.get().roles().stream().map(Enum::name))
        .distinct()
        .<GrantedAuthority>map(role -> new SimpleGrantedAuthority("ROLE_" + role))
        .toList();
  }
}
