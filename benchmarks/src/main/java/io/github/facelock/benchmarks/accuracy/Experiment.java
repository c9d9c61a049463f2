package io.github.facelock.benchmarks.accuracy;

import io.github.facelock.api.face.Embedding;
import io.github.facelock.benchmarks.statistics.Proportion;
import io.github.facelock.benchmarks.statistics.Roc;
import io.github.facelock.benchmarks.statistics.Scores;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Comparisons of one set of pictures. Comparisons of a picture without a template are counted apart
 * and are in no error rate (ISO/IEC 19795-1: FMR and FNMR know only what was acquired).
 *
 * @param name of the set
 * @param people how many people it shows
 * @param failures pictures without a template, of all
 * @param genuineLost genuine comparisons that could not be made
 * @param impostorLost impostor comparisons that could not be made
 * @param ordered the scores, also in the order of the comparisons
 * @param scores the scores
 * @param roc their curve, if both kinds of comparison are there
 */
public record Experiment(
    String name,
    int people,
    Proportion failures,
    long genuineLost,
    long impostorLost,
    Scores.Builder ordered,
    Scores scores,
    Optional<Roc> roc) {

  /** Refuses null. */
  public Experiment {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(failures, "failures");
    Objects.requireNonNull(ordered, "ordered");
    Objects.requireNonNull(scores, "scores");
    Objects.requireNonNull(roc, "roc");
  }

  /** Receives each comparison of an experiment. */
  @FunctionalInterface
  interface Listener {
    /** Called for each comparison that was made. */
    void compared(Sample first, Sample second, boolean mated, float score);
  }

  static Experiment run(
      String name,
      List<Sample> samples,
      List<Acquisition> acquisitions,
      Comparisons comparisons,
      Predicate<Sample> included,
      Listener listener) {
    Scores.Builder scores = new Scores.Builder();
    long[] lost = new long[2];
    comparisons.forEach(
        (first, second, mated) -> {
          Sample one = samples.get(first);
          Sample other = samples.get(second);
          if (!included.test(one) || !included.test(other)) {
            return;
          }
          Optional<Embedding> a = acquisitions.get(first).template();
          Optional<Embedding> b = acquisitions.get(second).template();
          if (a.isEmpty() || b.isEmpty()) {
            lost[mated ? 0 : 1]++;
            return;
          }
          float score = a.get().cosine(b.get());
          scores.add(score, mated);
          listener.compared(one, other, mated, score);
        });
    long all = 0;
    long failed = 0;
    for (int i = 0; i < samples.size(); i++) {
      if (included.test(samples.get(i))) {
        all++;
        failed += acquisitions.get(i).template().isEmpty() ? 1 : 0;
      }
    }
    long people = samples.stream().filter(included).map(Sample::person).distinct().count();
    Scores sorted = scores.build();
    return new Experiment(
        name,
        Math.toIntExact(people),
        new Proportion(failed, all),
        lost[0],
        lost[1],
        scores,
        sorted,
        sorted.hasBothKinds() ? Optional.of(Roc.of(sorted)) : Optional.empty());
  }
}
