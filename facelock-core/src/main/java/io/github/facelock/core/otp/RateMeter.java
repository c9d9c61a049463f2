package io.github.facelock.core.otp;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.spi.store.AttemptRecord;
import io.github.facelock.spi.store.AttemptStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Counts by the generic cell rate algorithm (ITU-T I.371): of each key only the moment at which its
 * bucket is empty again is kept, as {@link AttemptRecord#blockedUntil()}, and moved on by
 * compare-and-set. Exact under concurrency on all nodes that share the store. Thread-safe.
 *
 * <p>A clock that is set back makes nobody wait longer than one period.
 */
final class RateMeter {

  private static final int MAX_RACES = 1000;

  private final AttemptStore store;
  private final Clock clock;

  RateMeter(AttemptStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Takes a place; tells whether there was one. */
  boolean take(String key, RateLimit limit) {
    for (int race = 0; race < MAX_RACES; race++) {
      Instant now = clock.instant();
      Optional<AttemptRecord> stored = store.find(key);
      Instant emptyAt = emptyAt(stored, now, limit);
      if (emptyAt.isAfter(now.plus(limit.tolerance()))) {
        return false;
      }
      if (store.replace(key, record(stored, emptyAt.plus(limit.interval()), now, limit))) {
        return true;
      }
    }
    throw contended();
  }

  /** Gives a place back that was taken just now. */
  void giveBack(String key, RateLimit limit) {
    for (int race = 0; race < MAX_RACES; race++) {
      Instant now = clock.instant();
      Optional<AttemptRecord> stored = store.find(key);
      Instant emptyAt = emptyAt(stored, now, limit).minus(limit.interval());
      Instant bounded = emptyAt.isBefore(now) ? now : emptyAt;
      if (stored.isEmpty() || store.replace(key, record(stored, bounded, now, limit))) {
        return;
      }
    }
    throw contended();
  }

  private static Instant emptyAt(Optional<AttemptRecord> stored, Instant now, RateLimit limit) {
    Instant emptyAt = stored.map(AttemptRecord::blockedUntil).orElse(now);
    Instant latest = now.plus(limit.interval().multipliedBy(limit.burst()));
    if (emptyAt.isBefore(now)) {
      return now;
    }
    return emptyAt.isAfter(latest) ? latest : emptyAt;
  }

  private static AttemptRecord record(
      Optional<AttemptRecord> stored, Instant emptyAt, Instant now, RateLimit limit) {
    long filled = Duration.between(now, emptyAt).toMillis();
    long interval = limit.interval().toMillis();
    return new AttemptRecord(
        (int) Math.max(0, (filled + interval - 1) / interval),
        emptyAt,
        now,
        stored.map(AttemptRecord::version).orElse(0L) + 1);
  }

  private static FaceLockException.Store contended() {
    return new FaceLockException.Store(
        "A rate record changed "
            + MAX_RACES
            + " times while it was written; check that the attempt store compares versions");
  }
}
