package io.github.facelock.core.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.face.DetectedFace;
import io.github.facelock.api.face.DetectionConfidence;
import io.github.facelock.api.face.Embedding;
import io.github.facelock.api.face.FaceBox;
import io.github.facelock.api.face.Guidance;
import io.github.facelock.api.face.HeadPose;
import io.github.facelock.api.face.Landmarks;
import io.github.facelock.api.face.LivenessAction;
import io.github.facelock.api.face.LivenessChallenge;
import io.github.facelock.api.face.LivenessVerdict;
import io.github.facelock.api.face.ModelId;
import io.github.facelock.api.face.ModelInfo;
import io.github.facelock.api.face.ObservedFace;
import io.github.facelock.api.face.Picture;
import io.github.facelock.api.face.ScoreCalibration;
import io.github.facelock.api.policy.LivenessMode;
import io.github.facelock.spi.face.ClipWatch;
import io.github.facelock.spi.face.FaceEmbedder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What is measured of frames, and how often the costly models are asked. */
class FrameMeterTest {

  private static final int WIDTH = 320;
  private static final int HEIGHT = 240;
  private static final int ANNA = 1;
  private static final int BERT = 2;

  private final Models models = new Models();
  private final ClipWatch watch =
      new ChallengeLiveness(
              (picture, face) -> points(picture),
              models::pose,
              (picture, landmarks) -> 1,
              models,
              LivenessThresholds.ofDefaults())
          .watch(
              new LivenessChallenge(
                  "n",
                  List.of(LivenessAction.TURN_LEFT, LivenessAction.HOLD_STILL),
                  List.of(),
                  Duration.ofMillis(500),
                  Duration.ofSeconds(30)),
              LivenessMode.ACTIVE)
          .orElseThrow();

  /** Counts calls; a person is an axis, and the first pixel says who is seen, and how turned. */
  private static final class Models implements FaceEmbedder {
    int poses;
    int templates;

    HeadPose pose(Picture picture, DetectedFace face) {
      poses++;
      return new HeadPose(turned(picture), 0, 0);
    }

    @Override
    public ModelInfo model() {
      return new ModelInfo(new ModelId("m"), "1", "MIT", "FaceLock", "", "");
    }

    @Override
    public int dimension() {
      return 4;
    }

    @Override
    public ScoreCalibration calibration() {
      throw new IllegalStateException("A clip's frames are compared without a calibration");
    }

    @Override
    public Embedding embed(Picture picture, Landmarks landmarks) {
      templates++;
      float[] values = new float[4];
      values[picture.pixels().get(0)] = 1;
      return Embedding.normalised(new ModelId("m"), values);
    }
  }

  private static float turned(Picture picture) {
    return picture.pixels().get(1);
  }

  /** Of an upright face in the middle whose nose and outline follow the turn. */
  private static Landmarks points(Picture picture) {
    float nose = (float) (-0.6 * 60 * Math.sin(Math.toRadians(turned(picture))));
    float[] xy = new float[2 * Landmarks.FULL];
    for (int i = 0; i < Landmarks.FULL; i++) {
      xy[2 * i] = 160;
      xy[2 * i + 1] = 120;
    }
    float narrow = (float) Math.cos(Math.toRadians(turned(picture)));
    for (int i = 36; i < 48; i++) {
      int within = (i - 36) % 6;
      float side = i < 42 ? -1 : 1;
      xy[2 * i] = 160 + narrow * (side * 30 + 3 * (within % 3 - 1));
      xy[2 * i + 1] = 100 + (within == 0 || within == 3 ? 0 : within < 3 ? -3 : 3);
    }
    xy[60] = 160 + nose;
    xy[61] = 130;
    xy[96] = 140;
    xy[97] = 160;
    xy[108] = 180;
    xy[109] = 160;
    for (int i : new int[] {0, 1}) {
      xy[2 * i] = 95 - nose;
    }
    for (int i : new int[] {15, 16}) {
      xy[2 * i] = 225 - nose;
    }
    return Landmarks.of(xy);
  }

