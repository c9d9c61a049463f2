package io.github.facelock.core.face;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.face.CapturedFrame;
import io.github.facelock.api.face.DetectedFace;
import io.github.facelock.api.face.DetectionConfidence;
import io.github.facelock.api.face.FaceBox;
import io.github.facelock.api.face.Guidance;
import io.github.facelock.api.face.HeadPose;
import io.github.facelock.api.face.Landmarks;
import io.github.facelock.api.face.LivenessAction;
import io.github.facelock.core.image.DecodeLimits;
import io.github.facelock.core.image.SafePictureDecoder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Advice for each frame: where the head is, and what is still missing. */
class CaptureGuideTest {

  private static final CapturedFrame ANNA = ScriptedFaces.frame(1);

  private static CaptureGuide guide(float yaw, float pitch, float height) {
    return new CaptureGuide(
        new FacePipeline(
            new SafePictureDecoder(DecodeLimits.defaults()),
            height == 0
                ? ScriptedFaces.DETECTOR
                : picture ->
                    List.of(
                        new DetectedFace(
                            new FaceBox(60, 60, height, height),
                            new DetectionConfidence(0.99f),
                            Optional.empty())),
            (picture, face) -> points(face.box()),
            Optional.of((picture, face) -> new HeadPose(yaw, pitch, 0)),
            new ScriptedFaces.Embedder("m"),
            List.of(),
            QualityRules.forVerification()));
  }

  /** As those of the scripted landmarker, and the same for a small face: steady, as real ones. */
  private static Landmarks points(FaceBox box) {
    float k = box.height() < 120 ? 0.5f : 1;
    float[] xy = {50, 65, 110, 65, 80, 100, 58, 130, 102, 130};
    for (int i = 0; i < xy.length; i++) {
      xy[i] = 60 + k * xy[i];
    }
    return Landmarks.of(xy);
  }

  @ParameterizedTest
  @CsvSource({
    "TURN_RIGHT, 0, 0, TURN_RIGHT",
    "TURN_RIGHT, 20, 0, TURN_RIGHT",
    "TURN_RIGHT, 30, 0, WELL_DONE",
    "TURN_RIGHT, -30, 0, TURN_RIGHT",
    "TURN_RIGHT, 60, 0, BACK_TO_CENTRE",
    "TURN_LEFT, -30, 0, WELL_DONE",
    "TURN_LEFT, 30, 0, TURN_LEFT",
    "TURN_LEFT, -60, 0, BACK_TO_CENTRE",
    "LOOK_UP, 0, 5, LOOK_UP",
    "LOOK_UP, 0, 18, WELL_DONE",
    "LOOK_UP, 0, -18, LOOK_UP",
    "LOOK_UP, 20, 18, BACK_TO_CENTRE",
    "LOOK_DOWN, 0, -18, WELL_DONE",
    "LOOK_DOWN, 0, 0, LOOK_DOWN",
    "HOLD_STILL, 0, 0, WELL_DONE",
    "HOLD_STILL, 20, 0, BACK_TO_CENTRE",
    "BLINK, 0, 0, BLINK",
    "BLINK, -20, 0, BACK_TO_CENTRE",
    "COME_CLOSER, 20, 0, BACK_TO_CENTRE",
  })
  void everyActionHasItsOwnAdvice(LivenessAction wanted, float yaw, float pitch, Guidance advice) {
    assertThat(guide(yaw, pitch, 0).advise(ANNA, wanted)).isEqualTo(advice);
  }

  /** What it says is a target: whoever reaches it has passed the judgement's own angles. */
  @Test
  void theTargetsLieBeyondTheThresholds() {
    assertThat(guide(19, 0, 0).advise(ANNA, LivenessAction.TURN_RIGHT))
        .isNotEqualTo(Guidance.WELL_DONE);
    assertThat(guide(0, 13, 0).advise(ANNA, LivenessAction.LOOK_UP))
        .isNotEqualTo(Guidance.WELL_DONE);
  }

  @ParameterizedTest
  @EnumSource(LivenessAction.class)
  void whatIsWrongWithThePictureComesFirst(LivenessAction wanted) {
    CaptureGuide usual = guide(0, 0, 0);
    assertThat(usual.advise(ScriptedFaces.frame(0), wanted)).isEqualTo(Guidance.NO_FACE);
    assertThat(usual.advise(ScriptedFaces.frame(1, 2, 0), wanted))
        .isEqualTo(Guidance.SEVERAL_FACES);
    assertThat(usual.advise(ScriptedFaces.frame(0, 0, 0, 0), wanted)).isEqualTo(Guidance.TOO_DARK);
    assertThat(usual.advise(ScriptedFaces.frame(1, 1, 0, 0), wanted)).isEqualTo(Guidance.TOO_DARK);
    assertThat(usual.advise(CapturedFrame.encoded(Duration.ZERO, new byte[] {1, 2, 3}), wanted))
        .isEqualTo(Guidance.UNREADABLE_PICTURE);
    assertThat(guide(0, 0, 80).advise(ANNA, wanted)).isEqualTo(Guidance.TOO_FAR);
  }

  @Test
  void theSameFrameGetsTheSameAdviceWhateverCameBefore() {
    CaptureGuide one = guide(30, 0, 0);
    Guidance first = one.advise(ANNA, LivenessAction.TURN_RIGHT);
    one.advise(ScriptedFaces.frame(0), LivenessAction.TURN_LEFT);
    assertThat(one.advise(ANNA, LivenessAction.TURN_RIGHT)).isEqualTo(first);
  }
}
