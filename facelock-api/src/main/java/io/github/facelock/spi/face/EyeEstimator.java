package io.github.facelock.spi.face;

import io.github.facelock.api.face.Landmarks;
import io.github.facelock.api.face.Picture;

/** Tells open eyes from closed ones. Thread-safe. */
@FunctionalInterface
public interface EyeEstimator {

  /**
   * Looks at both eyes.
   *
   * @param picture the picture in which the face was found
   * @param landmarks the face's 68 points
   * @return of the eye that is open wider, 0 closed to 1 open; only meaningful beside other frames
   *     of the same person
   */
  float openness(Picture picture, Landmarks landmarks);
}
