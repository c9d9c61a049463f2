package io.github.facelock.benchmarks;

import io.github.facelock.benchmarks.jmh.Calls;
import io.github.facelock.benchmarks.jmh.CompareBenchmark;
import io.github.facelock.benchmarks.jmh.ReadyBenchmark;
import io.github.facelock.benchmarks.jmh.SearchBenchmark;
import io.github.facelock.benchmarks.jmh.StageBenchmark;
import io.github.facelock.benchmarks.jmh.VerificationBenchmark;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.SingleShotResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs the benchmarks whose ratios FaceLock promises, and judges them. Ratios within one run say
 * more than times: they hardly depend on the machine.
 *
 * <pre>{@code java -cp benchmarks/target/benchmarks.jar io.github.facelock.benchmarks.Ratios}</pre>
 *
 * <p>Takes about five minutes and 5 GB of memory. Ends with 1 if a promise is broken.
 */
public final class Ratios {

  private static final double MAX_WHOLE_TO_PARTS = 1.25;
  private static final double MAX_EMBED_BYTES = 16 * 1024;
  private static final double MAX_READY_MILLIS = 1000;
  private static final double NO_BYTES = 0.5;
  private static final int TEMPLATE_BYTES = 512 * Float.BYTES;
  private static final String BYTES_PER_CALL = "gc.alloc.rate.norm";

  private final Map<String, Double> times = new HashMap<>();
  private final Map<String, Double> bytes = new HashMap<>();
  private boolean kept = true;

  private Ratios() {}

  /**
   * Runs and judges.
   *
   * @param args none
   * @throws RunnerException if a benchmark cannot be run
   * @throws IOException if a photograph cannot be read
   */
  public static void main(String[] args) throws RunnerException, IOException {
    Ratios ratios = new Ratios();
    ratios.run(options(StageBenchmark.class, VerificationBenchmark.class).mode(Mode.SampleTime));
    ratios.run(options(CompareBenchmark.class, SearchBenchmark.class));
    ratios.run(new OptionsBuilder().include(named(ReadyBenchmark.class)));
    ratios.judge(Calls.ofOneVerification());
    System.exit(ratios.kept ? 0 : 1);
  }

  private static ChainedOptionsBuilder options(Class<?>... benchmarks) {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .forks(1)
            .warmupIterations(3)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(5)
            .measurementTime(TimeValue.seconds(1))
            .addProfiler(GCProfiler.class);
    for (Class<?> benchmark : benchmarks) {
      options.include(named(benchmark));
    }
    return options;
  }

  private static String named(Class<?> benchmark) {
    return "\\." + benchmark.getSimpleName() + "\\.";
  }

  private void run(ChainedOptionsBuilder options) throws RunnerException {
    Collection<RunResult> results = new Runner(options.build()).run();
    for (RunResult result : results) {
      String templates = result.getParams().getParam("templates");
      String name =
          result.getPrimaryResult().getLabel() + (templates == null ? "" : "-" + templates);
      times.put(name, undisturbed(result.getPrimaryResult()));
      Result<?> allocated = result.getSecondaryResults().get(BYTES_PER_CALL);
      if (allocated != null) {
        bytes.put(name, allocated.getScore());
      }
    }
  }

  /**
   * The least time. Neighbours on a shared machine only add time, and to a call of 30 ms always, to
   * one of 0.5 ms seldom, so means, medians and even the quick tenth would compare unlike things.
   * The least of fewer, longer calls is rather too great, which makes the judgement strict. The
   * start-up is what people wait for, so its mean counts.
   */
  private static double undisturbed(Result<?> result) {
    return result instanceof SingleShotResult ? result.getScore() : result.getStatistics().getMin();
  }

  private void judge(Calls calls) {
    double parts =
        time("decode")
            + calls.detect() * time("detect")
            + calls.landmarks() * time("landmarks")
            + calls.pose() * time("pose")
            + time("embed");
    line(
        "One verification: %.0f µs; its parts: decode %.0f + %d detect %.0f + %d landmarks %.0f"
            + " + %d pose %.0f + embed with align %.0f = %.0f µs",
        time("whole"),
        time("decode"),
        calls.detect(),
        time("detect"),
        calls.landmarks(),
        time("landmarks"),
        calls.pose(),
        time("pose"),
        time("embed"),
        parts);
    judge("whole verification / sum of its parts", time("whole") / parts, MAX_WHOLE_TO_PARTS);
    judge("bytes allocated per comparison", bytesOf("compare"), NO_BYTES);
    judge("bytes allocated per typed comparison", bytesOf("compareWithThreshold"), NO_BYTES);
    judge("bytes allocated per embedded face", bytesOf("embed"), MAX_EMBED_BYTES);
    judge("milliseconds until the models are ready", time("modelsReady"), MAX_READY_MILLIS);
    for (int templates : new int[] {1_000, 100_000, 1_000_000}) {
      double index = time("index-" + templates);
      double loop = time("plainLoop-" + templates);
      double read = time("memoryRead-" + templates);
      line(
          "Search among %d: %.0f µs, %.0f ns per template, %.1f GB/s;"
              + " plain loop %.0f ns; memory read %.1f GB/s: %.0f %% of it, %.1f times the loop",
          templates,
          index,
          1e3 * index / templates,
          gigabytes(index, templates),
          1e3 * loop / templates,
          gigabytes(read, templates),
          100 * read / index,
          loop / index);
    }
  }

  private static double gigabytes(double micros, int templates) {
    return (double) templates * TEMPLATE_BYTES / micros / 1e3;
  }

  private double time(String name) {
    return times.getOrDefault(name, Double.NaN);
  }

  private double bytesOf(String name) {
    return bytes.getOrDefault(name, Double.NaN);
  }

  private void judge(String what, double value, double most) {
    // Not a number is no pass either.
    boolean passes = value <= most;
    kept &= passes;
    line("%s  %s: %.2f (at most %.2f)", passes ? "PASS" : "FAIL", what, value, most);
  }

  @SuppressWarnings("AnnotateFormatMethod")
  private static void line(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
