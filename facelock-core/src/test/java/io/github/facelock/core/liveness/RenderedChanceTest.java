package io.github.facelock.core.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.face.Capture;
import io.github.facelock.api.face.CapturedFrame;
import io.github.facelock.api.face.DetectedFace;
import io.github.facelock.api.face.Landmarks;
import io.github.facelock.api.face.LivenessAction;
import io.github.facelock.api.face.LivenessChallenge;
import io.github.facelock.api.face.LivenessVerdict.BonaFide;
import io.github.facelock.api.face.ObservedFace;
import io.github.facelock.api.face.Picture;
import io.github.facelock.api.policy.LivenessMode;
import io.github.facelock.core.image.DecodeLimits;
import io.github.facelock.core.image.SafePictureDecoder;
import io.github.facelock.core.onnx.OnnxModels;
import io.github.facelock.spi.face.PictureDecoder;
import io.github.facelock.test.simulation.Handling;
import io.github.facelock.test.simulation.Performance;
import io.github.facelock.test.simulation.Person;
import io.github.facelock.test.simulation.Portrait;
import io.github.facelock.test.simulation.Sheet;
import io.github.facelock.test.simulation.SheetPlace;
import io.github.facelock.test.simulation.SimulatedCamera;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The chance property on rendered pixels: {@link ClipJudgeTest} has its ten thousands of tries on
 * signals, here a few clips go through the models and are then held against every order.
 */
class RenderedChanceTest {

  private static final int CLIPS = 8;
  private static final SimulatedCamera CAMERA =
      SimulatedCamera.standard().framesPerSecond(10).raw();

  private static OnnxModels models;

  @BeforeAll
  static void open() {
    models = OnnxModels.bundled();
  }

  @AfterAll
  static void close() {
    models.close();
  }

  static Portrait portrait(OnnxModels models) throws IOException {
    try (InputStream in =
        RenderedChanceTest.class.getResourceAsStream("/photographs/sample5.jpg")) {
      Picture picture =
          ((PictureDecoder.Decoded.Usable)
                  new SafePictureDecoder(DecodeLimits.defaults()).decode(in.readAllBytes()))
              .picture();
      DetectedFace face =
          models.detector().detect(picture).stream()
              .filter(f -> f.box().height() > 60)
              .min(
                  Comparator.comparingDouble(
                      f -> Math.abs(models.headPose().estimate(picture, f).yaw())))
              .orElseThrow();
      return Portrait.of(
          picture,
          models.steadyLandmarker().locate(picture, face),
          models.headPose().estimate(picture, face));
    }
  }

  static FrameMeter measure(OnnxModels models, Capture clip) {
    FrameMeter meter =
        new FrameMeter(
            models.steadyLandmarker(),
            models.headPose(),
            models.eyeOpenness(),
            models.embedder(),
            new ClipJudge(LivenessThresholds.ofDefaults()),
            asking(List.of(LivenessAction.TURN_LEFT, LivenessAction.LOOK_UP)),
            LivenessMode.ACTIVE);
    for (CapturedFrame frame : clip.frames()) {
      Picture picture = frame.picture().orElseThrow();
      List<DetectedFace> faces = models.detector().detect(picture);
      if (faces.size() == 1) {
        Landmarks points = models.landmarker().locate(picture, faces.get(0));
        meter.see(new ObservedFace(frame.at(), picture, faces.get(0), points));
      } else {
        meter.miss(frame.at(), faces.size());
      }
    }
    return meter;
  }

  static LivenessChallenge asking(List<LivenessAction> actions) {
    return new LivenessChallenge(
        "n", actions, List.of(), Duration.ofMillis(500), Duration.ofSeconds(30));
  }

  private static List<List<LivenessAction>> fitting(FrameMeter clip) {
    List<List<LivenessAction>> fitting = new ArrayList<>();
    for (List<LivenessAction> order : ClipJudgeTest.ORDERS) {
      if (clip.judged(asking(order)) instanceof BonaFide) {
        fitting.add(order);
      }
    }
    return fitting;
  }

  @Test
  void aRenderedPersonFitsOneOfTheHundredOrdersAtMost() throws IOException {
    Portrait portrait = portrait(models);
    SplittableRandom random = new SplittableRandom(11);
    int fitted = 0;
    for (int i = 0; i < CLIPS; i++) {
      List<LivenessAction> done =
          ClipJudgeTest.ORDERS.get(random.nextInt(ClipJudgeTest.ORDERS.size()));
      Performance performance = Performance.of(done, Performance.Manner.usual(random), i);
      Capture clip =
          CAMERA.seed(i).film(Person.of(portrait, performance.motion()), performance.seconds());
      List<List<LivenessAction>> fitting = fitting(measure(models, clip));
      // A movement that is not seen makes it another order, but still one.
      assertThat(fitting).as("%s", done).hasSizeLessThanOrEqualTo(1);
      fitted += fitting.contains(done) ? 1 : 0;
    }
    System.out.printf("rendered people: %d of %d fit their own order%n", fitted, CLIPS);
    assertThat(fitted).isGreaterThanOrEqualTo(CLIPS / 2);
  }

  @Test
  void aRenderedPrintFitsNoOrder() throws IOException {
    Portrait portrait = portrait(models);
    SplittableRandom random = new SplittableRandom(12);
    for (int i = 0; i < CLIPS / 2; i++) {
      List<LivenessAction> asked =
          ClipJudgeTest.ORDERS.get(random.nextInt(ClipJudgeTest.ORDERS.size()));
      Handling hand = Handling.of(asked, Handling.Grip.sweeping(480, random), i);
      Sheet print = Sheet.print(portrait, t -> SheetPlace.facing(480)).moving(hand.motion());
      assertThat(fitting(measure(models, CAMERA.seed(i).film(print, hand.seconds()))))
          .as("%s", asked)
          .isEmpty();
    }
  }
}
