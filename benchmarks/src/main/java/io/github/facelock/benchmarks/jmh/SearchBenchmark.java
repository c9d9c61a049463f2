package io.github.facelock.benchmarks.jmh;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.face.Embedding;
import io.github.facelock.core.match.ExactTemplateIndex;
import io.github.facelock.spi.face.TemplateIndex;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Searches one probe among many templates of 512 values, beside what it is measured by: the plain
 * loop that one would write first, and reading as much memory without comparing. One template is
 * 2048 bytes: GB/s are 2048 over the ns per template. Repeat with
 *
 * <pre>{@code java -jar benchmarks/target/benchmarks.jar SearchBenchmark -f 1 -wi 3 -i 5}</pre>
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(jvmArgsAppend = "-Xmx5g")
public class SearchBenchmark {

  private static final int DIMENSION = RandomTemplates.DIMENSION;

  /** JMH makes the state. */
  public SearchBenchmark() {}

  /** An index that is filled. */
  @State(Scope.Benchmark)
  public static class Index {
    /** How many templates. */
    @Param({"1000", "100000", "1000000"})
    public int templates;

    private TemplateIndex index;
    private Embedding probe;

    /** JMH makes the state. */
    @SuppressWarnings("NullAway.Init")
    public Index() {}

    /** Fills it. */
    @Setup
    public void fill() {
      index = new ExactTemplateIndex(RandomTemplates.MODEL, DIMENSION);
      for (int i = 0; i < templates; i++) {
        index.put(
            SubjectId.of("person-" + i),
            new CredentialId("credential-" + i),
            RandomTemplates.of(i));
      }
      probe = RandomTemplates.of(-1);
    }
  }

  /** The same templates, row by row. */
  @State(Scope.Benchmark)
  public static class Rows {
    /** How many templates. */
    @Param({"1000", "100000", "1000000"})
    public int templates;

    private float[][] rows;
    private float[] probe;

    /** JMH makes the state. */
    @SuppressWarnings("NullAway.Init")
    public Rows() {}

    /** Fills them. */
    @Setup
    public void fill() {
      rows = new float[templates][DIMENSION];
      for (int i = 0; i < templates; i++) {
        RandomTemplates.of(i).copyTo(rows[i], 0);
      }
      probe = new float[DIMENSION];
      RandomTemplates.of(-1).copyTo(probe, 0);
    }
  }

  /**
   * FaceLock's exact index.
   *
   * @param state the index
   * @return the best candidate
   */
  @Benchmark
  public List<TemplateIndex.Candidate> index(Index state) {
    return state.index.search(state.probe, 1);
  }

  /**
   * The alternative: a loop with one sum, which the compiler may not vectorise, since the order of
   * floating-point additions is fixed.
   *
   * @param state the rows
   * @return the best row's number
   */
  @Benchmark
  public int plainLoop(Rows state) {
    float best = Float.NEGATIVE_INFINITY;
    int at = -1;
    for (int row = 0; row < state.rows.length; row++) {
      float[] values = state.rows[row];
      float sum = 0;
      for (int i = 0; i < DIMENSION; i++) {
        sum += values[i] * state.probe[i];
      }
      if (sum > best) {
        best = sum;
        at = row;
      }
    }
    return at;
  }

  /**
   * The limit: reads every value of as many bytes once. Folding row upon row is what the compiler
   * vectorises; a single sum over a row it does not.
   *
   * @param state the rows
   * @return values that depend on all of them
   */
  @Benchmark
  public int[] memoryRead(Bits state) {
    int[] folded = state.folded;
    for (int[] values : state.rows) {
      for (int i = 0; i < DIMENSION; i++) {
        folded[i] ^= values[i];
      }
    }
    return folded;
  }

  /** As many bits as the templates have. */
  @State(Scope.Benchmark)
  public static class Bits {
    /** How many templates. */
    @Param({"1000", "100000", "1000000"})
    public int templates;

    private final int[] folded = new int[DIMENSION];
    private int[][] rows;

    /** JMH makes the state. */
    @SuppressWarnings("NullAway.Init")
    public Bits() {}

    /** Fills them. */
    @Setup
    public void fill() {
      rows = new int[templates][DIMENSION];
      for (int i = 0; i < templates; i++) {
        for (int j = 0; j < DIMENSION; j++) {
          rows[i][j] = i ^ j;
        }
      }
    }
  }
}
