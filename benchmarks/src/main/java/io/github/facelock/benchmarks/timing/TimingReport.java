package io.github.facelock.benchmarks.timing;

import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/** Times two kinds of requests in random order, and prints what a test says of them. */
public final class TimingReport {

  private final int warmUp;
  private final int samples;
  private final SplittableRandom dice;
  private boolean found;

  /**
   * Makes a report.
   *
   * @param warmUp how many requests of each comparison are not counted
   * @param samples how many are
   * @param dice draws which kind comes next
   */
  public TimingReport(int warmUp, int samples, SplittableRandom dice) {
    this.warmUp = warmUp;
    this.samples = samples;
    this.dice = dice;
  }

  /**
   * Compares two kinds of requests.
   *
   * @param what their names
   * @param one prepares a request of the first kind; preparing is not timed
   * @param other prepares one of the second kind
   */
  public void compare(String what, IntFunction<Runnable> one, IntFunction<Runnable> other) {
    double[][] times = new double[2][samples];
    int[] count = new int[2];
    for (int i = 0; i < warmUp + samples; i++) {
      int kind = dice.nextInt(2);
      Runnable request = (kind == 0 ? one : other).apply(i);
      long begun = System.nanoTime();
      request.run();
      double micros = (System.nanoTime() - begun) / 1e3;
      if (i >= warmUp) {
        times[kind][count[kind]++] = micros;
      }
    }
    TwoSamples both =
        new TwoSamples(Arrays.copyOf(times[0], count[0]), Arrays.copyOf(times[1], count[1]));
    boolean differs =
        both.distance() > both.criticalDistance() || Math.abs(both.t()) > both.criticalT();
    found |= differs;
    System.out.printf(
        Locale.ROOT,
        "%-48s n=%d+%d median %.1f / %.1f us, KS %.4f (critical %.4f), t %.2f (critical %.2f),"
            + " finds %.2f us in 95 of 100 runs: %s%n",
        what,
        count[0],
        count[1],
        both.median(true),
        both.median(false),
        both.distance(),
        both.criticalDistance(),
        both.t(),
        both.criticalT(),
        both.detectable(),
        differs ? "DIFFERENT" : "no difference found");
  }

  /**
   * Tells the result.
   *
   * @return whether any comparison found a difference
   */
  public boolean foundAny() {
    return found;
  }
}
