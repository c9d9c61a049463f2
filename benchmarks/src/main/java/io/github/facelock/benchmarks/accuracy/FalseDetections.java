package io.github.facelock.benchmarks.accuracy;

import io.github.facelock.benchmarks.statistics.Proportion;
import java.util.ArrayList;
import java.util.List;

/**
 * Pictures without a face in which one was found nevertheless.
 *
 * @param detector those in which the detector found a face
 * @param faces how many faces it found in them
 * @param gate those that the plausibility and quality checks of a login would also let pass
 * @param paths of those in which the detector found a face; an asterisk marks those that also pass
 *     the checks
 */
public record FalseDetections(Proportion detector, int faces, Proportion gate, List<String> paths) {

  /** Copies the list. */
  public FalseDetections {
    paths = List.copyOf(paths);
  }

  static FalseDetections of(List<Sample> samples, List<Acquisition> acquisitions) {
    int found = 0;
    int faces = 0;
    int passed = 0;
    List<String> paths = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      Acquisition acquisition = acquisitions.get(i);
      if (acquisition.faces() == 0) {
        continue;
      }
      boolean passes = acquisition.guidance().isEmpty();
      found++;
      faces += acquisition.faces();
      passed += passes ? 1 : 0;
      paths.add(samples.get(i).path() + (passes ? " *" : ""));
    }
    int all = samples.size();
    return new FalseDetections(
        new Proportion(found, all), faces, new Proportion(passed, all), paths);
  }
}
