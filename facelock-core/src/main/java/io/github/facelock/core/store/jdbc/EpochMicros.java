package io.github.facelock.core.store.jdbc;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Times as the tables keep them: whole microseconds since 1970, rounded down, so that nothing lives
 * longer than it was given. What is too far for 64 bits becomes the largest or smallest number, and
 * that one becomes {@link Instant#MAX} or {@link Instant#MIN}: "never" stays never.
 */
final class EpochMicros {

  private EpochMicros() {}

  static long of(Instant time) {
    try {
      return Math.addExact(
          Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1_000);
    } catch (ArithmeticException e) {
      return time.isAfter(Instant.EPOCH) ? Long.MAX_VALUE : Long.MIN_VALUE;
    }
  }

  static Instant toInstant(long micros) {
    if (micros == Long.MAX_VALUE) {
      return Instant.MAX;
    }
    return micros == Long.MIN_VALUE ? Instant.MIN : Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
