package io.github.facelock.core.onnx;

import io.github.facelock.api.face.DetectedFace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Non-maximum suppression: of boxes that overlap, the most confident stays. */
final class Candidates {

  /** More faces than any picture holds; bounds the work on a hostile picture. */
  private static final int MAX = 1000;

  private Candidates() {}

  /**
   * Removes overlaps.
   *
   * @param faces in any order; sorted in place
   * @param overlap the intersection over union above which two boxes are one face
   * @return the remaining faces, the most confident first
   */
  static List<DetectedFace> suppress(List<DetectedFace> faces, float overlap) {
    faces.sort(
        Comparator.comparingDouble((DetectedFace face) -> face.confidence().value()).reversed());
    List<DetectedFace> kept = new ArrayList<>();
    for (DetectedFace face : faces.subList(0, Math.min(MAX, faces.size()))) {
      boolean first = true;
      for (int i = 0; first && i < kept.size(); i++) {
        first = kept.get(i).box().overlap(face.box()) <= overlap;
      }
      if (first) {
        kept.add(face);
      }
    }
    return kept;
  }
}
