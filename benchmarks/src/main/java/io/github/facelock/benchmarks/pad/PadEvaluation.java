package io.github.facelock.benchmarks.pad;

import io.github.facelock.benchmarks.statistics.DetCurve;
import io.github.facelock.benchmarks.statistics.Proportion;
import io.github.facelock.benchmarks.statistics.Roc;
import io.github.facelock.benchmarks.statistics.Scores;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Error rates of presentation attack detection (ISO/IEC 30107-3): APCER for each species of attack,
 * never averaged over species, and BPCER. Presentations that were answered with guidance are
 * non-responses, counted apart: no attack gets in by them, and a person tries again. Immutable.
 *
 * @param results all presentations
 */
public record PadEvaluation(List<PadResult> results) {

  /** The target of a bona fide error rate at which single signals are compared. */
  public static final double BPCER = 0.05;

  /** Copies the list. */
  public PadEvaluation {
    results = List.copyOf(results);
  }

  /**
   * One species.
   *
   * @param name of the species
   * @param apcer attacks taken for a person, among all of the species (worst case: non-responses
   *     count as presentations that did not get in)
   * @param nonResponse attacks that were answered with guidance
   */
  public record Species(String name, Proportion apcer, Proportion nonResponse) {}

  /**
   * One signal, taken alone.
   *
   * @param name of the signal
   * @param personIsHigh whether greater values speak for a person
   * @param auc area under the curve, 0.5 to 1, over all species
   * @param equalErrorRate where APCER over all species and BPCER are equal
   * @param curve BPCER against APCER
   */
  public record Signal(
      String name, boolean personIsHigh, double auc, double equalErrorRate, DetCurve curve) {}

  /**
   * Counts people refused.
   *
   * @return bona fide presentations taken for an attack, among all bona fide ones
   */
  public Proportion bpcer() {
    return share(r -> r.sample().species().isEmpty(), PadResult.Response.ATTACK);
  }

  /**
   * Counts people who are asked again.
   *
   * @return bona fide presentations that were answered with guidance
   */
  public Proportion bonaFideNonResponse() {
    return share(r -> r.sample().species().isEmpty(), PadResult.Response.NONE);
  }

  /**
   * Counts attacks that got in.
   *
   * @return each species, sorted by name
   */
  public List<Species> species() {
    TreeSet<String> names = new TreeSet<>();
    results.forEach(r -> r.sample().species().ifPresent(names::add));
    return names.stream().map(this::species).toList();
  }

  private Species species(String name) {
    Predicate<PadResult> is = r -> r.sample().species().equals(Optional.of(name));
    return new Species(
        name, share(is, PadResult.Response.BONA_FIDE), share(is, PadResult.Response.NONE));
  }

  /**
   * Finds the worst species, which is what counts (ISO/IEC 30107-3, 13.2.2).
   *
   * @return the species with the greatest APCER; empty without attacks
   */
  public Optional<Species> worst() {
    return species().stream()
        .max(
            Comparator.comparingDouble((Species s) -> s.apcer().value())
                .thenComparing(Species::name));
  }

  private Proportion share(Predicate<PadResult> which, PadResult.Response response) {
    long all = results.stream().filter(which).count();
    return new Proportion(
        results.stream().filter(which).filter(r -> r.response() == response).count(), all);
  }

  /**
   * Tells why presentations were refused.
   *
   * @param bonaFide those of people, or those of attacks
   * @return the number of presentations for each detail, most frequent first
   */
  public Map<String, Long> details(boolean bonaFide) {
    Map<String, Long> counts = new TreeMap<>();
    results.stream()
        .filter(r -> r.sample().species().isEmpty() == bonaFide && !r.detail().isEmpty())
        .forEach(r -> counts.merge(r.detail(), 1L, Long::sum));
    Map<String, Long> sorted = new LinkedHashMap<>();
    counts.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .forEach(e -> sorted.put(e.getKey(), e.getValue()));
    return sorted;
  }

  /**
   * Measures each signal alone, on the presentations that have it.
   *
   * @return the signals that both kinds of presentations have, the best first
   */
  public List<Signal> signals() {
    TreeSet<String> names = new TreeSet<>();
    results.forEach(r -> names.addAll(r.signals().keySet()));
    List<Signal> signals = new ArrayList<>();
    for (String name : names) {
      Scores scores = scores(name, 1);
      if (scores.hasBothKinds()) {
        boolean high = Roc.of(scores).auc() >= 0.5;
        Scores oriented = high ? scores : scores(name, -1);
        Roc roc = Roc.of(oriented);
        signals.add(new Signal(name, high, roc.auc(), roc.equalErrorRate(), DetCurve.of(oriented)));
      }
    }
    signals.sort(Comparator.comparingDouble(Signal::auc).reversed());
    return signals;
  }

  private Scores scores(String signal, int sign) {
    Scores.Builder builder = new Scores.Builder();
    for (PadResult result : results) {
      Double value = result.signals().get(signal);
      if (value != null) {
        builder.add((float) (sign * value), result.sample().species().isEmpty());
      }
    }
    return builder.build();
  }
}
