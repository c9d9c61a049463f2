package io.github.facelock.spring.autoconfigure;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.policy.LivenessMode;
import io.github.facelock.api.policy.Policy;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The policies that this application's logins follow.
 *
 * @param login what a login asks for that begins with a name
 * @param identification what a login asks for that begins with a face
 * @param named what may be asked for by name, for step-ups
 */
public record FaceLockPolicies(Policy login, Optional<Policy> identification, List<Policy> named) {

  /** Copies the list. */
  public FaceLockPolicies {
    Objects.requireNonNull(login, "login");
    Objects.requireNonNull(identification, "identification");
    named = List.copyOf(named);
  }

  /**
   * Lists all of them.
   *
   * @return the login's first
   */
  public List<Policy> all() {
    return Stream.of(Stream.of(login), identification.stream(), named.stream())
        .flatMap(each -> each)
        .toList();
  }

  /**
   * Tells which factors somebody may be asked for.
   *
   * @return in the order of the policies
   */
  public Set<FactorType> factors() {
    Set<FactorType> factors = new LinkedHashSet<>();
    all().forEach(policy -> factors.addAll(factorsOf(policy)));
    return factors;
  }

  /** Of the policies that ask for a face; the modes are declared in rising order. */
  LivenessMode weakestLiveness() {
    return all().stream()
        .filter(policy -> factorsOf(policy).contains(FactorType.FACE))
        .map(Policy::liveness)
        .min(Comparator.naturalOrder())
        .orElse(LivenessMode.NONE);
  }

  private static List<FactorType> factorsOf(Policy policy) {
    return policy.steps().stream().flatMap(step -> step.anyOf().stream()).toList();
  }
}
