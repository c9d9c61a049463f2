package io.github.facelock.spring.security;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.PassedFactor;
import io.github.facelock.api.PriorLogin;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.policy.Policy;
import io.github.facelock.api.policy.StepCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.core.Authentication;

/**
 * What FaceLock makes of Spring Security's authentication: who it is, what was shown and when, and
 * which policy asks for what is missing. Immutable and thread-safe.
 */
public final class FaceLockSecurity {

  private final AuthenticationTrustResolver trust = new AuthenticationTrustResolverImpl();
  private final FactorAuthorities authorities;
  private final List<Policy> policies;
  private final Map<String, String> stepUp;

  /**
   * Makes it for policies.
   *
   * @param policies all that a login or a step-up may follow, the usual one first; not empty
   * @param stepUp which policy to take when a factor is missing, by the factor's id
   * @throws IllegalArgumentException if there is no policy
   */
  public FaceLockSecurity(Collection<Policy> policies, Map<String, String> stepUp) {
    if (policies.isEmpty()) {
      throw new IllegalArgumentException("There is no policy to log in by");
    }
    this.policies = List.copyOf(policies);
    this.stepUp = Map.copyOf(stepUp);
    this.authorities =
        new FactorAuthorities(
            policies.stream()
                .flatMap(policy -> policy.steps().stream())
                .flatMap(step -> step.anyOf().stream())
                .distinct()
                .toList());
  }

  /**
   * Factors and their authorities.
   *
   * @return the translation
   */
  public FactorAuthorities authorities() {
    return authorities;
  }

  /**
   * Who is logged in.
   *
   * @param authentication of the request, if any
   * @return the subject; empty for nobody, for an anonymous one, and for a name that no subject has
   */
  public Optional<SubjectId> subject(@Nullable Authentication authentication) {
    if (authentication == null || !trust.isAuthenticated(authentication)) {
      return Optional.empty();
    }
    try {
      return Optional.of(SubjectId.of(authentication.getName()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * What a logged-in person proved before, for a step-up. The authorities come from the session,
   * where the person cannot write.
   *
   * @param authentication of a logged-in person; the application's own login counts too
   * @return the subject and the factors with their times
   * @throws IllegalArgumentException if nobody is logged in
   */
  public PriorLogin priorLogin(Authentication authentication) {
    SubjectId subject =
        subject(authentication)
            .orElseThrow(() -> new IllegalArgumentException("Nobody is logged in"));
    List<PassedFactor> passed = authorities.passed(authentication.getAuthorities());
    return new PriorLogin(subject, passed.subList(0, Math.min(passed.size(), 32)));
  }

  /**
   * Tells whether a factor was shown a short time ago.
   *
   * @param authentication of the request
   * @param within how long ago at most
   * @param besides a factor that does not count, for example the one that is to be changed
   * @param now the present
   * @return whether another factor is fresh
   */
  public boolean isFresh(
      Authentication authentication, Duration within, Optional<FactorType> besides, Instant now) {
    return authorities.passed(authentication.getAuthorities()).stream()
        .filter(passed -> besides.filter(passed.factor()::equals).isEmpty())
        .anyMatch(
            passed ->
                !passed.at().isAfter(now)
                    && Duration.between(passed.at(), now).compareTo(within) < 0);
  }

  /**
   * Chooses the policy that asks for a missing factor: the configured one, else the shortest that
   * asks for it, else the usual one.
   *
   * @param missing the factor; empty for any
   * @return the name of a policy
   */
  public String stepUpPolicy(Optional<FactorType> missing) {
    return missing
        .flatMap(factor -> Optional.ofNullable(stepUp.get(factor.id())))
        .or(
            () ->
                missing.flatMap(
                    factor ->
                        policies.stream()
                            .filter(policy -> asksFor(policy, factor))
                            .min(Comparator.comparingInt(policy -> policy.steps().size()))
                            .map(Policy::name)))
        .orElseGet(() -> policies.get(0).name());
  }

  /**
   * Tells whether a policy is configured.
   *
   * @param name its name
   * @return whether a step-up can follow it
   */
  public boolean knows(String name) {
    return policies.stream().anyMatch(policy -> policy.name().equals(name));
  }

  /**
   * Tells whether trusting a device is of use.
   *
   * @return whether a policy leaves out a step on a trusted device
   */
  public boolean knowsTrustedDevices() {
    return policies.stream()
        .flatMap(policy -> policy.steps().stream())
        .anyMatch(step -> step.condition() == StepCondition.UNLESS_TRUSTED_DEVICE);
  }

  private static boolean asksFor(Policy policy, FactorType factor) {
    return policy.steps().stream().anyMatch(step -> step.anyOf().contains(factor));
  }
}
