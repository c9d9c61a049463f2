package io.github.facelock.benchmarks.jmh;

import io.github.facelock.core.onnx.OnnxModels;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long a cold JVM takes to load ONNX Runtime and all models, digests checked. One shot per
 * fork. Repeat with
 *
 * <pre>{@code java -jar benchmarks/target/benchmarks.jar ReadyBenchmark}</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(5)
public class ReadyBenchmark {

  private @Nullable OnnxModels models;

  /** JMH makes the state. */
  public ReadyBenchmark() {}

  /**
   * Loads everything.
   *
   * @return the models
   */
  @Benchmark
  public OnnxModels modelsReady() {
    models = OnnxModels.bundled();
    return models;
  }

  /** Frees them. */
  @TearDown
  public void close() {
    if (models != null) {
      models.close();
    }
  }
}
