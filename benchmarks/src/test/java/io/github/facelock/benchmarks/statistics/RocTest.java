package io.github.facelock.benchmarks.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RocTest {

  @Test
  void aSmallExampleByHand() {
    // Genuine .9 .8 .4, impostors .5 .3 .2 .1: of 12 pairs only (.4, .5) is in the wrong order.
    Roc roc = Roc.of(Scores.of(new float[] {.4f, .9f, .8f}, new float[] {.1f, .5f, .2f, .3f}));

    assertThat(roc.auc()).isEqualTo(11.0 / 12);
    // At .5: FMR 1/4, FNMR 1/3. At .4: FMR 1/4, FNMR 0. The vertical between crosses at 1/4.
    assertThat(roc.equalErrorRate()).isCloseTo(0.25, within(1e-12));
    assertThat(roc.atFalseMatchRate(0.25))
        .hasValueSatisfying(
            point -> {
              assertThat(point.threshold()).isEqualTo(Math.nextUp(.3f));
              assertThat(point.falseMatches()).isEqualTo(new Proportion(1, 4));
              assertThat(point.trueMatches()).isEqualTo(new Proportion(3, 3));
            });
  }

  @Test
  void tiedScoresCountHalfAndMoveTogether() {
    Roc roc = Roc.of(Scores.of(new float[] {.5f, .5f}, new float[] {.5f, .5f, .5f}));

    assertThat(roc.auc()).isEqualTo(0.5);
    assertThat(roc.equalErrorRate()).isCloseTo(0.5, within(1e-12));
    // One false match would be allowed, but the three cannot be told apart: none may match.
    assertThat(roc.atFalseMatchRate(1.0 / 3))
        .hasValueSatisfying(
            point -> {
              assertThat(point.falseMatches().count()).isZero();
              assertThat(point.trueMatches().count()).isZero();
            });
  }

  @Test
  void aPerfectComparisonHasNoErrors() {
    Roc roc = Roc.of(Scores.of(new float[] {.7f, .6f}, new float[] {.2f, .1f}));

    assertThat(roc.auc()).isEqualTo(1);
    assertThat(roc.equalErrorRate()).isZero();
  }

  @Test
  void aReversedComparisonHasOnlyErrors() {
    Roc roc = Roc.of(Scores.of(new float[] {.1f, .2f}, new float[] {.6f, .7f}));

    assertThat(roc.auc()).isZero();
    assertThat(roc.equalErrorRate()).isEqualTo(1);
  }

  @Test
  void tooFewImpostorsPromiseNothing() {
    Roc roc = Roc.of(Scores.of(new float[] {.9f}, new float[99]));

    assertThat(roc.atFalseMatchRate(0.01)).isEmpty();
    assertThat(Roc.impostorsNeededFor(0.01)).isEqualTo(100);
    assertThat(Roc.of(Scores.of(new float[] {.9f}, new float[100])).atFalseMatchRate(0.01))
        .isPresent();
  }

  @Test
  void aRateOfThreeInThreeThousandAllowsThree() {
    float[] impostors = new float[3000];
    for (int i = 0; i < impostors.length; i++) {
      impostors[i] = i / 3000f;
    }

    Roc roc = Roc.of(Scores.of(new float[] {.5f}, impostors));

    assertThat(roc.atFalseMatchRate(1e-3))
        .hasValueSatisfying(point -> assertThat(point.falseMatches().count()).isEqualTo(3));
  }

  @Test
  void aCurveNeedsBothKinds() {
    Scores onlyGenuine = Scores.of(new float[] {1}, new float[0]);
    assertThatThrownBy(() -> Roc.of(onlyGenuine))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("impostor");
  }

  @Test
  void theAreaIsTheMannWhitneyStatistic() {
    for (long seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      // Few distinct values, so that ties are common.
      float[] genuine = draw(random, 1 + random.nextInt(30), 12, 3);
      float[] impostor = draw(random, 1 + random.nextInt(30), 12, 0);

      double wins = 0;
      for (float g : genuine) {
        for (float i : impostor) {
          wins += g > i ? 1 : g == i ? 0.5 : 0;
        }
      }

      assertThat(Roc.of(Scores.of(genuine, impostor)).auc())
          .as("seed %d", seed)
          .isCloseTo(wins / genuine.length / impostor.length, within(1e-12));
    }
  }

  @Test
  void aLaxerRateNeverCostsTrueMatchesAndIsNeverExceeded() {
    for (long seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      float[] genuine = draw(random, 1 + random.nextInt(50), 40, 10);
      float[] impostor = draw(random, 20 + random.nextInt(200), 40, 0);
      Roc roc = Roc.of(Scores.of(genuine, impostor));

      double last = 0;
      for (double rate = 0.05; rate < 1; rate += 0.05) {
        OperatingPoint point = roc.atFalseMatchRate(rate).orElseThrow();
        assertThat(point.falseMatches().value())
            .as("seed %d", seed)
            .isLessThanOrEqualTo(rate + 1e-9);
        assertThat(point.trueMatches().value()).as("seed %d", seed).isGreaterThanOrEqualTo(last);
        // The least such threshold: one float lower, the rate is exceeded.
        assertThat(
                Scores.of(genuine, impostor).falseMatches(Math.nextDown(point.threshold())).value())
            .as("seed %d", seed)
            .isGreaterThan(rate - 1e-9);
        last = point.trueMatches().value();
      }
    }
  }

  @Test
  void theOrderOfComparisonsDoesNotMatter() {
    for (long seed = 0; seed < 50; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      float[] genuine = draw(random, 20, 8, 2);
      float[] impostor = draw(random, 30, 8, 0);
      Roc one = Roc.of(Scores.of(genuine, impostor));
      Roc other = Roc.of(Scores.of(reversed(genuine), reversed(impostor)));

      assertThat(other.auc()).as("seed %d", seed).isEqualTo(one.auc());
      assertThat(other.equalErrorRate()).as("seed %d", seed).isEqualTo(one.equalErrorRate());
    }
  }

  private static float[] draw(SplittableRandom random, int count, int steps, int shift) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (random.nextInt(steps) + shift) / 60f;
    }
    return values;
  }

  private static float[] reversed(float[] values) {
    float[] back = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      back[i] = values[values.length - 1 - i];
    }
    return back;
  }
}
