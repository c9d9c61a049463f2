package io.github.facelock.benchmarks.pad;

import io.github.facelock.benchmarks.accuracy.Json;
import io.github.facelock.benchmarks.statistics.Proportion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** An evaluation of presentation attack detection, for people and for programs. */
public final class PadReport {

  private static final int DETAILS = 8;
  private static final int SIGNALS = 12;

  private PadReport() {}

  /**
   * Writes an evaluation for people.
   *
   * @param title what was measured
   * @param evaluation the figures
   * @return lines of text
   */
  public static String text(String title, PadEvaluation evaluation) {
    StringBuilder out = new StringBuilder();
    out.append(title).append("\n\n");
    line(out, "BPCER (people refused)", evaluation.bpcer());
    line(out, "people asked again", evaluation.bonaFideNonResponse());
    details(out, "    ", evaluation.details(true));
    out.append("\nAPCER (attacks that got in), each species for itself\n");
    for (PadEvaluation.Species species : evaluation.species()) {
      line(out, species.name(), species.apcer());
    }
    evaluation
        .worst()
        .ifPresent(w -> out.append("\nWorst species: ").append(w.name()).append('\n'));
    out.append("\nWhat stopped the attacks\n");
    details(out, "  ", evaluation.details(false));
    List<PadEvaluation.Signal> signals = evaluation.signals();
    if (!signals.isEmpty()) {
      out.append("\nSignals alone, all species together: AUC, EER\n");
      signals.stream()
          .limit(SIGNALS)
          .forEach(
              s ->
                  out.append(
                      format(
                          "  %-26s %.3f  %.3f  (%s speaks for a person)%n",
                          s.name(),
                          s.auc(),
                          s.equalErrorRate(),
                          s.personIsHigh() ? "high" : "low")));
    }
    return out.toString();
  }

  private static void line(StringBuilder out, String name, Proportion p) {
    out.append(
        p.of() == 0
            ? format("  %-26s n/a%n", name)
            : format(
                "  %-26s %6.2f %%  (%d of %d; 95 %%: %.2f to %.2f %%)%n",
                name, 100 * p.value(), p.count(), p.of(), 100 * p.lower95(), 100 * p.upper95()));
  }

  private static void details(StringBuilder out, String indent, Map<String, Long> details) {
    details.entrySet().stream()
        .limit(DETAILS)
        .forEach(e -> out.append(format("%s%-28s %d%n", indent, e.getKey(), e.getValue())));
  }

  @SuppressWarnings("AnnotateFormatMethod")
  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /**
   * Writes an evaluation for programs. Rates are shares of 1; intervals are 95 % (Wilson).
   *
   * @param title what was measured
   * @param evaluations the figures by mode
   * @return a JSON document
   */
  public static String json(String title, Map<String, PadEvaluation> evaluations) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("measured", title);
    evaluations.forEach((mode, evaluation) -> root.put(mode, tree(evaluation)));
    return Json.write(root);
  }

  private static Map<String, Object> tree(PadEvaluation evaluation) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("bpcer", proportion(evaluation.bpcer()));
    tree.put("bonaFideNonResponse", proportion(evaluation.bonaFideNonResponse()));
    Map<String, Object> species = new LinkedHashMap<>();
    for (PadEvaluation.Species s : evaluation.species()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("apcer", proportion(s.apcer()));
      one.put("nonResponse", proportion(s.nonResponse()));
      species.put(s.name(), one);
    }
    tree.put("species", species);
    tree.put("worstSpecies", evaluation.worst().map(w -> (Object) w.name()).or(Optional::empty));
    tree.put("bonaFideDetails", evaluation.details(true));
    tree.put("attackDetails", evaluation.details(false));
    Map<String, Object> signals = new LinkedHashMap<>();
    for (PadEvaluation.Signal s : evaluation.signals()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("personIsHigh", s.personIsHigh());
      one.put("auc", s.auc());
      one.put("eer", s.equalErrorRate());
      signals.put(s.name(), one);
    }
    tree.put("signals", signals);
    return tree;
  }

  private static Map<String, Object> proportion(Proportion p) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("value", p.value());
    object.put("count", p.count());
    object.put("of", p.of());
    object.put("lower95", p.lower95());
    object.put("upper95", p.upper95());
    return object;
  }
}
