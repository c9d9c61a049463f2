package io.github.facelock.api.face;

import java.time.Duration;
import java.util.Objects;

/**
 * A frame in which the face step found the face that it judges.
 *
 * @param at time since the capture began
 * @param picture the frame
 * @param face where the face is
 * @param landmarks its points; 68 with the bundled models
 */
public record ObservedFace(Duration at, Picture picture, DetectedFace face, Landmarks landmarks) {

  /** Refuses null. */
  public ObservedFace {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(picture, "picture");
    Objects.requireNonNull(face, "face");
    Objects.requireNonNull(landmarks, "landmarks");
  }
}
