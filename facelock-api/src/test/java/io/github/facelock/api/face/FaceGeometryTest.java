package io.github.facelock.api.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FaceGeometryTest {

  @Test
  void sixtyEightPointsReduceToFive() {
    float[] xy = new float[136];
    for (int i = 0; i < 68; i++) {
      xy[2 * i] = i;
      xy[2 * i + 1] = 1000 - i;
    }
    Landmarks five = Landmarks.of(xy).five();

    assertThat(five.count()).isEqualTo(5);
    float[] expectedX = {39, 45, 30, 54, 59};
    for (int i = 0; i < 5; i++) {
      assertThat(five.x(i)).isCloseTo(expectedX[i], within(1e-4f));
      assertThat(five.y(i)).isCloseTo(1000 - expectedX[i], within(1e-3f));
    }
    assertThat(five.five()).isSameAs(five);
  }

  @Test
  void landmarksAreTheirOwnAndFinite() {
    float[] mine = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
    Landmarks landmarks = Landmarks.of(mine);
    mine[0] = 99;

    assertThat(landmarks.x(0)).isZero();
    assertThat(landmarks.y(4)).isEqualTo(9);
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> landmarks.x(5));
    assertThatIllegalArgumentException().isThrownBy(() -> Landmarks.of());
    assertThatIllegalArgumentException().isThrownBy(() -> Landmarks.of(new float[12]));
    mine[3] = Float.NaN;
    assertThatIllegalArgumentException().isThrownBy(() -> Landmarks.of(mine));
    mine[3] = Float.POSITIVE_INFINITY;
    assertThatIllegalArgumentException().isThrownBy(() -> Landmarks.of(mine));
  }

  @Test
  void overlapIsIntersectionOverUnion() {
    FaceBox box = new FaceBox(0, 0, 10, 10);

    assertThat(box.overlap(box)).isEqualTo(1);
    assertThat(box.overlap(new FaceBox(5, 0, 10, 10))).isCloseTo(1f / 3, within(1e-6f));
    assertThat(box.overlap(new FaceBox(0, 0, 5, 5))).isCloseTo(.25f, within(1e-6f));
    assertThat(box.overlap(new FaceBox(10, 0, 10, 10))).as("touching").isZero();
    assertThat(box.overlap(new FaceBox(-20, -20, 5, 5))).isZero();
    assertThat(box.centreX()).isEqualTo(5);
    assertThat(new FaceBox(-10, 20, 4, 6).centreY()).isEqualTo(23);
  }

  @Test
  void overlapIsSymmetricAndBetweenZeroAndOneForAllBoxes() {
    long seed = 8;
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 20_000; round++) {
      FaceBox a = box(random);
      FaceBox b = round % 10 == 0 ? a : box(random);
      assertThat(a.overlap(b))
          .as("%s and %s, seed %d", a, b, seed)
          .isBetween(0f, 1f)
          .isCloseTo(b.overlap(a), within(1e-6f));
    }
  }

  private static FaceBox box(SplittableRandom random) {
    float scale = (float) Math.pow(10, random.nextDouble(-3, 37));
    return new FaceBox(
        (float) random.nextGaussian() * scale,
        (float) random.nextGaussian() * scale,
        (float) random.nextDouble(1e-3, 2) * scale,
        (float) random.nextDouble(1e-3, 2) * scale);
  }

  @Test
  void whatIsNoRectangleIsRefused() {
    for (float bad : new float[] {0, -1, Float.NaN, Float.POSITIVE_INFINITY}) {
      assertThatIllegalArgumentException().isThrownBy(() -> new FaceBox(0, 0, bad, 1));
      assertThatIllegalArgumentException().isThrownBy(() -> new FaceBox(0, 0, 1, bad));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> new FaceBox(Float.NaN, 0, 1, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FaceBox(0, Float.NEGATIVE_INFINITY, 1, 1));
  }

  @Test
  void aPoseThatIsNoNumberIsRefused() {
    assertThat(new HeadPose(-5, 3, 120).roll()).isEqualTo(120);
    assertThatIllegalArgumentException().isThrownBy(() -> new HeadPose(Float.NaN, 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new HeadPose(0, Float.NaN, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HeadPose(0, 0, Float.POSITIVE_INFINITY));
  }
}
