package io.github.facelock.core.store.memory;

import io.github.facelock.spi.store.TransactionStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Open logins in memory, within a fixed number of bytes. Thread-safe.
 *
 * <p>When the room is used up, what expired goes first, then the oldest login. A flood of new
 * logins can so end logins that others left open, but never stop new ones from beginning; to do
 * more than annoy, it must fill the whole room within the time that a person needs for one step.
 */
public final class MemoryTransactionStore implements TransactionStore {

  /** Room for some ten thousand open logins. */
  public static final long DEFAULT_MAXIMUM_BYTES = 32L << 20;

  /** A fair guess of what the map, the key and the entry take besides the state. */
  private static final int OVERHEAD = 256;

  /** Sweeping reads the whole map, so it is not done at each put. */
  private static final Duration SWEEP_EVERY = Duration.ofMinutes(1);

  private final LinkedHashMap<String, Entry> entries = new LinkedHashMap<>();
  private final long maximumBytes;
  private final Clock clock;
  private long bytes;
  private Instant sweptAt;

  /**
   * Makes a store with the default room.
   *
   * @param clock tells what has expired
   */
  public MemoryTransactionStore(Clock clock) {
    this(clock, DEFAULT_MAXIMUM_BYTES);
  }

  /**
   * Makes a store.
   *
   * @param clock tells what has expired
   * @param maximumBytes the room for all states together, at least 128 KiB so that one state of the
   *     largest size fits
   * @throws IllegalArgumentException if the room is smaller
   */
  public MemoryTransactionStore(Clock clock, long maximumBytes) {
    if (maximumBytes < 128 << 10) {
      throw new IllegalArgumentException("A transaction store needs at least 128 KiB");
    }
    this.clock = Objects.requireNonNull(clock, "clock");
    this.maximumBytes = maximumBytes;
    this.sweptAt = clock.instant();
  }

  @Override
  public void put(String key, byte[] state, Instant expiresAt) {
    Objects.requireNonNull(key, "key");
    Entry entry = new Entry(state.clone(), Objects.requireNonNull(expiresAt, "expiresAt"));
    Instant now = clock.instant();
    synchronized (entries) {
      sweep(now);
      Entry before = entries.put(key, entry);
      bytes += entry.size() - (before == null ? 0 : before.size());
      Iterator<Map.Entry<String, Entry>> oldestFirst = entries.entrySet().iterator();
      while (bytes > maximumBytes) {
        bytes -= oldestFirst.next().getValue().size();
        oldestFirst.remove();
      }
    }
  }

  @Override
  public Optional<byte[]> take(String key, Instant now) {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(now, "now");
    Entry entry;
    synchronized (entries) {
      entry = entries.remove(key);
      if (entry != null) {
        bytes -= entry.size();
      }
    }
    return Optional.ofNullable(entry).filter(e -> now.isBefore(e.expiresAt)).map(e -> e.state);
  }

  /**
   * Counts the open logins, those included that expired and were not swept yet.
   *
   * @return how many there are
   */
  public int size() {
    synchronized (entries) {
      return entries.size();
    }
  }

  private void sweep(Instant now) {
    // The distance is taken without its sign, so that a clock set back does not stop the sweeping.
    if (Duration.between(sweptAt, now).abs().compareTo(SWEEP_EVERY) < 0) {
      return;
    }
    sweptAt = now;
    Iterator<Entry> all = entries.values().iterator();
    while (all.hasNext()) {
      Entry entry = all.next();
      if (!now.isBefore(entry.expiresAt)) {
        bytes -= entry.size();
        all.remove();
      }
    }
  }

  private static final class Entry {
    private final byte[] state;
    private final Instant expiresAt;

    Entry(byte[] state, Instant expiresAt) {
      this.state = state;
      this.expiresAt = expiresAt;
    }

    long size() {
      return (long) state.length + OVERHEAD;
    }
  }
}
