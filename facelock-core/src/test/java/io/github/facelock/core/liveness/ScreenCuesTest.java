package io.github.facelock.core.liveness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.facelock.api.face.DetectedFace;
import io.github.facelock.api.face.DetectionConfidence;
import io.github.facelock.api.face.FaceBox;
import io.github.facelock.api.face.Landmarks;
import io.github.facelock.api.face.LivenessVerdict;
import io.github.facelock.api.face.ObservedFace;
import io.github.facelock.api.face.Picture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Each cue on pictures that have it and on pictures that do not, and how they are fused. */
class ScreenCuesTest {

  private static final int WIDTH = 640;
  private static final int HEIGHT = 480;
  private static final FaceBox FACE = new FaceBox(240, 150, 160, 180);

  /** Changes a pixel's brightness. */
  @FunctionalInterface
  private interface Change {
    double at(int x, int y, int channel);
  }

  /** Blots of skin, a coarse background, and the camera's noise. */
  private static Picture picture(long seed, Change change) {
    SplittableRandom scene = new SplittableRandom(7);
    double[] blots = new double[80 * 60];
    for (int i = 0; i < blots.length; i++) {
      blots[i] = 110 + scene.nextInt(50);
    }
    SplittableRandom noise = new SplittableRandom(seed);
    Picture.Builder builder = Picture.builder(WIDTH, HEIGHT);
    byte[] rgb = builder.pixels();
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        double u = x / 8.0 - 0.5;
        double v = y / 8.0 - 0.5;
        int left = (int) Math.max(0, Math.min(78, Math.floor(u)));
        int top = (int) Math.max(0, Math.min(58, Math.floor(v)));
        double a = Math.max(0, Math.min(1, u - left));
        double b = Math.max(0, Math.min(1, v - top));
        double value =
            (1 - b) * ((1 - a) * blots[top * 80 + left] + a * blots[top * 80 + left + 1])
                + b * ((1 - a) * blots[top * 80 + 80 + left] + a * blots[top * 80 + 81 + left]);
        for (int c = 0; c < 3; c++) {
          double lit = value - 12 * c + 2.5 * noise.nextGaussian() + change.at(x, y, c);
          rgb[3 * (y * WIDTH + x) + c] = (byte) Math.max(0, Math.min(255, Math.round(lit)));
        }
      }
    }
    return builder.build();
  }

  private static ObservedFace face(int ms, Picture picture) {
    return new ObservedFace(
        Duration.ofMillis(ms),
        picture,
        new DetectedFace(FACE, new DetectionConfidence(.99f), Optional.empty()),
        Landmarks.of(280, 220, 360, 220, 320, 260, 290, 300, 350, 300));
  }

  private static List<ObservedFace> clip(java.util.function.IntFunction<Change> change) {
    List<ObservedFace> faces = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      faces.add(face(100 * i, picture(i + 1, change.apply(i))));
    }
    return faces;
  }

  private static final Change NOTHING = (x, y, c) -> 0;

  private static double moire(Change change) {
    return new MoireCue().energy(picture(1, change), FACE);
  }

  @Test
  void aGridThatBeatsStandsOutInBrightnessOrInColour() {
    double bare = moire(NOTHING);
    assertThat(bare).isLessThan(ScreenThresholds.ofDefaults().moire());

    Change grey = (x, y, c) -> 5 * Math.sin(2 * Math.PI * (x / 5.3 + y / 11.7));
    Change coloured = (x, y, c) -> 5 * Math.sin(2 * Math.PI * (x / 7.1 + c / 3.0));
    assertThat(moire(grey)).isGreaterThan(ScreenThresholds.ofDefaults().moire());
    assertThat(moire(coloured)).isGreaterThan(ScreenThresholds.ofDefaults().moire());
    // A face that is too small for the square is not judged.
    assertThat(new MoireCue().energy(picture(1, grey), new FaceBox(300, 200, 50, 60))).isZero();
    assertThat(new MoireCue().energy(picture(1, grey), new FaceBox(-60, -60, 100, 100))).isZero();
  }

  /** The border of a sheet, tilted a little, dark or bright. */
  private static Change border(int grey, boolean left, boolean right, boolean top) {
    return (x, y, c) -> {
      double u = x - 320 + 0.08 * (y - 240);
      double v = y - 240 - 0.08 * (x - 320);
      boolean frame =
          (left && u > -150 && u < -135 && v > -190)
              || (right && u > 135 && u < 150 && v > -190)
              || (top && v > -190 && v < -175 && Math.abs(u) < 150);
      return frame ? grey : 0;
    };
  }

  @Test
  void threeStraightSidesAreABorderAndTwoAreNot() {
    BezelCue cue = new BezelCue();
    double least = ScreenThresholds.ofDefaults().bezel();

    assertThat(cue.sides(picture(1, NOTHING), FACE)).isLessThan(least);
    assertThat(cue.sides(picture(1, border(-90, true, true, true)), FACE)).isGreaterThan(least);
    assertThat(cue.sides(picture(1, border(90, true, true, true)), FACE)).isGreaterThan(least);
    assertThat(cue.sides(picture(1, border(-90, true, true, false)), FACE)).isLessThan(least);
    assertThat(cue.sides(picture(1, border(-90, true, false, true)), FACE)).isLessThan(least);
  }

  private static Change bands(int frame, double depth) {
    return (x, y, c) -> 120 * depth * Math.sin(2 * Math.PI * (y / 160.0 + 0.37 * frame));
  }

  private static double refresh(List<ObservedFace> clip) {
    ScreenCues cues = new ScreenCues();
    clip.forEach(cues::follow);
    return cues.refresh();
  }

  @Test
  void bandsThatRollAreSeenAndThoseThatStandAreNot() {
    double least = ScreenThresholds.ofDefaults().refresh();

    assertThat(refresh(clip(i -> bands(i, 0.025)))).isGreaterThan(least);
    assertThat(refresh(clip(i -> NOTHING))).isLessThan(least);
    // A shadow that lies still, and light that flickers as a whole, are no bands.
    assertThat(refresh(clip(i -> bands(0, 0.1)))).isLessThan(least);
    assertThat(refresh(clip(i -> (x, y, c) -> i % 2 == 0 ? 10 : -10))).isLessThan(least);
    // Too few frames, or too far apart, tell nothing.
    assertThat(refresh(clip(i -> bands(i, 0.025)).subList(0, 4))).isZero();
  }

  @Test
  void twoCuesVetoAndOneDoesNotUnlessTheMoireIsStrong() {
    PassiveLiveness passive = new PassiveLiveness(new ScreenThresholds(4, 9, 0.007, 0.75));
    Change grid = (x, y, c) -> 5 * Math.sin(2 * Math.PI * (x / 5.3 + y / 11.7));
    Change frame = border(-90, true, true, true);

    assertThat(passive.judge(clip(i -> NOTHING))).isInstanceOf(LivenessVerdict.BonaFide.class);
    assertThat(passive.judge(clip(i -> grid))).isInstanceOf(LivenessVerdict.BonaFide.class);
    assertThat(passive.judge(clip(i -> frame))).isInstanceOf(LivenessVerdict.BonaFide.class);
    LivenessVerdict both =
        passive.judge(clip(i -> (x, y, c) -> grid.at(x, y, c) + frame.at(x, y, c)));
    assertThat(both).isInstanceOf(LivenessVerdict.Attack.class);
    assertThat(((LivenessVerdict.Attack) both).cause()).isEqualTo("screen");
    assertThat(both.signals()).containsOnlyKeys("moire", "bezel", "refresh");

    assertThat(new PassiveLiveness(ScreenThresholds.ofDefaults()).judge(clip(i -> grid)))
        .isInstanceOf(LivenessVerdict.Attack.class);
  }

  @Test
  void onePictureIsEnough() {
    Change grid = (x, y, c) -> 5 * Math.sin(2 * Math.PI * (x / 5.3 + y / 11.7));
    PassiveLiveness passive = new PassiveLiveness(ScreenThresholds.ofDefaults());

    assertThat(passive.judge(List.of(face(0, picture(1, grid)))))
        .isInstanceOf(LivenessVerdict.Attack.class);
    assertThat(passive.judge(List.of(face(0, picture(1, NOTHING)))))
        .isInstanceOf(LivenessVerdict.BonaFide.class);
  }

  @Test
  void thresholdsThatWouldNeverVetoAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ScreenThresholds(Double.NaN, 4, .01, .8));
    assertThatIllegalArgumentException().isThrownBy(() -> new ScreenThresholds(3, 2, .01, .8));
    assertThatIllegalArgumentException().isThrownBy(() -> new ScreenThresholds(3, 4, -1, .8));
    assertThatIllegalArgumentException().isThrownBy(() -> new ScreenThresholds(3, 4, .01, 0));
  }
}
