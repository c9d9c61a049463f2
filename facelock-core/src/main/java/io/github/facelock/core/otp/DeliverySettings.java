package io.github.facelock.core.otp;

import java.time.Duration;

/**
 * How hard a {@link CodeDispatcher} works.
 *
 * @param threads how many messages are handed over at a time: 1 to 32
 * @param capacity how many messages wait or are under way: 1 to 100 000
 * @param firstDelay the pause before the second try, doubled for each further one: at least 1 ms
 * @param longestDelay where doubling ends
 * @param closeWithin how long {@link CodeDispatcher#close()} waits
 */
public record DeliverySettings(
    int threads, int capacity, Duration firstDelay, Duration longestDelay, Duration closeWithin) {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of range
   */
  public DeliverySettings {
    if (threads < 1 || threads > 32 || capacity < 1 || capacity > 100_000) {
      throw new IllegalArgumentException("Delivery: 1 to 32 threads, 1 to 100 000 messages");
    }
    if (firstDelay.toMillis() < 1
        || longestDelay.compareTo(firstDelay) < 0
        || closeWithin.isNegative()) {
      throw new IllegalArgumentException("Delivery: pauses of at least 1 ms, in order");
    }
  }

  /**
   * Two threads, 256 messages, pauses of 5 seconds to one minute, 5 seconds to close.
   *
   * @return the defaults
   */
  public static DeliverySettings ofDefaults() {
    return new DeliverySettings(
        2, 256, Duration.ofSeconds(5), Duration.ofMinutes(1), Duration.ofSeconds(5));
  }

  /** The pause after so many tries, at least one. */
  Duration pauseAfter(int tries) {
    Duration doubled = firstDelay.multipliedBy(1L << Math.min(tries - 1, 20));
    return doubled.compareTo(longestDelay) > 0 ? longestDelay : doubled;
  }
}
