package io.github.facelock.benchmarks;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.benchmarks.accuracy.Acquirer;
import io.github.facelock.benchmarks.accuracy.Acquisition;
import io.github.facelock.benchmarks.accuracy.AllPairs;
import io.github.facelock.benchmarks.accuracy.BundledStages;
import io.github.facelock.benchmarks.accuracy.Comparisons;
import io.github.facelock.benchmarks.accuracy.DetSvg;
import io.github.facelock.benchmarks.accuracy.Evaluation;
import io.github.facelock.benchmarks.accuracy.FaceFolder;
import io.github.facelock.benchmarks.accuracy.JsonReport;
import io.github.facelock.benchmarks.accuracy.PairsFile;
import io.github.facelock.benchmarks.accuracy.Progress;
import io.github.facelock.benchmarks.accuracy.Sample;
import io.github.facelock.benchmarks.accuracy.StageSource;
import io.github.facelock.benchmarks.accuracy.TextReport;
import io.github.facelock.benchmarks.accuracy.UnusableInput;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Measures error rates on labelled pictures, so that users can check and calibrate FaceLock on
 * their own cameras and people.
 *
 * <pre>{@code
 * java -cp benchmarks/target/benchmarks.jar io.github.facelock.benchmarks.Evaluate DIR \
 *     --scores scores.tsv --json figures.json --det curve.svg
 * }</pre>
 *
 * <p>Ends with 0, with 1 if a model or native library is at fault, with 2 if the arguments or
 * pictures are. All comparisons of N pictures need 2·N² bytes of heap: 13 000 pictures take 700 MB
 * while they are sorted ({@code -Xmx2g}).
 */
@Command(
    name = "Evaluate",
    mixinStandardHelpOptions = true,
    version = "FaceLock Evaluate",
    description = "Measures error rates on labelled pictures: one folder per person in DIR.",
    footer = {
      "",
      "A folder 'nofaces' in DIR holds pictures without a face: it shows false detections.",
      "Formats: JPEG, PNG, PGM, PPM. Ends with 1 if a model or library is at fault, with 2 if the",
      "arguments or pictures are."
    })
public final class Evaluate implements Callable<Integer> {

  private static final int FAULT_OF_LIBRARY = 1;
  private static final int FAULT_OF_INPUT = 2;
  private static final int NAMES_SHOWN = 5;

  private final Supplier<StageSource> source;
  private final PrintStream out;
  private final PrintStream err;
  private final Clock clock;

  @Parameters(index = "0", paramLabel = "DIR", description = "One folder of pictures per person.")
  private Path folder = Path.of(".");

  @Option(
      names = "--pairs",
      paramLabel = "TSV",
      description =
          "Lines image1 TAB image2 TAB 1|0 (one person or two), paths relative to DIR. Without it"
              + " every picture is compared with every other.")
  private Optional<Path> pairs = Optional.empty();

  @Option(
      names = "--scores",
      paramLabel = "TSV",
      description = "Writes image1 TAB image2 TAB 1|0 TAB score for each comparison.")
  private Optional<Path> scores = Optional.empty();

  @Option(names = "--json", paramLabel = "JSON", description = "Writes all figures.")
  private Optional<Path> json = Optional.empty();

  @Option(
      names = "--det",
      paramLabel = "SVG",
      description = "Draws detection error trade-off curves.")
  private Optional<Path> det = Optional.empty();

  @Option(
      names = "--fmr",
      split = ",",
      paramLabel = "RATE",
      defaultValue = "1e-2,1e-3,1e-4",
      description = "False match rates to find thresholds for (${DEFAULT-VALUE}).")
  private List<Double> rates = List.of();

