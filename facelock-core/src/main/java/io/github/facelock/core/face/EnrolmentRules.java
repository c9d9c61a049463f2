package io.github.facelock.core.face;

import io.github.facelock.api.face.FalseMatchRate;
import java.util.Map;
import java.util.Objects;

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
 */
public record EnrolmentRules(
    int maxReferences,
    int maxPerCapture,
    DuplicateRule duplicates,
    FalseMatchRate duplicateRate,
    FalseMatchRate agreementRate,
    Map<String, String> attributes) {

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
        Map.of());
  }

  /**
   * The same rules with another answer to duplicates.
   *
   * @param rule the answer
   * @return the rules
   */
  public EnrolmentRules with(DuplicateRule rule) {
    return new EnrolmentRules(
        maxReferences, maxPerCapture, rule, duplicateRate, agreementRate, attributes);
  }
}
