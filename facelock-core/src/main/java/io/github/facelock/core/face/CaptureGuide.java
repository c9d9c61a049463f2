package io.github.facelock.core.face;

import io.github.facelock.api.face.CapturedFrame;
import io.github.facelock.api.face.Guidance;
import io.github.facelock.api.face.LivenessAction;
import io.github.facelock.api.face.ObservedFace;
import io.github.facelock.api.face.Picture;
import io.github.facelock.api.policy.SeveralFaces;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Advice while a person is captured, frame by frame: come closer, turn further, back to the centre.
 * Stateless and thread-safe; nothing of a login is needed, and nothing that is said here decides
 * anything. It looks at the picture's quality and at where the head points, never at the signals
 * that tell an attack, so it teaches nobody how to pass these.
 *
 * <p>The targets lie beyond the judgement's thresholds, because every head has its own zero, which
 * one frame does not tell. {@link GuidanceTexts} has the sentences.
 */
public final class CaptureGuide {

  private static final float LEAST_FACE = 90;
  private static final float TURN = 24;
  private static final float TURN_TOO_FAR = 50;
  private static final float NOD = 15;
  private static final float CENTRE = 10;
  private static final float CENTRE_NOSE = 0.12f;
  private static final float NEAR = 0.22f;

  private final FacePipeline pipeline;

  /**
   * Makes a guide.
   *
   * @param pipeline with the rules of verification, and a pose estimator
   */
  public CaptureGuide(FacePipeline pipeline) {
    this.pipeline = Objects.requireNonNull(pipeline, "pipeline");
  }

  /**
   * Advises.
   *
   * @param frame the last frame of the live picture
   * @param wanted what the person is asked for now
   * @return {@link Guidance#WELL_DONE} when the frame shows it; for a blink, which one frame does
   *     not show, {@link Guidance#BLINK} as long as the face is well placed
   */
  public Guidance advise(CapturedFrame frame, LivenessAction wanted) {
    Objects.requireNonNull(wanted, "wanted");
    Optional<Picture> picture = pipeline.picture(frame);
    if (picture.isEmpty()) {
      return Guidance.UNREADABLE_PICTURE;
    }
    List<ObservedFace> faces = new ArrayList<>(2);
    boolean profile = pipeline.findFaces(frame, picture.get(), SeveralFaces.REJECT, faces, true);
    if (faces.size() != 1) {
      return faces.isEmpty()
          ? profile ? Guidance.BACK_TO_CENTRE : FacePipeline.withoutFace(picture.get())
          : Guidance.SEVERAL_FACES;
    }
    ObservedFace face = faces.get(0);
    if (face.face().box().height() < LEAST_FACE) {
      return Guidance.TOO_FAR;
    }
    FaceMeasures measures = pipeline.measure(face);
    Optional<Guidance> problem =
        pipeline
            .rules()
            .judge(measures)
            // Turned is what is asked for, and turned eyes and mouths are seen less well.
            .filter(
                p ->
                    p != Guidance.TURNED
                        && p != Guidance.EYES_HIDDEN
                        && p != Guidance.MOUTH_COVERED);
    if (problem.isPresent()) {
      boolean moving = wanted != LivenessAction.HOLD_STILL && wanted != LivenessAction.BLINK;
      return problem.get() == Guidance.BLURRED && moving ? Guidance.MOVE_SLOWER : problem.get();
    }
    return towards(wanted, measures);
  }

  private static Guidance towards(LivenessAction wanted, FaceMeasures face) {
    return switch (wanted) {
      case TURN_RIGHT -> turn(face.yaw(), Guidance.TURN_RIGHT);
      case TURN_LEFT -> turn(-face.yaw(), Guidance.TURN_LEFT);
      case LOOK_UP -> nod(face, face.pitch(), Guidance.LOOK_UP);
      case LOOK_DOWN -> nod(face, -face.pitch(), Guidance.LOOK_DOWN);
      case COME_CLOSER ->
          !isFrontal(face)
              ? Guidance.BACK_TO_CENTRE
              : face.eyeShare() >= NEAR ? Guidance.WELL_DONE : Guidance.COME_CLOSER;
      case HOLD_STILL -> isFrontal(face) ? Guidance.WELL_DONE : Guidance.BACK_TO_CENTRE;
      case BLINK -> isFrontal(face) ? Guidance.BLINK : Guidance.BACK_TO_CENTRE;
    };
  }

  private static Guidance turn(float turned, Guidance further) {
    if (turned > TURN_TOO_FAR) {
      return Guidance.BACK_TO_CENTRE;
    }
    return turned >= TURN ? Guidance.WELL_DONE : further;
  }

  private static Guidance nod(FaceMeasures face, float nodded, Guidance further) {
    if (Math.abs(face.yaw()) > CENTRE) {
      return Guidance.BACK_TO_CENTRE;
    }
    return nodded >= NOD ? Guidance.WELL_DONE : further;
  }

  private static boolean isFrontal(FaceMeasures face) {
    return Math.abs(face.yaw()) <= CENTRE && Math.abs(face.noseLine()) <= CENTRE_NOSE;
  }
}
