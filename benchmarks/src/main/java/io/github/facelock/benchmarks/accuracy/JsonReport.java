package io.github.facelock.benchmarks.accuracy;

import io.github.facelock.benchmarks.statistics.OperatingPoint;
import io.github.facelock.benchmarks.statistics.Proportion;
import io.github.facelock.benchmarks.statistics.Roc;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An evaluation for programs. Rates are shares of 1; intervals are 95 %. */
public final class JsonReport {

  private JsonReport() {}

  /**
   * Writes an evaluation.
   *
   * @param evaluation the figures
   * @return a JSON document
   */
  public static String of(Evaluation evaluation) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("model", evaluation.model().id());
    root.put("modelSha256", evaluation.model().sha256());
    root.put("comparisons", evaluation.listedPairs() ? "pairs file" : "all pairs");
    root.put("skippedFolders", evaluation.skipped());
    root.put("all", experiment(evaluation.all(), evaluation.rates()));
    root.put("failuresToAcquire", evaluation.failures());
    root.put("guidance", guidance(evaluation));
    root.put("falseDetections", falseDetections(evaluation.falseDetections()));
    root.put(
        "tenFoldAccuracy",
        evaluation.tenFold().map(f -> (Object) tenFold(f.mean(), f.deviation())));
    root.put("bestAccuracy", evaluation.bestAccuracy());
    root.put("atCalibratedThresholds", calibrated(evaluation));
    root.put(
        "newCalibration",
        evaluation.newCalibration().stream().map(JsonReport::operatingPoint).toList());
    root.put(
        "sources",
        evaluation.sources().stream()
            .map(source -> experiment(source, evaluation.rates()))
            .toList());
    return Json.write(root);
  }

  private static Map<String, Object> tenFold(double mean, double deviation) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("mean", mean);
    object.put("standardDeviation", deviation);
    return object;
  }

  private static Map<String, Object> guidance(Evaluation evaluation) {
    Map<String, Object> object = new LinkedHashMap<>();
    evaluation.guidance().forEach((guidance, count) -> object.put(guidance.code(), count));
    return object;
  }

  private static Map<String, Object> falseDetections(FalseDetections found) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("images", found.detector().of());
    object.put("detector", proportion(found.detector()));
    object.put("detectorFaces", found.faces());
    object.put("afterQuality", proportion(found.gate()));
    object.put("paths", found.paths());
    return object;
  }

  private static List<Object> calibrated(Evaluation evaluation) {
    List<Object> points = new ArrayList<>();
    List<OperatingPoint> measured = evaluation.atCalibratedThresholds();
    for (int i = 0; i < measured.size(); i++) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("claimed", evaluation.calibration().points().get(i).rate().value());
      object.putAll(operatingPoint(measured.get(i)));
      points.add(object);
    }
    return points;
  }

  private static Map<String, Object> experiment(Experiment experiment, List<Double> rates) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("name", experiment.name());
    object.put("people", experiment.people());
    object.put("images", experiment.failures().of());
    object.put("failuresToAcquire", experiment.failures().count());
    object.put("genuine", experiment.scores().genuineCount());
    object.put("impostor", experiment.scores().impostorCount());
    object.put("genuineNotCompared", experiment.genuineLost());
    object.put("impostorNotCompared", experiment.impostorLost());
    object.put("auc", experiment.roc().map(Roc::auc));
    object.put("eer", experiment.roc().map(Roc::equalErrorRate));
    List<Object> points = new ArrayList<>();
    for (double rate : rates) {
      Map<String, Object> point = new LinkedHashMap<>();
      point.put("far", rate);
      Optional<OperatingPoint> reached =
          experiment.roc().flatMap(roc -> roc.atFalseMatchRate(rate));
      if (reached.isPresent()) {
        point.put("tar", proportion(reached.get().trueMatches()));
        point.putAll(operatingPoint(reached.get()));
      } else {
        point.put("tar", Optional.empty());
        point.put("impostorsNeeded", Roc.impostorsNeededFor(rate));
      }
      points.add(point);
    }
    object.put("operatingPoints", points);
    return object;
  }

  private static Map<String, Object> operatingPoint(OperatingPoint point) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("threshold", point.threshold());
    object.put("fmr", proportion(point.falseMatches()));
    object.put("fnmr", proportion(point.falseNonMatches()));
    return object;
  }

  private static Map<String, Object> proportion(Proportion proportion) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("value", proportion.value());
    object.put("count", proportion.count());
    object.put("of", proportion.of());
    object.put("lower95", proportion.lower95());
    object.put("upper95", proportion.upper95());
    return object;
  }
}
