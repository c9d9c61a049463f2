package io.github.facelock.api.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ScoreCalibrationTest {

  /** The bundled embedder's table, measured on 87.3 million impostor pairs of LFW. */
  private static final List<ScoreCalibration.Point> MEASURED =
      List.of(
          point(.340, 1.0e-3),
          point(.35, 7.6e-4),
          point(.40, 1.7e-4),
          point(.417, 1.0e-4),
          point(.45, 3.4e-5),
          point(.485, 1.0e-5),
          point(.50, 6e-6));

  private static final ScoreCalibration CALIBRATION = ScoreCalibration.of(MEASURED);

  private static ScoreCalibration.Point point(double score, double rate) {
    return new ScoreCalibration.Point(new ComparisonScore((float) score), new FalseMatchRate(rate));
  }

  @Test
  void aMeasuredRateGivesItsMeasuredScore() {
    for (ScoreCalibration.Point point : MEASURED) {
      assertThat(CALIBRATION.threshold(point.rate()).value())
          .isCloseTo(point.score().value(), within(1e-6f));
    }
    assertThat(CALIBRATION.threshold(FalseMatchRate.oneIn(10_000)).value())
        .isCloseTo(.417f, within(1e-6f));
    assertThat(CALIBRATION.threshold(FalseMatchRate.oneIn(100_000)).value())
        .isCloseTo(.485f, within(1e-6f));
  }

  @Test
  void theThresholdRisesAsTheRateFalls() {
    long seed = 11;
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 10_000; round++) {
      double a = Math.exp(random.nextDouble(Math.log(1e-12), Math.log(.1)));
      double b = Math.exp(random.nextDouble(Math.log(1e-12), Math.log(.1)));
      FalseMatchRate lax = new FalseMatchRate(Math.max(a, b));
      FalseMatchRate strict = new FalseMatchRate(Math.min(a, b));
      assertThat(CALIBRATION.extrapolatedThreshold(strict).value())
          .as("seed %d round %d", seed, round)
          .isGreaterThanOrEqualTo(CALIBRATION.extrapolatedThreshold(lax).value())
          .isBetween(.34f, 1f);
    }
  }

  @Test
  void betweenTwoMeasurementsTheLogarithmIsLinear() {
    double middle = Math.sqrt(3.4e-5 * 1.0e-5);

    assertThat(CALIBRATION.threshold(new FalseMatchRate(middle)).value())
        .isCloseTo((.45f + .485f) / 2, within(1e-6f));
  }

  @Test
  void beyondTheMeasurementsNothingIsPromisedButTheSlopeGoesOn() {
    FalseMatchRate tooStrict = FalseMatchRate.oneIn(1_000_000);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> CALIBRATION.threshold(tooStrict))
        .withMessageContaining("1 in 166667")
        .withMessageContaining("1 in 1000000");
    double slope = (.50 - .485) / (Math.log(1.0e-5) - Math.log(6e-6));
    assertThat((double) CALIBRATION.extrapolatedThreshold(tooStrict).value())
        .isCloseTo(.50 + slope * (Math.log(6e-6) - Math.log(1e-6)), within(1e-6));
    assertThat(CALIBRATION.extrapolatedThreshold(new FalseMatchRate(Double.MIN_VALUE)).value())
        .isEqualTo(1f);
  }

  @Test
  void aLaxerRateThanMeasuredGivesTheLowestMeasuredScore() {
    assertThat(CALIBRATION.threshold(FalseMatchRate.oneIn(10)).value()).isEqualTo(.34f);
    assertThat(CALIBRATION.extrapolatedThreshold(FalseMatchRate.oneIn(100)).value())
        .isEqualTo(.34f);
  }

  @Test
  void theOrderOfThePointsDoesNotMatter() {
    List<ScoreCalibration.Point> reversed = new ArrayList<>(MEASURED);
    Collections.reverse(reversed);

    assertThat(ScoreCalibration.of(reversed).points()).isEqualTo(MEASURED).isUnmodifiable();
    assertThat(CALIBRATION.strictest()).isEqualTo(new FalseMatchRate(6e-6));
  }

  @Test
  void whatIsNoCalibrationIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> ScoreCalibration.of(List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ScoreCalibration.of(List.of(point(.3, 1e-3))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ScoreCalibration.of(List.of(point(.3, 1e-3), point(.4, 1e-3))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ScoreCalibration.of(List.of(point(.3, 1e-3), point(.4, 1e-2))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ScoreCalibration.of(List.of(point(.3, 1e-3), point(.3, 1e-4))));
  }

  @Test
  void ratesAreBounded() {
    assertThat(FalseMatchRate.oneIn(10).value()).isEqualTo(FalseMatchRate.MAX);
    assertThat(FalseMatchRate.oneIn(10_000)).hasToString("1 in 10000");
    assertThat(FalseMatchRate.oneIn(100)).isGreaterThan(FalseMatchRate.oneIn(1000));
    assertThat(FalseMatchRate.oneIn(Long.MAX_VALUE).value()).isPositive();
    for (double rate : new double[] {0, -1e-4, .1001, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatIllegalArgumentException().isThrownBy(() -> new FalseMatchRate(rate));
    }
    for (long strangers : new long[] {9, 0, -10, Long.MIN_VALUE}) {
      assertThatIllegalArgumentException().isThrownBy(() -> FalseMatchRate.oneIn(strangers));
    }
  }

  @Test
  void scoresAndConfidencesAreBounded() {
    assertThat(new ComparisonScore(1.0005f).value()).isEqualTo(1f);
    assertThat(new ComparisonScore(-1.0005f).value()).isEqualTo(-1f);
    assertThat(new ComparisonScore(.5f)).isGreaterThan(new ComparisonScore(.4f));
    for (float score : new float[] {1.01f, -1.01f, Float.NaN, Float.POSITIVE_INFINITY}) {
      assertThatIllegalArgumentException().isThrownBy(() -> new ComparisonScore(score));
    }
    for (float confidence : new float[] {1.01f, -.01f, Float.NaN}) {
      assertThatIllegalArgumentException().isThrownBy(() -> new DetectionConfidence(confidence));
    }
  }
}
