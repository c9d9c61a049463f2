package io.github.facelock.api.presence;

import java.time.Duration;

/**
 * How closely presence is watched. Immutable.
 *
 * @param lookEvery how often the face is compared; frames in between cost nothing; 100 ms to 1
 *     minute
 * @param absentAfter how long nobody may be seen, 1 second to 1 hour, at least {@code lookEvery}
 * @param unprovenAfter how long somebody may be seen without being recognised (turned away, in bad
 *     light), at least {@code absentAfter}, at most 1 hour
 */
public record PresenceRules(Duration lookEvery, Duration absentAfter, Duration unprovenAfter) {

  private static final Duration HOUR = Duration.ofHours(1);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a time is out of range
   */
  public PresenceRules {
    if (lookEvery.compareTo(Duration.ofMillis(100)) < 0
        || lookEvery.compareTo(Duration.ofMinutes(1)) > 0) {
      throw new IllegalArgumentException("Look every 100 ms to every minute");
    }
    if (absentAfter.compareTo(Duration.ofSeconds(1)) < 0
        || absentAfter.compareTo(lookEvery) < 0
        || absentAfter.compareTo(HOUR) > 0) {
      throw new IllegalArgumentException(
          "Absence lasts 1 second to 1 hour, and not less than the time between two looks");
    }
    if (unprovenAfter.compareTo(absentAfter) < 0 || unprovenAfter.compareTo(HOUR) > 0) {
      throw new IllegalArgumentException(
          "Presence without proof lasts at least as long as absence, and at most 1 hour");
    }
  }

  /**
   * A look every two seconds, ten seconds of absence, thirty without proof.
   *
   * @return the default rules
   */
  public static PresenceRules ofDefaults() {
    return new PresenceRules(Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(30));
  }
}
