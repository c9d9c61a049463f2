package io.github.facelock.core.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class SimilarityTransformTest {

  private static final long SEED = 20261121;

  @Test
  void aTransformIsFoundAgainFromItsPoints() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int run = 0; run < 500; run++) {
      SimilarityTransform truth = any(random);
      float[] from = points(random, 2 + random.nextInt(8));
      SimilarityTransform found = SimilarityTransform.fit(from, map(truth, from));
      assertThat(found.a()).as("run %d", run).isCloseTo(truth.a(), within(1e-3));
      assertThat(found.b()).as("run %d", run).isCloseTo(truth.b(), within(1e-3));
      assertThat(found.tx()).as("run %d", run).isCloseTo(truth.tx(), within(0.1));
      assertThat(found.ty()).as("run %d", run).isCloseTo(truth.ty(), within(0.1));
    }
  }

  @Test
  void noOtherTransformNearbyComesCloserToNoisyPoints() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int run = 0; run < 200; run++) {
      float[] from = points(random, 5);
      float[] to = map(any(random), from);
      for (int i = 0; i < to.length; i++) {
        to[i] += (float) (random.nextDouble() * 20 - 10);
      }
      SimilarityTransform best = SimilarityTransform.fit(from, to);
      for (int other = 0; other < 20; other++) {
        SimilarityTransform near =
            new SimilarityTransform(
                best.a() + random.nextDouble() * 0.02 - 0.01,
                best.b() + random.nextDouble() * 0.02 - 0.01,
                best.tx() + random.nextDouble() - 0.5,
                best.ty() + random.nextDouble() - 0.5);
        assertThat(squares(best, from, to))
            .as("run %d", run)
            .isLessThanOrEqualTo(squares(near, from, to) + 1e-6);
      }
    }
  }

  @Test
  void theInverseLeadsBack() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int run = 0; run < 500; run++) {
      SimilarityTransform transform = any(random);
      SimilarityTransform back = transform.inverse();
      double x = random.nextDouble() * 1000;
      double y = random.nextDouble() * 1000;
      double u = transform.x(x, y);
      double v = transform.y(x, y);
      assertThat(back.x(u, v)).isCloseTo(x, within(1e-6));
      assertThat(back.y(u, v)).isCloseTo(y, within(1e-6));
      assertThat(back.scale() * transform.scale()).isCloseTo(1, within(1e-9));
    }
  }

  @Test
  void mirroredPointsAreTurnedButNeverMirrored() {
    float[] from = {0, 0, 10, 0, 10, 4, 3, 8};
    float[] mirrored = {0, 0, -10, 0, -10, 4, -3, 8};
    SimilarityTransform found = SimilarityTransform.fit(from, mirrored);
    // Orientation is kept: the determinant a² + b² of any such transform is positive.
    double turn =
        (found.x(10, 0) - found.x(0, 0)) * (found.y(10, 4) - found.y(0, 0))
            - (found.y(10, 0) - found.y(0, 0)) * (found.x(10, 4) - found.x(0, 0));
    assertThat(turn).isPositive();
  }

  @Test
  void pointsThatCoincideAreRefused() {
    float[] same = {3, 4, 3, 4, 3, 4};
    float[] some = {0, 0, 1, 0, 0, 1};
    assertThatIllegalArgumentException().isThrownBy(() -> SimilarityTransform.fit(same, some));
    assertThatIllegalArgumentException().isThrownBy(() -> SimilarityTransform.fit(some, same));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SimilarityTransform.fit(new float[] {1, 2}, new float[] {1, 2}));
  }

  private static SimilarityTransform any(SplittableRandom random) {
    double angle = random.nextDouble() * 2 * Math.PI;
    double scale = 0.1 + random.nextDouble() * 5;
    return new SimilarityTransform(
        scale * Math.cos(angle),
        scale * Math.sin(angle),
        random.nextDouble() * 200 - 100,
        random.nextDouble() * 200 - 100);
  }

  private static float[] points(SplittableRandom random, int count) {
    float[] xy = new float[2 * count];
    for (int i = 0; i < xy.length; i++) {
      // The first two are far apart, so that no draw is nearly degenerate.
      xy[i] = (float) (random.nextDouble() * 50) + (i < 2 ? 100 : 0);
    }
    return xy;
  }

  private static float[] map(SimilarityTransform transform, float[] from) {
    float[] to = new float[from.length];
    for (int i = 0; i < from.length; i += 2) {
      to[i] = (float) transform.x(from[i], from[i + 1]);
      to[i + 1] = (float) transform.y(from[i], from[i + 1]);
    }
    return to;
  }

  private static double squares(SimilarityTransform transform, float[] from, float[] to) {
    double sum = 0;
    for (int i = 0; i < from.length; i += 2) {
      double dx = transform.x(from[i], from[i + 1]) - to[i];
      double dy = transform.y(from[i], from[i + 1]) - to[i + 1];
      sum += dx * dx + dy * dy;
    }
    return sum;
  }
}
