package io.github.facelock.core.onnx;

/**
 * How models are run.
 *
 * @param threads of one inference, 1 to 64. One is the best choice for a server: several requests
 *     already keep all cores busy, and more threads wait for each other
 * @param parallelism how many inferences of one model run at the same time without making new
 *     buffers, 1 to 1024
 */
public record OnnxOptions(int threads, int parallelism) {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of range
   */
  public OnnxOptions {
    if (threads < 1 || threads > 64) {
      throw new IllegalArgumentException("An inference runs on 1 to 64 threads");
    }
    if (parallelism < 1 || parallelism > 1024) {
      throw new IllegalArgumentException("Buffers are kept for 1 to 1024 inferences at a time");
    }
  }

  /**
   * One thread for each inference, and buffers for as many as there are processors.
   *
   * @return the usual options
   */
  public static OnnxOptions defaults() {
    return new OnnxOptions(1, Math.min(1024, Runtime.getRuntime().availableProcessors()));
  }
}
