package io.github.facelock.core.alert;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.spi.store.AttemptRecord;
import io.github.facelock.spi.store.AttemptStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Counts within windows of time, exactly also over nodes. A window begins with the first event
 * after the window before. Thread-safe. A clock that is set back begins a new window.
 */
final class WindowCounter {

  private static final int MAX_RACES = 1000;
  private static final int MOST = 1_000_000_000;

  private final AttemptStore store;
  private final UnaryOperator<String> names;

  /**
   * Makes a counter.
   *
   * @param store where counts are kept
   * @param names makes keys of bounded length that tell nothing
   */
  WindowCounter(AttemptStore store, UnaryOperator<String> names) {
    this.store = store;
    this.names = names;
  }

  /** A count, and until when it is counted on. */
  record Count(int number, Instant until) {}

  /** Counts one more. */
  Count count(String what, Duration window, Instant now) {
    String key = "alert/" + names.apply(what);
    for (int race = 0; race < MAX_RACES; race++) {
      Optional<AttemptRecord> before = store.find(key);
      // The window's begin is the record's time; nothing is blocked, so that a store which must
      // make room can let a count go.
      Optional<AttemptRecord> goesOn =
          before
              .filter(record -> !now.isBefore(record.lastAt()))
              .filter(record -> now.isBefore(record.lastAt().plus(window)));
      Instant begin = goesOn.map(AttemptRecord::lastAt).orElse(now);
      int number = goesOn.map(record -> Math.min(record.consecutive(), MOST) + 1).orElse(1);
      long version = before.map(AttemptRecord::version).orElse(0L) + 1;
      if (store.replace(key, new AttemptRecord(number, Instant.EPOCH, begin, version))) {
        return new Count(number, begin.plus(window));
      }
    }
    throw new FaceLockException.Store(
        "A count of alerts changed "
            + MAX_RACES
            + " times while it was written; check that the attempt store compares versions");
  }
}
