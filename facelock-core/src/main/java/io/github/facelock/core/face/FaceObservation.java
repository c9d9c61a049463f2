package io.github.facelock.core.face;

import io.github.facelock.api.face.Guidance;
import io.github.facelock.api.face.ObservedFace;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What became of a capture's frames.
 *
 * @param frames how many were looked at
 * @param seen one plausible face of each frame that has one, in the order of their times, however
 *     good; liveness is judged on these, because a challenge asks people to turn away
 * @param usable those that are good enough for a comparison, in the order of their times
 * @param problems what was wrong with the other frames, and with how many
 */
public record FaceObservation(
    int frames, List<ObservedFace> seen, List<GradedFace> usable, Map<Guidance, Integer> problems) {

  /** Copies the collections. */
  public FaceObservation {
    seen = List.copyOf(seen);
    usable = List.copyOf(usable);
    problems = Map.copyOf(problems);
  }

  /**
   * Tells why a comparison is not possible. Frames with several people stop it when they are more
   * than the good ones.
   *
   * @return the most frequent problem, of equals the one that {@link Guidance} names first; empty
   *     if there are usable faces
   */
  public Optional<Guidance> guidance() {
    if (problems.getOrDefault(Guidance.SEVERAL_FACES, 0) > usable.size()) {
      return Optional.of(Guidance.SEVERAL_FACES);
    }
    return usable.isEmpty() ? mostFrequentProblem() : Optional.empty();
  }

  private Optional<Guidance> mostFrequentProblem() {
    Guidance most = null;
    int count = 0;
    for (Guidance guidance : Guidance.values()) {
      int frequency = problems.getOrDefault(guidance, 0);
      if (frequency > count) {
        most = guidance;
        count = frequency;
      }
    }
    return Optional.ofNullable(most);
  }
}
