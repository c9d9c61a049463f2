package io.github.facelock.benchmarks.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class KFoldTest {

  @Test
  void theThresholdLiesInTheMiddleOfTheGap() {
    Scores scores = Scores.of(new float[] {.8f, .6f}, new float[] {.2f, .4f});

    assertThat(KFold.mostAccurateThreshold(scores)).isCloseTo(.5f, within(1e-6f));
    assertThat(KFold.accuracy(scores, .5f)).isEqualTo(1);
  }

  @Test
  void whenAcceptingAnybodyOnlyCostsNobodyIsAccepted() {
    Scores scores = Scores.of(new float[] {.1f}, new float[] {.2f, .3f});

    float threshold = KFold.mostAccurateThreshold(scores);

    assertThat(threshold).isGreaterThan(.3f);
    assertThat(KFold.accuracy(scores, threshold)).isCloseTo(2.0 / 3, within(1e-12));
  }

  @Test
  void betweenNeighbouringFloatsTheUpperOneIsTheThreshold() {
    float low = .5f;
    Scores scores = Scores.of(new float[] {Math.nextUp(low)}, new float[] {low});

    assertThat(KFold.accuracy(scores, KFold.mostAccurateThreshold(scores))).isEqualTo(1);
  }

  @Test
  void twoFoldsByHand() {
    // Fold 1: genuine .9 .3, impostors .1 .2. Fold 2: genuine .8 .7, impostors .4 .5.
    // Chosen on fold 2 (.6), fold 1 refuses the genuine .3: 3 of 4 right.
    // Chosen on fold 1 (.25), fold 2 admits both impostors: 2 of 4 right.
    float[] genuine = {.9f, .3f, .8f, .7f};
    float[] impostor = {.1f, .2f, .4f, .5f};

    assertThat(KFold.accuracy(2, genuine, impostor))
        .hasValueSatisfying(
            accuracy -> {
              assertThat(accuracy.mean()).isCloseTo(0.625, within(1e-12));
              // Deviations ±.125, squares .03125, over n − 1 = 1.
              assertThat(accuracy.deviation()).isCloseTo(Math.sqrt(0.03125), within(1e-12));
            });
  }

  @Test
  void aFoldWithoutImpostorsIsNoFold() {
    assertThat(KFold.accuracy(10, new float[100], new float[9])).isEmpty();
    assertThat(KFold.accuracy(10, new float[9], new float[100])).isEmpty();
  }

  @Test
  void separablePairsAreAllRight() {
    float[] genuine = new float[23];
    float[] impostor = new float[37];
    for (int i = 0; i < genuine.length; i++) {
      genuine[i] = .6f + i / 1000f;
    }
    for (int i = 0; i < impostor.length; i++) {
      impostor[i] = .1f + i / 1000f;
    }

    assertThat(KFold.accuracy(10, genuine, impostor))
        .hasValueSatisfying(
            accuracy -> {
              assertThat(accuracy.mean()).isEqualTo(1);
              assertThat(accuracy.deviation()).isZero();
            });
  }
}
