package io.github.facelock.api.face;

/**
 * The share of strangers that a comparison takes for the enrolled person (ISO/IEC 19795-1: FMR).
 * This is how strictness is asked for; the model's calibration turns it into a threshold.
 *
 * @param value greater than 0, at most 0.1
 */
public record FalseMatchRate(double value) implements Comparable<FalseMatchRate> {

  /** The greatest rate that can be asked for. */
  public static final double MAX = 0.1;

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if the value is out of range or not a number
   */
  public FalseMatchRate {
    if (!(value > 0 && value <= MAX)) {
      throw new IllegalArgumentException("A false match rate is greater than 0 and at most " + MAX);
    }
  }

  /**
   * One stranger in so many.
   *
   * @param strangers at least 10
   * @return the rate
   * @throws IllegalArgumentException if the number is too small
   */
  public static FalseMatchRate oneIn(long strangers) {
    if (strangers < 10) {
      throw new IllegalArgumentException("Ask for at most one stranger in 10");
    }
    return new FalseMatchRate(1.0 / strangers);
  }

  @Override
  public int compareTo(FalseMatchRate other) {
    return Double.compare(value, other.value);
  }

  @Override
  public String toString() {
    return "1 in " + Math.round(1 / value);
  }
}
