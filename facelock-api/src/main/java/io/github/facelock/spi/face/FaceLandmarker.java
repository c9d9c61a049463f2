package io.github.facelock.spi.face;

import io.github.facelock.api.face.DetectedFace;
import io.github.facelock.api.face.Landmarks;
import io.github.facelock.api.face.Picture;

/** Finds the points of one face. Thread-safe. */
@FunctionalInterface
public interface FaceLandmarker {

  /**
   * Finds the points.
   *
   * @param picture the picture in which the face was detected
   * @param face the face
   * @return 5 or 68 points in the picture's pixels
   */
  Landmarks locate(Picture picture, DetectedFace face);
}
