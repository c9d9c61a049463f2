package io.github.facelock.benchmarks.accuracy;

import io.github.facelock.benchmarks.statistics.OperatingPoint;
import io.github.facelock.benchmarks.statistics.Proportion;
import io.github.facelock.benchmarks.statistics.Roc;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** An evaluation for people. */
public final class TextReport {

  private final Evaluation evaluation;
  private final StringBuilder out = new StringBuilder();

  private TextReport(Evaluation evaluation) {
    this.evaluation = evaluation;
  }

  /**
   * Writes an evaluation.
   *
   * @param evaluation the figures
   * @return lines of text
   */
  public static String of(Evaluation evaluation) {
    TextReport report = new TextReport(evaluation);
    report.acquisition();
    report.accuracy();
    report.rates();
    report.calibrated();
    report.sources();
    report.calibration();
    return report.out.toString();
  }

  private void acquisition() {
    Experiment all = evaluation.all();
    line("Model              %s (%s)", evaluation.model().id(), evaluation.model().licence());
    line(
        "Pictures           %d of %d people%s",
        all.failures().of(),
        all.people(),
        evaluation.skipped().isEmpty()
            ? ""
            : "; not people, left out: " + String.join(", ", evaluation.skipped()));
    line("Failures           to acquire: %s", share(all.failures()));
    evaluation.failures().forEach(failure -> line("                   %s", failure));
    if (!evaluation.guidance().isEmpty()) {
      line(
          "A login would say  %s (the pictures are compared all the same)",
          evaluation.guidance().entrySet().stream()
              .map(entry -> entry.getKey().code() + " " + entry.getValue())
              .collect(Collectors.joining(", ")));
    }
    FalseDetections found = evaluation.falseDetections();
    if (found.detector().of() > 0) {
      line("Without a face     the detector finds one in %s", share(found.detector()));
      line("                   of these pass the quality step (marked *): %s", share(found.gate()));
      found.paths().forEach(path -> line("                   %s", path));
    }
  }

  private void accuracy() {
    Experiment all = evaluation.all();
    line(
        "Comparisons        %d genuine, %d impostor (%s); not made: %d genuine, %d impostor",
        all.scores().genuineCount(),
        all.scores().impostorCount(),
        evaluation.listedPairs() ? "the pairs file" : "all pairs",
        all.genuineLost(),
        all.impostorLost());
    if (evaluation.listedPairs()) {
      line(
          "Accuracy           %s",
          evaluation
              .tenFold()
              .map(
                  f -> text("%.4f ± %.4f (ten folds, standard deviation)", f.mean(), f.deviation()))
              .orElse("n/a: ten folds need at least 10 genuine and 10 impostor pairs"));
    } else {
      line(
          "Accuracy           %.4f at the best threshold (chosen on the same pairs: too good)",
          evaluation.bestAccuracy());
    }
    line("AUC                %s", all.roc().map(r -> text("%.5f", r.auc())).orElse("n/a"));
    line(
        "EER                %s",
        all.roc().map(r -> text("%.4f", r.equalErrorRate())).orElse("n/a"));
    line("");
  }

  private void rates() {
    line("Thresholds for a false accept rate (FAR)");
    line("%-9s %-10s %-31s %s", "FAR", "threshold", "impostors above (95 %)", "TAR (95 %)");
    for (double rate : evaluation.rates()) {
      Optional<OperatingPoint> reached =
          evaluation.all().roc().flatMap(roc -> roc.atFalseMatchRate(rate));
      line(
          "%-9s %s",
          rate(rate),
          reached
              .map(
                  point ->
                      text(
                          "%-10.4f %-31s %s",
                          point.threshold(),
                          point.falseMatches().count() + " " + interval(point.falseMatches()),
                          share(point.trueMatches())))
              .orElseGet(
                  () ->
                      text(
                          "n/a: too few impostor pairs (%d; at least %d are needed)",
                          evaluation.all().scores().impostorCount(),
                          Roc.impostorsNeededFor(rate))));
    }
    line("");
  }

