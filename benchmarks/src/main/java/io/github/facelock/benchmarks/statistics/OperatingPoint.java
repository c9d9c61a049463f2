package io.github.facelock.benchmarks.statistics;

/**
 * A threshold and what it does to the measured comparisons.
 *
 * @param threshold the least score that matches
 * @param falseMatches impostors at or above it
 * @param falseNonMatches genuine comparisons below it
 */
public record OperatingPoint(float threshold, Proportion falseMatches, Proportion falseNonMatches) {

  /**
   * Judges a threshold.
   *
   * @param scores the comparisons
   * @param threshold the least score that matches
   * @return the point
   */
  public static OperatingPoint at(Scores scores, float threshold) {
    return new OperatingPoint(
        threshold, scores.falseMatches(threshold), scores.falseNonMatches(threshold));
  }

  /**
   * Tells the true accept rate (TAR), 1 − FNMR.
   *
   * @return the genuine comparisons that match
   */
  public Proportion trueMatches() {
    return falseNonMatches.complement();
  }
}
