package io.github.facelock.core;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.face.ScoreCalibration;
import io.github.facelock.api.policy.LivenessMode;
import io.github.facelock.api.policy.Policy;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The policies of a {@link FaceLock}, and what they ask for together.
 *
 * @param verification when the person says who they are
 * @param named asked for by name
 * @param identification when the person says nothing
 */
record PolicySet(Policy verification, List<Policy> named, Optional<Policy> identification) {

  PolicySet {
    named = List.copyOf(named);
  }

  /** In the order in which they are shown to people. */
  Set<FactorType> factors() {
    Set<FactorType> factors = new LinkedHashSet<>();
    all().forEach(each -> factors.addAll(factorsOf(each)));
    return factors;
  }

  Stream<Policy> all() {
    return Stream.concat(
        Stream.of(verification), Stream.concat(named.stream(), identification.stream()));
  }

  Set<LivenessMode> livenessModes() {
    return withFace().map(Policy::liveness).collect(Collectors.toSet());
  }

  /** Of the policies that ask for a face; the modes are declared in rising order. */
  LivenessMode weakestLiveness() {
    return withFace()
        .map(Policy::liveness)
        .min(Comparator.naturalOrder())
        .orElse(LivenessMode.NONE);
  }

  /** A promise that the model's calibration does not cover fails now, not at the first login. */
  void requireMeasured(List<ScoreCalibration> calibrations) {
    all().forEach(policy -> calibrations.forEach(each -> each.threshold(policy.falseMatchRate())));
  }

  void requireServed(Set<FactorType> served) {
    for (FactorType factor : factors()) {
      if (!served.contains(factor)) {
        throw new IllegalStateException(
            "A policy asks for "
                + factor
                + ", and nothing serves it: add codeChannel(…) for a code that is sent, or"
                + " factor(…) for a factor of your own");
      }
    }
  }

  private Stream<Policy> withFace() {
    return all().filter(policy -> factorsOf(policy).contains(FactorType.FACE));
  }

  private static Set<FactorType> factorsOf(Policy policy) {
    Set<FactorType> factors = new LinkedHashSet<>();
    policy.steps().forEach(step -> factors.addAll(step.anyOf()));
    return factors;
  }
}
