package io.github.facelock.benchmarks.accuracy;

/** Which pictures are compared with which. */
@FunctionalInterface
public interface Comparisons {

  /**
   * Names every comparison once, always in the same order.
   *
   * @param visitor receives them
   */
  void forEach(Visitor visitor);

  /** Receives comparisons. */
  @FunctionalInterface
  interface Visitor {
    /**
     * Receives one comparison.
     *
     * @param first the number of a sample
     * @param second the number of another sample
     * @param mated whether both show one person
     */
    void compare(int first, int second, boolean mated);
  }
}
