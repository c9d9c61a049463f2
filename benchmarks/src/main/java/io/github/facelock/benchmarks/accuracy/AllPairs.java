package io.github.facelock.benchmarks.accuracy;

import java.util.List;

/**
 * Every picture against every other, once.
 *
 * @param samples the pictures
 */
public record AllPairs(List<Sample> samples) implements Comparisons {

  /** Copies the list. */
  public AllPairs {
    samples = List.copyOf(samples);
  }

  @Override
  public void forEach(Visitor visitor) {
    for (int first = 0; first < samples.size(); first++) {
      String person = samples.get(first).person();
      for (int second = first + 1; second < samples.size(); second++) {
        visitor.compare(first, second, person.equals(samples.get(second).person()));
      }
    }
  }
}