  private void calibrated() {
    line("The model's calibration on these pictures");
    line("%-9s %-10s %-45s %s", "claimed", "threshold", "FMR measured (95 %)", "FNMR (95 %)");
    List<OperatingPoint> points = evaluation.atCalibratedThresholds();
    for (int i = 0; i < points.size(); i++) {
      OperatingPoint point = points.get(i);
      line(
          "%-9s %-10.4f %-45s %s",
          rate(evaluation.calibration().points().get(i).rate().value()),
          point.threshold(),
          share(point.falseMatches()),
          share(point.falseNonMatches()));
    }
    line(
        "Intervals: Wilson; of no error, the rule of three. They take comparisons as independent;");
    line("comparisons that share a person are not, so the truth lies in a wider interval.");
    line("");
  }

  private void sources() {
    if (evaluation.sources().isEmpty()) {
      return;
    }
    line("Within each source (folder names up to the first underscore)");
    line(
        "%-12s %6s %7s %8s %8s %9s %8s %7s%s",
        "source",
        "people",
        "images",
        "failures",
        "genuine",
        "impostor",
        "AUC",
        "EER",
        evaluation.rates().stream()
            .map(rate -> text(" %11s", "TAR@" + rate(rate)))
            .collect(Collectors.joining()));
    for (Experiment source : evaluation.sources()) {
      line(
          "%-12s %6d %7d %8d %8d %9d %8s %7s%s",
          source.name(),
          source.people(),
          source.failures().of(),
          source.failures().count(),
          source.scores().genuineCount(),
          source.scores().impostorCount(),
          source.roc().map(r -> text("%.5f", r.auc())).orElse("n/a"),
          source.roc().map(r -> text("%.4f", r.equalErrorRate())).orElse("n/a"),
          evaluation.rates().stream()
              .map(rate -> text(" %11s", trueAcceptRate(source, rate)))
              .collect(Collectors.joining()));
    }
    line("n/a: too few impostor pairs.");
    line("");
  }

  private static String trueAcceptRate(Experiment experiment, double rate) {
    return experiment
        .roc()
        .flatMap(roc -> roc.atFalseMatchRate(rate))
        .map(point -> text("%.4f", point.trueMatches().value()))
        .orElse("n/a");
  }

  private void calibration() {
    List<OperatingPoint> points = evaluation.newCalibration();
    if (points.size() < 2) {
      line("Calibration        n/a: too few impostor pairs for two points of ten false matches.");
      return;
    }
    line("Calibration of these pictures, for the model's descriptor");
    line("(only points with ten false matches or more; measure a stricter one with more people):");
    line(
        "calibration=%s",
        points.stream()
            .map(point -> text("%.4f:%.2e", point.threshold(), point.falseMatches().value()))
            .collect(Collectors.joining(",")));
    line(
        "calibration.source=%d impostor pairs of your own",
        evaluation.all().scores().impostorCount());
  }

  private static String share(Proportion proportion) {
    if (proportion.of() == 0) {
      return "n/a";
    }
    return text("%d of %d = %s ", proportion.count(), proportion.of(), percent(proportion.value()))
        + interval(proportion);
  }

  private static String interval(Proportion proportion) {
    return text("(%s–%s)", percent(proportion.lower95()), percent(proportion.upper95()));
  }

  /** Two digits behind the point, more for what would be nothing otherwise. */
  private static String percent(double value) {
    return value > 0 && value < 0.001 ? text("%.4f %%", 100 * value) : text("%.2f %%", 100 * value);
  }

  /** 0.01, 7.6e-4 or 1e-4. */
  private static String rate(double value) {
    return value >= 1e-3
        ? text("%s", value)
        : text("%.1e", value).replace(".0e", "e").replace("e-0", "e-");
  }

  @SuppressWarnings("AnnotateFormatMethod")
  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  @SuppressWarnings("AnnotateFormatMethod")
  private void line(String format, Object... values) {
    out.append(text(format, values).stripTrailing()).append('\n');
  }
}
