package io.github.facelock.benchmarks.accuracy;

import io.github.facelock.api.face.Guidance;
import io.github.facelock.api.face.ModelInfo;
import io.github.facelock.api.face.ScoreCalibration;
import io.github.facelock.benchmarks.statistics.KFold;
import io.github.facelock.benchmarks.statistics.OperatingPoint;
import io.github.facelock.benchmarks.statistics.Proportion;
import io.github.facelock.benchmarks.statistics.Roc;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Everything that was measured on a folder.
 *
 * @param model what made the templates
 * @param calibration what the model's descriptor says
 * @param skipped folders that were left out
 * @param listedPairs whether the comparisons came from a file; otherwise every picture was compared
 *     with every other
 * @param failures pictures without a template, each with its cause
 * @param guidance how many of the people's pictures a login would send back, by what it would say
 * @param falseDetections in pictures without a face
 * @param all all comparisons
 * @param sources the comparisons within each source
 * @param rates the false match rates that were asked for
 */
public record Evaluation(
    ModelInfo model,
    ScoreCalibration calibration,
    List<String> skipped,
    boolean listedPairs,
    List<String> failures,
    Map<Guidance, Integer> guidance,
    FalseDetections falseDetections,
    Experiment all,
    List<Experiment> sources,
    List<Double> rates) {

  private static final int FOLDS = 10;

  /** More sources than this are names of people rather than of collections. */
  private static final int MOST_SOURCES = 12;

  /** Fewer errors than this say little of a rate: the relative error is a third. */
  private static final int ENOUGH_FALSE_MATCHES = 10;

  /** Copies the collections. */
  public Evaluation {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(calibration, "calibration");
    Objects.requireNonNull(falseDetections, "falseDetections");
    Objects.requireNonNull(all, "all");
    skipped = List.copyOf(skipped);
    failures = List.copyOf(failures);
    guidance = new TreeMap<>(guidance);
    sources = List.copyOf(sources);
    rates = List.copyOf(rates);
  }

  /**
   * Compares and counts.
   *
   * @param stages what made the templates
   * @param folder what was measured
   * @param samples the people's pictures
   * @param acquisitions what became of each of them
   * @param withoutFace what became of the pictures without a face
   * @param comparisons which pictures are compared
   * @param rates the false match rates that are asked for
   * @param scores receives a line for each comparison
   * @return the figures
   */
  public static Evaluation of(
      Stages stages,
      FaceFolder folder,
      List<Sample> samples,
      List<Acquisition> acquisitions,
      List<Acquisition> withoutFace,
      Comparisons comparisons,
      List<Double> rates,
      Writer scores) {
    Experiment all =
        Experiment.run(
            "all",
            samples,
            acquisitions,
            comparisons,
            sample -> true,
            (first, second, mated, score) -> write(scores, first, second, mated, score));
    List<Experiment> sources = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>();
    samples.forEach(sample -> names.add(sample.source()));
    if (names.size() > 1 && names.size() <= MOST_SOURCES) {
      for (String name : names) {
        sources.add(
            Experiment.run(
                name,
                samples,
                acquisitions,
                comparisons,
                sample -> sample.source().equals(name),
                (first, second, mated, score) -> {}));
      }
    }
    List<String> failures = new ArrayList<>();
    Map<Guidance, Integer> guidance = new TreeMap<>();
    for (int i = 0; i < samples.size(); i++) {
      Acquisition acquisition = acquisitions.get(i);
      if (acquisition.template().isEmpty()) {
        failures.add(samples.get(i).path() + ": " + acquisition.failure());
      }
      acquisition.guidance().ifPresent(g -> guidance.merge(g, 1, Integer::sum));
    }
    return new Evaluation(
        stages.embedder().model(),
        stages.embedder().calibration(),
        folder.skipped(),
        comparisons instanceof PairsFile,
        failures,
        guidance,
        FalseDetections.of(folder.noFaces(), withoutFace),
        all,
        sources,
        rates);
  }

  private static void write(Writer into, Sample first, Sample second, boolean mated, float score) {
    try {
      into.write(first.path() + '\t' + second.path() + '\t' + (mated ? 1 : 0) + '\t' + score);
      into.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Cross-validates, for listed pairs only: among all pairs the impostors outnumber the genuine
   * ones so far that refusing everybody would be accurate.
   *
   * @return the accuracy over ten folds; nothing for all pairs, or for fewer than ten of a kind
   */
  public Optional<KFold> tenFold() {
    return listedPairs
        ? KFold.accuracy(FOLDS, all.ordered().genuineInOrder(), all.ordered().impostorInOrder())
        : Optional.empty();
  }

  /**
   * Tells the share of right decisions at the threshold with the most of them, which was chosen on
   * the same comparisons and is therefore too good.
   *
   * @return 0 to 1
   */
  public double bestAccuracy() {
    return KFold.accuracy(all.scores(), KFold.mostAccurateThreshold(all.scores()));
  }

  /**
   * Judges the thresholds of the model's descriptor.
   *
   * @return one point for each point of the calibration
   */
  public List<OperatingPoint> atCalibratedThresholds() {
    return calibration.points().stream()
        .map(point -> OperatingPoint.at(all.scores(), point.score().value()))
        .toList();
  }

  /**
   * Calibrates: thresholds, rounded up to four digits, whose measured rate has at least ten false
   * matches behind it.
   *
   * @return the points by rising threshold, with falling rates; possibly none
   */
  public List<OperatingPoint> newCalibration() {
    List<OperatingPoint> points = new ArrayList<>();
    if (all.roc().isEmpty()) {
      return points;
    }
    Roc roc = all.roc().get();
    for (double rate : new double[] {1e-2, 3e-3, 1e-3, 3e-4, 1e-4, 3e-5, 1e-5, 3e-6, 1e-6}) {
      roc.atFalseMatchRate(rate)
          .map(point -> (float) (Math.ceil(point.threshold() * 1e4) / 1e4))
          .map(threshold -> OperatingPoint.at(all.scores(), threshold))
          .filter(point -> point.falseMatches().count() >= ENOUGH_FALSE_MATCHES)
          .filter(point -> points.isEmpty() || falls(points.get(points.size() - 1), point))
          .ifPresent(points::add);
    }
    return points;
  }

  private static boolean falls(OperatingPoint before, OperatingPoint next) {
    Proportion was = before.falseMatches();
    return next.threshold() > before.threshold() && next.falseMatches().count() < was.count();
  }
}
