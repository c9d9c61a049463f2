package io.github.facelock.core.watchlist;

import java.time.Duration;

/**
 * Who gets on the watch-list without an administrator: a face that was refused too often, or that
 * an attack was presented with. A face that resembles anybody enrolled is never added, so that
 * nobody can lock a person out with the person's photograph, and nobody is locked out by bad
 * pictures. A name is never added by rule, for the same reason. Immutable.
 *
 * @param failures how often one face is refused before it is added, 2 to 100
 * @param window in which time, 1 minute to 1 day
 * @param onAttack whether one attack is enough
 * @param lifetime how long the entry stays, 1 minute to 365 days
 */
public record AutomaticEntries(int failures, Duration window, boolean onAttack, Duration lifetime) {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a number is out of range
   */
  public AutomaticEntries {
    if (failures < 2 || failures > 100) {
      throw new IllegalArgumentException("A face is added after 2 to 100 refusals");
    }
    requireWithin(window, Duration.ofDays(1), "The window of refusals");
    requireWithin(lifetime, Duration.ofDays(365), "The life of an automatic entry");
  }

  private static void requireWithin(Duration value, Duration most, String what) {
    if (value.compareTo(Duration.ofMinutes(1)) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(what + " is 1 minute to " + most.toDays() + " days long");
    }
  }

  /**
   * Six refusals within an hour, or one attack; for a day.
   *
   * @return the default
   */
  public static AutomaticEntries ofDefaults() {
    return new AutomaticEntries(6, Duration.ofHours(1), true, Duration.ofDays(1));
  }
}
