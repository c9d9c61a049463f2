package io.github.facelock.benchmarks.jmh;

import io.github.facelock.api.face.Embedding;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Compares two templates of 512 values; must allocate nothing. Repeat with
 *
 * <pre>{@code java -jar benchmarks/target/benchmarks.jar CompareBenchmark -f 1 -wi 3 -i 5 -prof gc}
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CompareBenchmark {

  private final Embedding probe = RandomTemplates.of(1);
  private final Embedding reference = RandomTemplates.of(2);

  /** JMH makes the state. */
  public CompareBenchmark() {}

  /**
   * The cosine of two templates.
   *
   * @return the score
   */
  @Benchmark
  public float compare() {
    return probe.cosine(reference);
  }

  /**
   * The same as a typed score, which the compiler must not put on the heap.
   *
   * @return whether it reaches a threshold
   */
  @Benchmark
  public boolean compareWithThreshold() {
    return probe.compare(reference).value() >= 0.417f;
  }
}
