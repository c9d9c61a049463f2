package io.github.facelock.spring.security;

import io.github.facelock.api.SubjectId;
import java.util.Collection;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/**
 * FaceLock's subjects for those parts of Spring Security that look people up by name: remember-me,
 * method security's run-as, switch-user. They have no password here, so no other form logs them in.
 */
public final class FaceLockUserDetailsService implements UserDetailsService {

  private final SubjectAuthorities authorities;

  /**
   * Takes the roles.
   *
   * @param authorities of subjects
   */
  public FaceLockUserDetailsService(SubjectAuthorities authorities) {
    this.authorities = authorities;
  }

  @Override
  public UserDetails loadUserByUsername(String username) {
    try {
      Collection<? extends GrantedAuthority> found =
          authorities.of(SubjectId.of(username), "user-details");
      if (!found.isEmpty()) {
        // An empty hash: every password encoder refuses it.
        return User.withUsername(username).password("").authorities(found).build();
      }
    } catch (IllegalArgumentException e) {
      // No subject can have this name.
    }
    throw new UsernameNotFoundException("No active subject has this name");
  }
}
