package io.github.facelock.api.policy;

import io.github.facelock.api.FactorType;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One step of a policy: any one of its factors passes it.
 *
 * @param anyOf the factors in the order in which they are offered; not empty, no factor twice
 * @param condition when the step is asked for
 * @param validFor how long ago one of the factors may have been passed in an earlier login for a
 *     step-up to accept it; empty if this step must be passed anew each time
 */
public record PolicyStep(
    List<FactorType> anyOf, StepCondition condition, Optional<Duration> validFor) {

  private static final Duration LONGEST = Duration.ofDays(1);

  /**
   * Copies and checks the list.
   *
   * @throws IllegalArgumentException if the list is empty or names a factor twice, or the validity
   *     is not within 1 second and 1 day
   */
  public PolicyStep {
    anyOf = List.copyOf(anyOf);
    if (anyOf.isEmpty()) {
      throw new IllegalArgumentException("A policy step needs at least one factor");
    }
    if (anyOf.stream().distinct().count() != anyOf.size()) {
      throw new IllegalArgumentException("A policy step names a factor twice: " + anyOf);
    }
    Objects.requireNonNull(condition, "condition");
    if (validFor.filter(PolicyStep::outOfRange).isPresent()) {
      throw new IllegalArgumentException("An earlier login counts for 1 second to 1 day");
    }
  }

  private static boolean outOfRange(Duration validFor) {
    return validFor.compareTo(Duration.ofSeconds(1)) < 0 || validFor.compareTo(LONGEST) > 0;
  }

  /**
   * A step that is asked for in every login.
   *
   * @param anyOf the factors in the order in which they are offered
   */
  public PolicyStep(List<FactorType> anyOf) {
    this(anyOf, StepCondition.ALWAYS, Optional.empty());
  }

  /**
   * A step that is asked for in every login.
   *
   * @param anyOf the factors in the order in which they are offered
   * @return the step
   */
  public static PolicyStep of(FactorType... anyOf) {
    return new PolicyStep(Arrays.asList(anyOf));
  }

  /**
   * The same step, asked for only if a risk rule asked for more.
   *
   * @return the step
   */
  public PolicyStep whenRisk() {
    return new PolicyStep(anyOf, StepCondition.WHEN_RISK, validFor);
  }

  /**
   * The same step, left out on a device that the subject trusts, unless a risk rule objects.
   *
   * @return the step
   */
  public PolicyStep unlessTrustedDevice() {
    return new PolicyStep(anyOf, StepCondition.UNLESS_TRUSTED_DEVICE, validFor);
  }

  /**
   * The same step, which a step-up takes as passed if one of its factors was passed not long ago.
   *
   * @param duration 1 second to 1 day
   * @return the step
   * @throws IllegalArgumentException if the duration is out of range
   */
  public PolicyStep validFor(Duration duration) {
    return new PolicyStep(anyOf, condition, Optional.of(duration));
  }
}
