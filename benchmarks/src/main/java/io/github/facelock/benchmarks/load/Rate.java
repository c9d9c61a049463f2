package io.github.facelock.benchmarks.load;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * What threads did in a time.
 *
 * @param count how often they succeeded
 * @param taken from the first beginning to the last end
 * @param medianMicros of the time of one
 * @param p95Micros which 95 in 100 did not exceed
 */
public record Rate(long count, Duration taken, long medianMicros, long p95Micros) {

  static Rate of(long[] nanos, Duration taken) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return new Rate(sorted.length, taken, quantile(sorted, 0.5), quantile(sorted, 0.95));
  }

  private static long quantile(long[] sorted, double share) {
    return sorted.length == 0
        ? 0
        : sorted[Math.min(sorted.length - 1, (int) (share * sorted.length))] / 1000;
  }

  /**
   * Tells the rate.
   *
   * @return in a second
   */
  public double perSecond() {
    return count * 1e9 / Math.max(1, taken.toNanos());
  }

  Map<String, Object> figures() {
    Map<String, Object> figures = new TreeMap<>();
    figures.put("count", count);
    figures.put("seconds", taken.toMillis() / 1000.0);
    figures.put("per second", perSecond());
    figures.put("median ms", medianMicros / 1000.0);
    figures.put("p95 ms", p95Micros / 1000.0);
    return figures;
  }
}