  @Option(
      names = "--skip",
      split = ",",
      paramLabel = "FOLDER",
      defaultValue = "spoof,multiface",
      description = "Folders in DIR that are no people (${DEFAULT-VALUE}).")
  private Set<String> skip = Set.of();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Pictures at once; as many as there are cores by default.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--progress",
      negatable = true,
      description = "Shows a progress bar; by default on a terminal only.")
  private Optional<Boolean> progress = Optional.empty();

  /**
   * Makes the program.
   *
   * @param source loads the stages that are measured; closed at the end
   * @param out receives the report
   * @param err receives notes, errors and the progress bar
   * @param clock times the progress bar
   */
  Evaluate(Supplier<StageSource> source, PrintStream out, PrintStream err, Clock clock) {
    this.source = source;
    this.out = out;
    this.err = err;
    this.clock = clock;
  }

  /**
   * Runs the program.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    System.exit(run(new Evaluate(BundledStages::new, out, err, Clock.systemUTC()), args));
  }

  /**
   * Runs a program without ending the JVM.
   *
   * @param program the program
   * @param args its arguments
   * @return the exit code
   */
  static int run(Evaluate program, String... args) {
    return new CommandLine(program)
        .setOut(new PrintWriter(program.out, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(program.err, true, StandardCharsets.UTF_8))
        .setExecutionExceptionHandler((fault, command, parsed) -> program.explain(fault))
        .execute(args);
  }

  private int explain(Exception fault) throws Exception {
    if (fault instanceof UnusableInput) {
      err.println(fault.getMessage());
      return FAULT_OF_INPUT;
    }
    if (fault instanceof FaceLockException) {
      err.println(fault.getMessage());
      return FAULT_OF_LIBRARY;
    }
    if (fault instanceof IOException || fault instanceof UncheckedIOException) {
      err.println("A result cannot be written: " + fault.getMessage());
      return FAULT_OF_INPUT;
    }
    throw fault;
  }

  @Override
  public Integer call() throws IOException {
    checkArguments();
    FaceFolder listed = FaceFolder.list(folder, skip);
    List<Sample> samples;
    Comparisons comparisons;
    if (pairs.isPresent()) {
      PairsFile file = PairsFile.read(folder, pairs.get());
      samples = file.samples();
      comparisons = file;
    } else {
      samples = listed.samples();
      comparisons = new AllPairs(samples);
      noteSinglePictures(listed);
    }
    requirePairs(comparisons);
    try (StageSource stages = source.get();
        Writer scoreLines = scoreWriter()) {
      Evaluation evaluation = measure(stages, listed, samples, comparisons, scoreLines);
      out.print(TextReport.of(evaluation));
      if (json.isPresent()) {
        Files.writeString(json.get(), JsonReport.of(evaluation));
      }
      if (det.isPresent()) {
        Files.writeString(det.get(), DetSvg.of(evaluation));
      }
    }
    return 0;
  }

  private void checkArguments() {
    if (threads < 1) {
      throw new UnusableInput("--threads needs a number of 1 or more.");
    }
    if (rates.stream().anyMatch(rate -> !(rate > 0 && rate < 1))) {
      throw new UnusableInput("--fmr needs rates between 0 and 1, for example 1e-2,1e-3.");
    }
  }

  private void noteSinglePictures(FaceFolder listed) {
    List<String> single =
        listed.people().entrySet().stream()
            .filter(person -> person.getValue() == 1)
            .map(Map.Entry::getKey)
            .toList();
    if (!single.isEmpty()) {
      err.printf(
          "Note: %d of %d people have one picture only and give no genuine comparison: %s%s.%n",
          single.size(),
          listed.people().size(),
          String.join(", ", single.subList(0, Math.min(NAMES_SHOWN, single.size()))),
          single.size() > NAMES_SHOWN ? " …" : "");
    }
  }

  private void requirePairs(Comparisons comparisons) {
    boolean[] found = new boolean[2];
    comparisons.forEach((first, second, mated) -> found[mated ? 1 : 0] = true);
    if (!found[0] && !found[1]) {
      throw new UnusableInput(
          "There is no pair to compare in %s; it needs folders with pictures of people."
              .formatted(pairs.orElse(folder)));
    }
    if (!found[1]) {
      throw new UnusableInput(
          "There is no pair of one person in %s; give people two pictures or more."
              .formatted(pairs.orElse(folder)));
    }
    if (!found[0]) {
      throw new UnusableInput(
          "There is no pair of two people in %s; give it two people or more."
              .formatted(pairs.orElse(folder)));
    }
  }

  private Writer scoreWriter() throws IOException {
    return scores.isPresent() ? Files.newBufferedWriter(scores.get()) : Writer.nullWriter();
  }

  private Evaluation measure(
      StageSource source,
      FaceFolder listed,
      List<Sample> samples,
      Comparisons comparisons,
      Writer scoreLines) {
    Acquirer acquirer = new Acquirer(source.stages(), folder);
    boolean terminal = CommandLine.Help.Ansi.AUTO.enabled();
    Progress bar =
        new Progress(
            err,
            progress.orElse(terminal),
            terminal,
            clock,
            samples.size() + listed.noFaces().size());
    List<Acquisition> acquisitions = acquirer.acquire(samples, threads, bar);
    List<Acquisition> withoutFace = acquirer.acquire(listed.noFaces(), threads, bar);
    bar.end();
    if (acquisitions.stream().allMatch(acquisition -> acquisition.template().isEmpty())) {
      throw new UnusableInput(
          "No comparison can be made: none of the %d pictures gives a template (the first: %s)."
              .formatted(samples.size(), acquisitions.get(0).failure()));
    }
    return Evaluation.of(
        source.stages(),
        listed,
        samples,
        acquisitions,
        withoutFace,
        comparisons,
        new LinkedHashSet<>(rates).stream().sorted((a, b) -> Double.compare(b, a)).toList(),
        scoreLines);
  }
}
