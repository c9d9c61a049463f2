package io.github.facelock.core.face;

import io.github.facelock.api.face.FalseMatchRate;
import java.time.Duration;
import java.util.Objects;

/**
 * When a face that logged in becomes a further reference, so that a person who ages, grows a beard
 * or wears spectacles is still recognised. Immutable.
 *
 * <p>Guarded four times: only after factors of two kinds were passed in the same login, only at a
 * score that is stricter than the login's, only as far from what was enrolled as the drift cap
 * allows (each step is compared with the enrolled references, never with an adapted one, so that
 * many small steps lead nowhere), and only now and then. It can be undone at any time.
 *
 * @param falseMatchRate how strict the score of the login must be, at most 1 in 10 000
 * @param drift how alike the new face must be to an enrolled reference: as alike as one stranger in
 *     so many is
 * @param most how many adapted references a subject has, 1 to 5; the oldest gives way
 * @param pause how long after one adaptation there is no other
 */
public record AdaptationRules(
    FalseMatchRate falseMatchRate, FalseMatchRate drift, int most, Duration pause) {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a number is out of range
   */
  public AdaptationRules {
    Objects.requireNonNull(falseMatchRate, "falseMatchRate");
    Objects.requireNonNull(drift, "drift");
    if (falseMatchRate.compareTo(FalseMatchRate.oneIn(10_000)) > 0) {
      throw new IllegalArgumentException("A face adapts at 1 in 10 000 or stricter");
    }
    if (most < 1 || most > 5) {
      throw new IllegalArgumentException("A subject has 1 to 5 adapted references");
    }
    if (pause.isNegative()) {
      throw new IllegalArgumentException("The pause between two adaptations is not negative");
    }
  }

  /**
   * At 1 in 100 000, no further from the enrolled face than 1 in 10 000, two references, a week
   * apart.
   *
   * @return the default rules
   */
  public static AdaptationRules ofDefaults() {
    return new AdaptationRules(
        FalseMatchRate.oneIn(100_000), FalseMatchRate.oneIn(10_000), 2, Duration.ofDays(7));
  }
}
