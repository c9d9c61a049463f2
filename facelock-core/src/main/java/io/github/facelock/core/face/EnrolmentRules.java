package io.github.facelock.core.face;

import io.github.facelock.api.face.FalseMatchRate;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How many references a subject may have, and what a new one must satisfy beyond its quality.
 *
 * @param maxReferences the most references of one model that a subject has, 1 to 100
 * @param maxPerCapture the most that are kept of one capture, at least 1
 * @param duplicates what a match with another subject means
 * @param duplicateRate the rate at which a new person is taken for somebody in the whole index
 * @param agreementRate the strictness with which new references are compared with existing ones
 * @param attributes are written with every reference for administrators, for example the ids of
 *     detector and landmarker
 * @param lifetime how long a new reference is compared; without an end if empty
 */
public record EnrolmentRules(
    int maxReferences,
    int maxPerCapture,
    DuplicateRule duplicates,
    FalseMatchRate duplicateRate,
    FalseMatchRate agreementRate,
    Map<String, String> attributes,
    Optional<Duration> lifetime) {

  /**
   * Checks the numbers and copies the map.
   *
   * @throws IllegalArgumentException if a number is out of range
   */
  public EnrolmentRules {
    if (maxReferences < 1 || maxReferences > 100 || maxPerCapture < 1) {
      throw new IllegalArgumentException(
          "A subject has 1 to 100 references, and a capture gives at least one");
    }
    Objects.requireNonNull(duplicates, "duplicates");
    Objects.requireNonNull(duplicateRate, "duplicateRate");
    Objects.requireNonNull(agreementRate, "agreementRate");
    attributes = Map.copyOf(attributes);
    if (lifetime.filter(time -> time.compareTo(Duration.ofHours(1)) < 0).isPresent()) {
      throw new IllegalArgumentException("A reference is compared for an hour or longer");
    }
  }

  /**
   * Ten references, three of one capture; another subject's face is refused, with one false alarm
   * in 1000 enrolments; agreement as strict as a login at 1 in 10 000.
   *
   * @return the default rules
   */
  public static EnrolmentRules defaults() {
    return new EnrolmentRules(
        10,
        3,
        DuplicateRule.REFUSE,
        FalseMatchRate.oneIn(1000),
        FalseMatchRate.oneIn(10_000),
        Map.of(),
        Optional.empty());
  }

  /**
   * The same rules with another answer to duplicates.
   *
   * @param rule the answer
   * @return the rules
   */
  public EnrolmentRules with(DuplicateRule rule) {
    return new EnrolmentRules(
        maxReferences, maxPerCapture, rule, duplicateRate, agreementRate, attributes, lifetime);
  }

  /**
   * The same rules with an end for new references; then the person enrols again.
   *
   * @param time 1 hour or longer
   * @return the rules
   * @throws IllegalArgumentException if the time is shorter
   */
  public EnrolmentRules withLifetime(Duration time) {
    return new EnrolmentRules(
        maxReferences,
        maxPerCapture,
        duplicates,
        duplicateRate,
        agreementRate,
        attributes,
        Optional.of(time));
  }
}
