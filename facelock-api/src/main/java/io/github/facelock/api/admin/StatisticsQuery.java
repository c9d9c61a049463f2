package io.github.facelock.api.admin;

import java.time.Duration;
import java.time.Instant;

/**
 * Which time to sum up. Immutable.
 *
 * @param from the begin, itself included
 * @param until the end, itself not included; at most 400 days after the begin
 * @param slots into how many equal parts the time is cut, 1 to {@value #MAX_SLOTS}
 */
public record StatisticsQuery(Instant from, Instant until, int slots) {

  /** The most parts. */
  public static final int MAX_SLOTS = 400;

  private static final Duration LONGEST = Duration.ofDays(400);

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if the end is not after the begin, or more than 400 days after
   *     it, or the number of parts is out of range
   */
  public StatisticsQuery {
    Duration length = Duration.between(from, until);
    if (length.toMillis() < 1 || length.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("Statistics sum up 1 millisecond to 400 days");
    }
    if (slots < 1 || slots > MAX_SLOTS) {
      throw new IllegalArgumentException(
          "A time is cut into 1 to " + MAX_SLOTS + " parts, not " + slots);
    }
  }

  /**
   * The hours before a moment, one part each.
   *
   * @param now the end
   * @param hours how many, 1 to {@value #MAX_SLOTS}
   * @return the query
   */
  public static StatisticsQuery lastHours(Instant now, int hours) {
    return new StatisticsQuery(now.minus(Duration.ofHours(hours)), now, hours);
  }
}
