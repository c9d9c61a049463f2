package io.github.facelock.benchmarks.statistics;

/**
 * So many of so many, with the doubt that belongs to it.
 *
 * @param count how many, 0 to {@code of}
 * @param of among how many, 0 or more
 */
public record Proportion(long count, long of) {

  /** The 97.5 % point of the normal distribution: 2.5 % on each side make 95 %. */
  private static final double Z95 = 1.959964;

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if the count is not between 0 and {@code of}
   */
  public Proportion {
    if (count < 0 || count > of) {
      throw new IllegalArgumentException("A proportion counts 0 to " + of + ", not " + count);
    }
  }

  /**
   * Tells the share.
   *
   * @return 0 to 1; NaN of nothing
   */
  public double value() {
    return (double) count / of;
  }

  /**
   * Tells the rest.
   *
   * @return those that were not counted
   */
  public Proportion complement() {
    return new Proportion(of - count, of);
  }

  /**
   * The lower end of Wilson's score interval (Wilson 1927), 95 %; of all among N the rule of three.
   *
   * @return 0 to 1; 0 of nothing
   */
  public double lower95() {
    if (of == 0 || count == 0) {
      return 0;
    }
    return count == of ? Math.max(0, 1 - 3.0 / of) : Math.max(0, centre() - reach());
  }

  /**
   * The upper end of Wilson's score interval, 95 %; of none among N the rule of three, 3/N, which
   * is the one-sided 95 % bound (ISO/IEC 19795-1 annex B).
   *
   * @return 0 to 1; 1 of nothing
   */
  public double upper95() {
    if (of == 0 || count == of) {
      return 1;
    }
    return count == 0 ? Math.min(1, 3.0 / of) : Math.min(1, centre() + reach());
  }

  private double centre() {
    return (count + Z95 * Z95 / 2) / (of + Z95 * Z95);
  }

  private double reach() {
    double p = value();
    return Z95 / (of + Z95 * Z95) * Math.sqrt(of * p * (1 - p) + Z95 * Z95 / 4);
  }
}
