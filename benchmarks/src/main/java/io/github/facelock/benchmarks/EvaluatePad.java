package io.github.facelock.benchmarks;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.policy.LivenessMode;
import io.github.facelock.benchmarks.accuracy.DetSvg;
import io.github.facelock.benchmarks.accuracy.UnusableInput;
import io.github.facelock.benchmarks.pad.BundledPadStages;
import io.github.facelock.benchmarks.pad.PadEvaluation;
import io.github.facelock.benchmarks.pad.PadReport;
import io.github.facelock.benchmarks.pad.PadRun;
import io.github.facelock.benchmarks.pad.PadStages;
import io.github.facelock.benchmarks.statistics.DetCurve;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Measures presentation attack detection (ISO/IEC 30107-3): APCER of each species, BPCER, the worst
 * species, each signal alone and all fused.
 *
 * <pre>{@code
 * java -cp benchmarks/target/benchmarks.jar io.github.facelock.benchmarks.EvaluatePad DIR \
 *     --json figures.json --det curves.svg
 * java -cp benchmarks/target/benchmarks.jar io.github.facelock.benchmarks.EvaluatePad FACES \
 *     --simulate --tries 2 --json figures.json
 * }</pre>
 *
 * <p>The first form reads DIR/live and DIR/attack/SPECIES: pictures, clips as folders of frames
 * (times in {@code frames.tsv}), videos. What a clip's person was asked stands in its {@code
 * challenge.properties}; without it a clip counts as accepted if any of the challenges of {@code
 * --actions} accepts it, which is the worst case for attacks and the best for people.
 *
 * <p>The second form renders clips from photographs, a folder per person. <strong>Its bona fide
 * clips are simulated</strong> and its figures are no substitute for those of real people.
 *
 * <p>Ends with 0, with 1 if a model or native library is at fault, with 2 if the arguments or files
 * are.
 */
@Command(
    name = "EvaluatePad",
    mixinStandardHelpOptions = true,
    version = "FaceLock EvaluatePad",
    description = "Measures presentation attack detection on DIR/live and DIR/attack/SPECIES.",
    footer = {
      "",
      "A picture, a folder of frames and a video are one presentation each. Simulated bona fide",
      "clips (--simulate) are simulated: they say little of how many real people are refused."
    })
public final class EvaluatePad implements Callable<Integer> {

  private static final int FAULT_OF_LIBRARY = 1;
  private static final int FAULT_OF_INPUT = 2;
  private static final int CURVES = 6;

  private final Supplier<PadStages> source;
  private final PrintStream out;
  private final PrintStream err;

  @Parameters(
      index = "0",
      paramLabel = "DIR",
      description = "Holds live and attack/SPECIES; with --simulate one folder per person.")
  private Path folder = Path.of(".");

  @Option(
      names = "--mode",
      split = ",",
      paramLabel = "MODE",
      defaultValue = "active,active-strict",
      description = "How strictly clips are judged (${DEFAULT-VALUE}).")
  private List<String> modes = List.of();

  @Option(
      names = "--actions",
      split = ";",
      paramLabel = "LIST",
      defaultValue = "hold-still,turn-left;hold-still,turn-right",
      description = "Challenges for clips that do not name theirs (${DEFAULT-VALUE}).")
  private List<String> actions = List.of();

  @Option(names = "--json", paramLabel = "JSON", description = "Writes all figures.")
  private Optional<Path> json = Optional.empty();

  @Option(
      names = "--det",
      paramLabel = "SVG",
      description = "Draws a curve for each of the best signals, and the fused point.")
  private Optional<Path> det = Optional.empty();

  @Option(
      names = "--simulate",
      description = "Renders people and attacks from photographs, in place of clips.")
  private boolean simulate;

  @Option(
      names = "--species",
      split = ",",
      paramLabel = "NAME",
      description = "Simulated kinds, for example live,print-flat; all by default.")
  private List<String> species = List.of();

  @Option(
      names = "--people",
      paramLabel = "N",
      defaultValue = "1000",
      description = "At most so many people, evenly picked, are simulated.")
  private int people;

  @Option(
      names = "--part",
      paramLabel = "K/N",
      defaultValue = "1/1",
      description =
          "Only the K-th of N parts of the people: choose thresholds on one, report another.")
  private String part = "1/1";