  /** Another scene is another face to the eye; the same scene differs by the camera's noise. */
  private static Picture picture(int person, int turned, int scene, int noise) {
    SplittableRandom blots = new SplittableRandom(scene);
    SplittableRandom grain = new SplittableRandom(noise);
    Picture.Builder builder = Picture.builder(WIDTH, HEIGHT);
    byte[] rgb = builder.pixels();
    int[] ink = new int[40 * 30];
    for (int i = 0; i < ink.length; i++) {
      ink[i] = 60 + blots.nextInt(140);
    }
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        byte grey = (byte) (ink[y / 8 * 40 + x / 8] + grain.nextInt(5));
        int p = 3 * (y * WIDTH + x);
        rgb[p] = grey;
        rgb[p + 1] = grey;
        rgb[p + 2] = grey;
      }
    }
    rgb[0] = (byte) person;
    rgb[1] = (byte) turned;
    return builder.build();
  }

  private void see(int frame, Picture picture) {
    watch.see(
        new ObservedFace(
            Duration.ofMillis(100L * frame),
            picture,
            new DetectedFace(
                new FaceBox(90, 60, 140, 140), new DetectionConfidence(.99f), Optional.empty()),
            points(picture)));
  }

  private static String cause(LivenessVerdict verdict) {
    assertThat(verdict).isInstanceOf(LivenessVerdict.Attack.class);
    return ((LivenessVerdict.Attack) verdict).cause();
  }

  @Test
  void aCalmFaceCostsFewTemplatesAndFewPoses() {
    for (int i = 0; i < 30; i++) {
      see(i, picture(ANNA, 0, 1, i));
    }
    LivenessVerdict verdict = watch.verdict();

    // One each 600 ms, and a pose for three frames.
    assertThat(models.templates).isEqualTo(5);
    assertThat(models.poses).isEqualTo(10);
    assertThat(verdict).isInstanceOf(LivenessVerdict.Undetermined.class);
    assertThat(((LivenessVerdict.Undetermined) verdict).guidance()).isEqualTo(Guidance.TURN_LEFT);
    assertThat(verdict.signals())
        .containsEntry("frames", 30.0)
        .containsEntry("identity", 1.0)
        .containsKeys("moire", "refresh", "bezel", "jump", "still");
  }

  @Test
  void aTurningFaceHasEveryPoseEstimated() {
    int[] turns = {0, 0, 0, 0, 0, 0, -6, -12, -18, -24, -30, -30, -30, -24, -18, -12, -6, 0, 0, 0};
    for (int i = 0; i < turns.length; i++) {
      see(i, picture(ANNA, turns[i], 1, i));
    }
    assertThat(watch.verdict()).isInstanceOf(LivenessVerdict.BonaFide.class);
    assertThat(models.poses).isBetween(12, turns.length);
  }

  @Test
  void neighboursThatLookDifferentAreComparedAsTemplates() {
    for (int i = 0; i < 20; i++) {
      see(i, picture(i < 10 ? ANNA : BERT, 0, i < 10 ? 1 : 2, i));
    }
    assertThat(cause(watch.verdict())).isEqualTo("another-face");
  }

  @Test
  void aFaceThatIsExchangedSlowlyIsSeenAgainstTheFirstFrame() {
    for (int i = 0; i < 30; i++) {
      // To the eye nothing happens: only the template knows.
      see(i, picture(i < 12 ? ANNA : BERT, 0, 1, i));
    }
    assertThat(cause(watch.verdict())).isEqualTo("another-face");
  }

  /** Their times rise as those of one clip do: only the faces tell. */
  @Test
  void framesOfTwoClientsThatAreMixedAreAnotherFace() {
    for (int i = 0; i < 30; i++) {
      see(i, picture(i % 2 == 0 ? ANNA : BERT, 0, i % 2 == 0 ? 1 : 2, i));
    }
    assertThat(cause(watch.verdict())).isEqualTo("another-face");
  }

  @Test
  void aClipThatChangesAllTheTimeIsAskedForAgainAndCostsNoMoreThanItsBudget() {
    int[] turns = {0, 0, 0, 0, 0, 0, -6, -12, -18, -24, -30, -30, -30, -24, -18, -12, -6, 0, 0, 0};
    for (int i = 0; i < 80; i++) {
      see(i, picture(ANNA, i < turns.length ? turns[i] : 0, i, i));
    }
    LivenessVerdict verdict = watch.verdict();
    assertThat(verdict).isInstanceOf(LivenessVerdict.Undetermined.class);
    assertThat(((LivenessVerdict.Undetermined) verdict).guidance()).isEqualTo(Guidance.HOLD_STILL);
    assertThat(models.templates).isLessThanOrEqualTo(FrameMeter.MOST_TEMPLATES + 1);
  }

  /** A long clip needs a reference every 600 ms, and these are not what a change is told by. */
  @Test
  void aLongClipMayChangeAsOftenAsAShortOne() {
    for (int i = 0; i < 110; i++) {
      see(i, picture(ANNA, 0, i / 11, i));
    }
    LivenessVerdict verdict = watch.verdict();
    assertThat(verdict).isInstanceOf(LivenessVerdict.Undetermined.class);
    assertThat(((LivenessVerdict.Undetermined) verdict).guidance()).isEqualTo(Guidance.TURN_LEFT);
    assertThat(models.templates).isGreaterThan(FrameMeter.MOST_TEMPLATES);
  }

  @Test
  void aFrameThatComesAgainIsALoopAndOneThatStandsStillAPicture() {
    for (int i = 0; i < 24; i++) {
      see(i, picture(ANNA, 0, 1, i % 8));
    }
    assertThat(cause(watch.verdict())).isEqualTo("looped");
  }

  @Test
  void equalFramesAreAStillPicture() {
    for (int i = 0; i < 24; i++) {
      see(i, picture(ANNA, 0, 1, 1));
    }
    assertThat(cause(watch.verdict())).isEqualTo("still-picture");
  }

  @Test
  void framesWithoutAFaceAreCounted() {
    for (int i = 0; i < 24; i++) {
      if (i % 3 == 0) {
        watch.miss(Duration.ofMillis(100L * i), 0);
      } else {
        see(i, picture(ANNA, 0, 1, i));
      }
    }
    LivenessVerdict verdict = watch.verdict();
    assertThat(((LivenessVerdict.Undetermined) verdict).guidance()).isEqualTo(Guidance.NO_FACE);
    assertThat(verdict.signals()).containsEntry("without-face", 8.0);
  }
}
