package io.github.facelock.api.face;

import java.util.Objects;
import java.util.Optional;

/**
 * A face that a detector found.
 *
 * @param box where
 * @param confidence how sure the detector is
 * @param landmarks the points of the face, if the detector finds them too
 */
public record DetectedFace(
    FaceBox box, DetectionConfidence confidence, Optional<Landmarks> landmarks) {

  /** Refuses null. */
  public DetectedFace {
    Objects.requireNonNull(box, "box");
    Objects.requireNonNull(confidence, "confidence");
    Objects.requireNonNull(landmarks, "landmarks");
  }
}