  @Option(
      names = "--tries",
      paramLabel = "N",
      defaultValue = "1",
      description = "Simulated presentations of each kind with each person (${DEFAULT-VALUE}).")
  private int tries;

  @Option(
      names = "--movements",
      paramLabel = "2|3",
      defaultValue = "2",
      description = "Deliberate movements in each simulated challenge (${DEFAULT-VALUE}).")
  private int movements;

  @Option(
      names = "--colours",
      negatable = true,
      description = "Simulated challenges change the screen's colour.")
  private boolean colours;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Where chance begins (${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--progress",
      paramLabel = "FILE",
      description = "Each presentation is written here at once: a tab-separated line.")
  private Optional<Path> progress = Optional.empty();

  EvaluatePad(Supplier<PadStages> source, PrintStream out, PrintStream err) {
    this.source = source;
    this.out = out;
    this.err = err;
  }

  /**
   * Runs the program.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    System.exit(run(new EvaluatePad(BundledPadStages::new, out, err), args));
  }

  /** Runs a program without ending the JVM; the exit code. */
  static int run(EvaluatePad program, String... args) {
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
      err.println("A file cannot be read or written: " + fault.getMessage());
      return FAULT_OF_INPUT;
    }
    throw fault;
  }

  @Override
  public Integer call() throws IOException {
    List<LivenessMode> judged = modes.stream().map(EvaluatePad::mode).toList();
    if (tries < 1 || people < 2) {
      throw new UnusableInput("--tries needs 1 or more, --people 2 or more.");
    }
    if (movements < 2 || movements > 3) {
      throw new UnusableInput("--movements is 2 or 3, as logins ask.");
    }
    Map<String, PadEvaluation> byMode = new LinkedHashMap<>();
    String title = title();
    try (PadStages stages = source.get();
        PadRun run = PadRun.into(stages, progress)) {
      if (simulate) {
        run.simulated(folder, judged, plan())
            .forEach((mode, evaluation) -> byMode.put(name(mode), evaluation));
      } else {
        judged.forEach(mode -> byMode.put(name(mode), run.recorded(folder, mode, actions)));
      }
    }
    byMode.forEach(
        (mode, evaluation) -> {
          out.print(PadReport.text(title + ", " + mode, evaluation));
          out.println();
        });
    if (json.isPresent()) {
      Files.writeString(json.get(), PadReport.json(title, byMode));
    }
    if (det.isPresent()) {
      Files.writeString(det.get(), curves(byMode.values().iterator().next()));
    }
    return 0;
  }

  private PadRun.Plan plan() {
    String[] numbers = part.split("/", -1);
    try {
      int which = Integer.parseInt(numbers[0]);
      int parts = numbers.length == 2 ? Integer.parseInt(numbers[1]) : 0;
      if (which >= 1 && which <= parts) {
        return new PadRun.Plan(species, people, which, parts, tries, movements, colours, seed);
      }
    } catch (NumberFormatException e) {
      throw new UnusableInput("--part is K/N, for example 1/2, not " + part + ".", e);
    }
    throw new UnusableInput("--part is K/N with K from 1 to N, not " + part + ".");
  }

  private String title() {
    return simulate
        ? "Presentation attack detection, SIMULATED people and attacks, seed "
            + seed
            + ", part "
            + part
        : "Presentation attack detection, recorded presentations";
  }

  private static String curves(PadEvaluation evaluation) {
    Map<String, DetCurve> curves = new LinkedHashMap<>();
    evaluation.signals().stream()
        .limit(CURVES)
        .forEach(signal -> curves.put(signal.name(), signal.curve()));
    return DetSvg.of(
        "Each signal alone: error trade-off",
        "Attacks accepted (APCER, all species)",
        "People refused (BPCER)",
        curves);
  }

  private static LivenessMode mode(String name) {
    for (LivenessMode mode : LivenessMode.values()) {
      if (mode.challenges() && name(mode).equals(name.strip())) {
        return mode;
      }
    }
    throw new UnusableInput("--mode knows active and active-strict, not " + name + ".");
  }

  private static String name(LivenessMode mode) {
    return mode.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
