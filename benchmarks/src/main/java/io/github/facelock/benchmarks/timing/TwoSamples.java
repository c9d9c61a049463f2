package io.github.facelock.benchmarks.timing;

import java.util.Arrays;

/**
 * Two samples of times, compared: Kolmogorov-Smirnov for any difference of the distributions, Welch
 * for a difference of the means of what is left without the slowest tenth (collections of garbage,
 * other processes).
 */
final class TwoSamples {

  /** Quantile of the Kolmogorov distribution, and of the normal one, for one false alarm in 100. */
  private static final double KS_ALPHA = 1.628;

  private static final double Z_ALPHA = 2.576;
  private static final double Z_POWER = 1.645;

  private final double[] one;
  private final double[] other;

  TwoSamples(double[] one, double[] other) {
    this.one = one.clone();
    this.other = other.clone();
    Arrays.sort(this.one);
    Arrays.sort(this.other);
  }

  double median(boolean first) {
    double[] sample = first ? one : other;
    return sample[sample.length / 2];
  }

  /** The largest distance between the two empirical distributions. */
  double distance() {
    double largest = 0;
    int i = 0;
    int j = 0;
    while (i < one.length && j < other.length) {
      double at = Math.min(one[i], other[j]);
      while (i < one.length && one[i] <= at) {
        i++;
      }
      while (j < other.length && other[j] <= at) {
        j++;
      }
      largest = Math.max(largest, Math.abs((double) i / one.length - (double) j / other.length));
    }
    return largest;
  }

  double criticalDistance() {
    return KS_ALPHA
        * Math.sqrt((double) (one.length + other.length) / ((double) one.length * other.length));
  }

  /** Welch's t of the trimmed samples. */
  double t() {
    return (mean(one) - mean(other)) / error();
  }

  double criticalT() {
    return Z_ALPHA;
  }

  /** The difference of the means that would be found in 95 of 100 runs. */
  double detectable() {
    return (Z_ALPHA + Z_POWER) * error();
  }

  private double error() {
    return Math.sqrt(variance(one) / kept(one) + variance(other) / kept(other));
  }

  private static int kept(double[] sorted) {
    return sorted.length * 9 / 10;
  }

  private static double mean(double[] sorted) {
    return Arrays.stream(sorted, 0, kept(sorted)).average().orElse(0);
  }

  private static double variance(double[] sorted) {
    double mean = mean(sorted);
    return Arrays.stream(sorted, 0, kept(sorted)).map(x -> (x - mean) * (x - mean)).sum()
        / (kept(sorted) - 1);
  }
}
