package io.github.facelock.spi.face;

import io.github.facelock.api.face.DetectedFace;
import io.github.facelock.api.face.Picture;
import java.util.List;

/** Finds faces in a picture. Thread-safe. */
@FunctionalInterface
public interface FaceDetector {

  /**
   * Finds all faces.
   *
   * @param picture an upright picture of any size
   * @return the faces above the detector's own threshold, overlaps removed, in any order; boxes in
   *     the picture's pixels
   */
  List<DetectedFace> detect(Picture picture);
}
