package io.github.facelock.core.store.memory;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.spi.store.AttemptRecord;
import io.github.facelock.spi.store.AttemptStore;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Attempt records in memory, within a fixed number. Thread-safe.
 *
 * <p>Whoever guesses under invented names makes records too, so the number is bounded, and what is
 * forgotten must not help the guesser. When the room is used up, the record with the fewest
 * failures goes first, the oldest among equals; a record that blocks now never goes. To flush a
 * victim's record with <i>k</i> failures, an attacker must first make <i>maximum</i> other records
 * with more than <i>k</i> failures each, which the limit per source makes slow. When all records
 * block, further names are refused: the store fails closed.
 */
public final class MemoryAttemptStore implements AttemptStore {

  /** Room for this many records, some 40 MB. */
  public static final int DEFAULT_MAXIMUM = 100_000;

  private final Map<String, Ranked> records = new HashMap<>();
  private final TreeSet<Ranked> leastFirst =
      new TreeSet<>(
          Comparator.comparingInt((Ranked r) -> r.record.consecutive())
              .thenComparing(r -> r.record.lastAt())
              .thenComparing(r -> r.key));
  private final Clock clock;
  private final int maximum;

  /**
   * Makes a store with the default room.
   *
   * @param clock tells which records block now
   */
  public MemoryAttemptStore(Clock clock) {
    this(clock, DEFAULT_MAXIMUM);
  }

  /**
   * Makes a store.
   *
   * @param clock tells which records block now
   * @param maximum the number of records, at least 1
   * @throws IllegalArgumentException if the number is smaller
   */
  public MemoryAttemptStore(Clock clock, int maximum) {
    if (maximum < 1) {
      throw new IllegalArgumentException("An attempt store needs room for one record");
    }
    this.clock = Objects.requireNonNull(clock, "clock");
    this.maximum = maximum;
  }

  @Override
  public Optional<AttemptRecord> find(String key) {
    Objects.requireNonNull(key, "key");
    synchronized (records) {
      return Optional.ofNullable(records.get(key)).map(ranked -> ranked.record);
    }
  }

  @Override
  public boolean replace(String key, AttemptRecord next) {
    Objects.requireNonNull(key, "key");
    Instant now = clock.instant();
    synchronized (records) {
      Ranked stored = records.get(key);
      if ((stored == null ? 0 : stored.record.version()) != next.version() - 1) {
        return false;
      }
      if (stored == null) {
        makeRoom(now);
      } else {
        leastFirst.remove(stored);
      }
      Ranked ranked = new Ranked(key, next);
      records.put(key, ranked);
      leastFirst.add(ranked);
      return true;
    }
  }

  @Override
  public void delete(String key) {
    Objects.requireNonNull(key, "key");
    synchronized (records) {
      Ranked stored = records.remove(key);
      if (stored != null) {
        leastFirst.remove(stored);
      }
    }
  }

  private void makeRoom(Instant now) {
    if (records.size() < maximum) {
      return;
    }
    Iterator<Ranked> candidates = leastFirst.iterator();
    while (candidates.hasNext()) {
      Ranked candidate = candidates.next();
      if (!now.isBefore(candidate.record.blockedUntil())) {
        candidates.remove();
        records.remove(candidate.key);
        return;
      }
    }
    throw new FaceLockException.Store(
        "All "
            + maximum
            + " attempt records are in use and block somebody; give the memory store more room, or"
            + " use a store on disk");
  }

  private static final class Ranked {
    private final String key;
    private final AttemptRecord record;

    Ranked(String key, AttemptRecord record) {
      this.key = key;
      this.record = record;
    }
  }
}
