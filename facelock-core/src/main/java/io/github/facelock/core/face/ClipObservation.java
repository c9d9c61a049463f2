package io.github.facelock.core.face;

import io.github.facelock.api.face.LivenessVerdict;
import java.util.Objects;

/**
 * What became of a clip.
 *
 * @param faces its best frontal frames, one of each part of the clip, and what was wrong with
 *     others
 * @param verdict what all liveness detectors together say
 */
public record ClipObservation(FaceObservation faces, LivenessVerdict verdict) {

  /** Refuses null. */
  public ClipObservation {
    Objects.requireNonNull(faces, "faces");
    Objects.requireNonNull(verdict, "verdict");
  }
}
