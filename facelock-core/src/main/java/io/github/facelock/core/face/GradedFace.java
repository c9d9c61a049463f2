package io.github.facelock.core.face;

import io.github.facelock.api.face.ObservedFace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * A face that is good enough, and how good.
 *
 * @param face the face in its frame
 * @param measures what was measured on it
 * @param frame number of the frame in the capture, from 0
 */
public record GradedFace(ObservedFace face, FaceMeasures measures, int frame) {

  /** Refuses null. */
  public GradedFace {
    Objects.requireNonNull(face, "face");
    Objects.requireNonNull(measures, "measures");
  }

  /**
   * Chooses the best face of each of several equal parts of a capture. Parts, so that the faces
   * come from the whole capture and not from the one moment at which another person, or a
   * photograph, was well lit.
   */
  static List<GradedFace> best(List<GradedFace> usable, int most) {
    int parts = Math.min(most, usable.size());
    List<GradedFace> best = new ArrayList<>(parts);
    for (int i = 0; i < parts; i++) {
      best.add(
          usable.subList(i * usable.size() / parts, (i + 1) * usable.size() / parts).stream()
              .max(Comparator.comparingDouble(g -> g.measures().grade()))
              .orElseThrow());
    }
    return best;
  }
}
