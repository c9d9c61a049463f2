package io.github.facelock.core.liveness;

import static io.github.facelock.api.face.LivenessAction.BLINK;
import static io.github.facelock.api.face.LivenessAction.COME_CLOSER;
import static io.github.facelock.api.face.LivenessAction.LOOK_DOWN;
import static io.github.facelock.api.face.LivenessAction.LOOK_UP;
import static io.github.facelock.api.face.LivenessAction.TURN_LEFT;
import static io.github.facelock.api.face.LivenessAction.TURN_RIGHT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.face.Capture;
import io.github.facelock.api.face.CapturedFrame;
import io.github.facelock.api.face.IlluminationColour;
import io.github.facelock.api.face.LivenessAction;
import io.github.facelock.api.face.LivenessChallenge;
import io.github.facelock.api.face.LivenessVerdict;
import io.github.facelock.core.onnx.OnnxModels;
import io.github.facelock.test.simulation.SimulatedCamera;
import io.github.facelock.test.simulation.VirtualCamera;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a page plays that has a virtual camera is taken for a person, as far as it fits. */
class VirtualCameraAnswersTest {

  private static final double RATE = 10;

  private static OnnxModels models;
  private static VirtualCamera camera;

  @BeforeAll
  static void open() throws IOException {
    models = OnnxModels.bundled();
    camera =
        VirtualCamera.of(RenderedChanceTest.portrait(models))
            .filmedBy(SimulatedCamera.standard().framesPerSecond(RATE).raw());
  }

  @AfterAll
  static void close() {
    models.close();
  }

  @Test
  void piecesPlayedOneAfterTheOtherAnswerTheChallengeThatTheyFit() {
    List<List<LivenessAction>> orders =
        List.of(
            List.of(TURN_LEFT, COME_CLOSER),
            List.of(LOOK_UP, TURN_RIGHT),
            List.of(TURN_RIGHT, BLINK, TURN_LEFT));
    for (List<LivenessAction> order : orders) {
      FrameMeter clip = RenderedChanceTest.measure(models, played(order));
      assertThat(clip.judged(RenderedChanceTest.asking(order)))
          .as("%s", order)
          .isInstanceOf(LivenessVerdict.BonaFide.class);
      assertThat(clip.judged(RenderedChanceTest.asking(List.of(LOOK_DOWN, TURN_LEFT))))
          .as("%s", order)
          .isNotInstanceOf(LivenessVerdict.BonaFide.class);
    }
  }

  @Test
  void aWholeAnswerFollowsTheColours() {
    LivenessChallenge asked =
        new LivenessChallenge(
            "n",
            List.of(TURN_LEFT, TURN_RIGHT),
            List.of(
                IlluminationColour.RED,
                IlluminationColour.GREEN,
                IlluminationColour.BLUE,
                IlluminationColour.RED,
                IlluminationColour.BLUE,
                IlluminationColour.GREEN),
            Duration.ofMillis(500),
            Duration.ofSeconds(30));
    LivenessVerdict lit = RenderedChanceTest.measure(models, camera.answer(asked)).judged(asked);
    assertThat(lit).isInstanceOf(LivenessVerdict.BonaFide.class);
    Capture dark = camera.clip(asked.actions());
    assertThat(RenderedChanceTest.measure(models, dark).judged(asked))
        .isInstanceOfSatisfying(
            LivenessVerdict.Attack.class,
            attack -> assertThat(attack.cause()).isEqualTo("colours-not-followed"));
  }

  /** As a page does it: a rest, each action with a rest after it, frame after frame. */
  private static Capture played(List<LivenessAction> order) {
    List<CapturedFrame> frames = new ArrayList<>();
    append(camera.resting(0.8), frames);
    for (LivenessAction action : order) {
      append(camera.after(frames.size() / RATE).frames(action), frames);
      append(camera.after(frames.size() / RATE).resting(0.3), frames);
    }
    return Capture.of(frames);
  }

  private static void append(Capture piece, List<CapturedFrame> frames) {
    for (CapturedFrame frame : piece.frames()) {
      Duration at = Duration.ofMillis(Math.round(1000 * frames.size() / RATE));
      frames.add(CapturedFrame.decoded(at, frame.picture().orElseThrow()));
    }
  }
}
