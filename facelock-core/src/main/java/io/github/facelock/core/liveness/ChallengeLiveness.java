package io.github.facelock.core.liveness;

import io.github.facelock.api.face.LivenessChallenge;
import io.github.facelock.api.face.LivenessVerdict;
import io.github.facelock.api.face.ObservedFace;
import io.github.facelock.api.policy.LivenessMode;
import io.github.facelock.spi.face.ClipWatch;
import io.github.facelock.spi.face.EyeEstimator;
import io.github.facelock.spi.face.FaceEmbedder;
import io.github.facelock.spi.face.FaceLandmarker;
import io.github.facelock.spi.face.HeadPoseEstimator;
import io.github.facelock.spi.face.LivenessDetector;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Judges clips that answer a challenge: random head movements, and the geometry of what moves. Of
 * single pictures it says nothing, so it takes none for an attack. Immutable; as thread-safe as its
 * parts.
 *
 * <p>What it does not stop: a recording or an animation that happens to show, or was made within
 * the few seconds to show, what was asked; a mask with a face's depth; frames that do not come from
 * a camera. See the documentation ("Liveness").
 */
public final class ChallengeLiveness implements LivenessDetector {

  private final FaceLandmarker landmarker;
  private final HeadPoseEstimator pose;
  private final EyeEstimator eyes;
  private final FaceEmbedder embedder;
  private final LivenessThresholds thresholds;

  /**
   * Puts the parts together.
   *
   * @param landmarker finds 68 points, as steadily as it can
   * @param pose of heads, calibrated for the boxes of the detector that is used
   * @param eyes tells open from closed
   * @param embedder compares frames of the clip with each other
   * @param thresholds where the signals separate
   */
  public ChallengeLiveness(
      FaceLandmarker landmarker,
      HeadPoseEstimator pose,
      EyeEstimator eyes,
      FaceEmbedder embedder,
      LivenessThresholds thresholds) {
    this.landmarker = Objects.requireNonNull(landmarker, "landmarker");
    this.pose = Objects.requireNonNull(pose, "pose");
    this.eyes = Objects.requireNonNull(eyes, "eyes");
    this.embedder = Objects.requireNonNull(embedder, "embedder");
    this.thresholds = Objects.requireNonNull(thresholds, "thresholds");
  }

  @Override
  public LivenessVerdict judge(List<ObservedFace> faces) {
    Objects.requireNonNull(faces, "faces");
    return new LivenessVerdict.BonaFide(Map.of());
  }

  @Override
  public Optional<ClipWatch> watch(LivenessChallenge challenge, LivenessMode mode) {
    return Optional.of(
        new FrameMeter(
            landmarker, pose, eyes, embedder, new ClipJudge(thresholds), challenge, mode));
  }
}
