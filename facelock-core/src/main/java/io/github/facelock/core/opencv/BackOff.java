package io.github.facelock.core.opencv;

import java.time.Duration;

/**
 * Growing pauses between attempts.
 *
 * @param first the first pause
 * @param longest the pause that is not exceeded
 */
record BackOff(Duration first, Duration longest) {

  /** Gives the pause after a number of failed attempts in a row, from 1. */
  Duration pause(int failures) {
    Duration pause = first;
    for (int i = 1; i < failures && pause.compareTo(longest) < 0; i++) {
      pause = pause.multipliedBy(2);
    }
    return pause.compareTo(longest) < 0 ? pause : longest;
  }
}
