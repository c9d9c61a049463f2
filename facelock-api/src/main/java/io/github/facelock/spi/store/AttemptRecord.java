package io.github.facelock.spi.store;

import java.time.Instant;
import java.util.Objects;

/**
 * What is remembered of failed attempts under one key.
 *
 * @param consecutive failures since the last success
 * @param blockedUntil when the next attempt is possible; in the past if it is possible now
 * @param lastAt when the last attempt was charged
 * @param version how often the record was changed, from 1; the guard of {@link
 *     AttemptStore#replace}
 */
public record AttemptRecord(int consecutive, Instant blockedUntil, Instant lastAt, long version) {

  /** Refuses null, negative counts and versions below 1. */
  public AttemptRecord {
    Objects.requireNonNull(blockedUntil, "blockedUntil");
    Objects.requireNonNull(lastAt, "lastAt");
    if (consecutive < 0 || version < 1) {
      throw new IllegalArgumentException("An attempt record has no negative count");
    }
  }
}
