package io.github.facelock.spring.security;

import io.github.facelock.api.SubjectId;
import java.util.Collection;
import org.springframework.security.core.GrantedAuthority;

/**
 * What a subject may do, looked up at each login. The default gives {@code ROLE_ADMIN}, {@code
 * ROLE_OPERATOR} and {@code ROLE_USER} after FaceLock's roles; an application that keeps its roles
 * elsewhere makes a bean of its own. Implementations are thread-safe.
 */
@FunctionalInterface
public interface SubjectAuthorities {

  /**
   * Looks up.
   *
   * @param subject who logged in
   * @param source where the login came from, for the audit trail
   * @return authorities besides the factors'; empty for somebody unknown
   */
  Collection<? extends GrantedAuthority> of(SubjectId subject, String source);
}
