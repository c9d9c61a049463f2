package io.github.facelock.spring.test;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.PassedFactor;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.admin.Role;
import io.github.facelock.api.policy.Policy;
import io.github.facelock.spring.security.FaceLockAuthentication;
import io.github.facelock.spring.security.FaceLockPrincipal;
import io.github.facelock.spring.security.FactorAuthorities;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

/**
 * A login that a request of MockMvc has without going through one:
 *
 * <pre>{@code
 * mvc.perform(get("/orders").with(faceLockFactors("anna", PASSWORD, FACE)));
 * mvc.perform(get("/admin").with(faceLockFactors("olga", PASSWORD, FACE, TOTP).roles(Role.ADMIN)));
 * }</pre>
 *
 * <p>Immutable.
 */
public final class FaceLockFactors implements RequestPostProcessor {

  private final SubjectId subject;
  private final List<FactorType> factors;
  private final Set<Role> roles;
  private final Optional<Instant> at;

  private FaceLockFactors(
      SubjectId subject, List<FactorType> factors, Set<Role> roles, Optional<Instant> at) {
    this.subject = subject;
    this.factors = List.copyOf(factors);
    this.roles = Set.copyOf(roles);
    this.at = at;
  }

  /**
   * Logs somebody in.
   *
   * @param subject the subject id
   * @param factors what was shown, now
   * @return a login with the role of a user
   */
  public static FaceLockFactors faceLockFactors(String subject, FactorType... factors) {
    return new FaceLockFactors(
        SubjectId.of(subject), List.of(factors), Set.of(Role.USER), Optional.empty());
  }

  /**
   * The same with other roles.
   *
   * @param others all roles
   * @return the changed login
   */
  public FaceLockFactors roles(Role... others) {
    return new FaceLockFactors(subject, factors, Set.of(others), at);
  }

  /**
   * The same at another time, for pages that ask for a fresh factor.
   *
   * @param time when the factors were shown
   * @return the changed login
   */
  public FaceLockFactors at(Instant time) {
    return new FaceLockFactors(subject, factors, roles, Optional.of(time));
  }

  /**
   * The authentication itself, for tests without MockMvc.
   *
   * @return as after a granted login
   */
  public FaceLockAuthentication authentication() {
    Instant shown = at.orElseGet(() -> Clock.systemUTC().instant());
    List<GrantedAuthority> authorities = new ArrayList<>();
    roles.forEach(role -> authorities.add(new SimpleGrantedAuthority("ROLE_" + role.name())));
    factors.forEach(
        factor -> authorities.add(FactorAuthorities.of(new PassedFactor(factor, shown))));
    return new FaceLockAuthentication(
        FaceLockPrincipal.of(subject), Policy.levelOf(factors), authorities);
  }

  @Override
  public MockHttpServletRequest postProcessRequest(MockHttpServletRequest request) {
    return SecurityMockMvcRequestPostProcessors.authentication(authentication())
        .postProcessRequest(request);
  }
}
