package io.github.facelock.benchmarks.statistics;

/** The scale of a DET curve, on which normally distributed scores give a straight line. */
public final class Probit {

  /** Rates are held inside this distance from 0 and 1, where the scale would be infinite. */
  private static final double EDGE = 1e-9;

  private Probit() {}

  /**
   * The quantile of the standard normal distribution, by Abramowitz and Stegun 26.2.23: an error
   * below 0.00045, finer than a drawing.
   *
   * @param rate 0 to 1; the ends are taken as 1e-9 and 1 − 1e-9
   * @return normal deviates
   */
  public static double of(double rate) {
    double p = Math.max(EDGE, Math.min(1 - EDGE, rate));
    return p < 0.5 ? -upper(p) : upper(1 - p);
  }

  private static double upper(double tail) {
    double t = Math.sqrt(-2 * Math.log(tail));
    double above = 2.515517 + t * (0.802853 + t * 0.010328);
    double below = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308));
    return t - above / below;
  }
}
