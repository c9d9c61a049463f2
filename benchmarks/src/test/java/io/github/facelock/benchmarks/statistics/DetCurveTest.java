package io.github.facelock.benchmarks.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DetCurveTest {

  @Test
  void goesFromRefusingEverybodyToAdmittingEverybody() {
    DetCurve curve = DetCurve.of(Scores.of(new float[] {.9f, .4f}, new float[] {.5f, .1f}));

    assertThat(curve.points())
        .isEqualTo(
            List.of(
                new DetCurve.Point(0, 1),
                new DetCurve.Point(0, .5),
                new DetCurve.Point(.5, .5),
                new DetCurve.Point(.5, 0),
                new DetCurve.Point(1, 0)));
  }

  @Test
  void staysSmallAndMonotoneForManyScores() {
    SplittableRandom random = new SplittableRandom(7);
    Scores.Builder builder = new Scores.Builder();
    for (int i = 0; i < 200_000; i++) {
      builder.add((float) random.nextDouble(), false);
      builder.add((float) random.nextDouble(), true);
    }

    List<DetCurve.Point> points = DetCurve.of(builder.build()).points();

    assertThat(points).hasSizeLessThan(4000);
    for (int i = 1; i < points.size(); i++) {
      assertThat(points.get(i).falseMatchRate())
          .isGreaterThanOrEqualTo(points.get(i - 1).falseMatchRate());
      assertThat(points.get(i).falseNonMatchRate())
          .isLessThanOrEqualTo(points.get(i - 1).falseNonMatchRate());
    }
  }

  @Test
  void theProbitScaleHasTheKnownQuantiles() {
    assertThat(Probit.of(0.5)).isCloseTo(0, within(1e-3));
    assertThat(Probit.of(0.025)).isCloseTo(-1.95996, within(1e-3));
    assertThat(Probit.of(0.99)).isCloseTo(2.32635, within(1e-3));
    assertThat(Probit.of(0.001)).isCloseTo(-3.09023, within(1e-3));
    assertThat(Probit.of(0)).isFinite().isNegative();
    assertThat(Probit.of(1)).isFinite().isPositive();
  }
}
