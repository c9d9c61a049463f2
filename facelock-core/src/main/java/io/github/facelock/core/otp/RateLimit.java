package io.github.facelock.core.otp;

import java.time.Duration;

/**
 * So many at once, and so many in the long run: a bucket of {@code burst} places, of which one
 * becomes free again each {@code period / burst}. In any period at most twice {@code burst} pass,
 * and over many periods {@code burst} in each.
 *
 * @param burst 1 to 1 000 000
 * @param period 1 second to 31 days; at least a millisecond for each of the burst
 */
public record RateLimit(int burst, Duration period) {

  private static final int MOST = 1_000_000;
  private static final Duration LONGEST = Duration.ofDays(31);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of range
   */
  public RateLimit {
    if (burst < 1 || burst > MOST) {
      throw new IllegalArgumentException("A limit lets 1 to 1 000 000 pass");
    }
    if (period.toSeconds() < 1 || period.compareTo(LONGEST) > 0 || period.toMillis() < burst) {
      throw new IllegalArgumentException(
          "A limit's period has 1 second to 31 days, and a millisecond for each that may pass");
    }
  }

  /**
   * A limit.
   *
   * @param burst how many pass
   * @param period in which time
   * @return the limit
   */
  public static RateLimit of(int burst, Duration period) {
    return new RateLimit(burst, period);
  }

  /** The time after which one place is free again, in whole milliseconds, rounded up. */
  Duration interval() {
    return Duration.ofMillis((period.toMillis() + burst - 1) / burst);
  }

  /** How far ahead of now the bucket may be filled before one more. */
  Duration tolerance() {
    return interval().multipliedBy(burst - 1L);
  }
}
