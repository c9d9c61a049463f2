package io.github.facelock.core.face;

import io.github.facelock.api.face.ComparisonScore;
import io.github.facelock.api.face.Embedding;
import java.util.Arrays;
import java.util.List;

/** One score out of several frames and several references. */
final class FusedScore {

  private FusedScore() {}

  /**
   * Each frame's best score over the references, and of those the median: never the luckiest frame.
   */
  static ComparisonScore of(List<Embedding> probes, List<Embedding> references) {
    float[] best = new float[probes.size()];
    for (int i = 0; i < best.length; i++) {
      best[i] = -1;
      for (Embedding reference : references) {
        best[i] = Math.max(best[i], probes.get(i).cosine(reference));
      }
    }
    return new ComparisonScore(median(best));
  }

  /** The middle value; of two middle values the smaller, so that two frames both must match. */
  static float median(float[] scores) {
    float[] sorted = scores.clone();
    Arrays.sort(sorted);
    return sorted[(sorted.length - 1) / 2];
  }
}
