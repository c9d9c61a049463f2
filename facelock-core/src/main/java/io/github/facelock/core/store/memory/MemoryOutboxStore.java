package io.github.facelock.core.store.memory;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.spi.store.OutboxEntry;
import io.github.facelock.spi.store.OutboxStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Messages in memory, within a fixed number: what waits is lost with the process. Thread-safe.
 *
 * <p>When the room is used up, the oldest entry that is finished goes first. When all of them still
 * wait, further ones are refused.
 */
public final class MemoryOutboxStore implements OutboxStore {

  /** Room for this many entries. */
  public static final int DEFAULT_MAXIMUM = 10_000;

  private static final Comparator<OutboxEntry> OLDEST =
      Comparator.comparing(OutboxEntry::createdAt).thenComparing(OutboxEntry::id);
  private static final Comparator<OutboxEntry> LONGEST_DUE =
      Comparator.comparing(OutboxEntry::dueAt).thenComparing(OutboxEntry::id);

  private final Map<String, OutboxEntry> entries = new HashMap<>();
  private final TreeSet<OutboxEntry> waiting = new TreeSet<>(LONGEST_DUE);
  private final TreeSet<OutboxEntry> finished = new TreeSet<>(OLDEST);
  private final int maximum;

  /** Makes a store with the default room. */
  public MemoryOutboxStore() {
    this(DEFAULT_MAXIMUM);
  }

  /**
   * Makes a store.
   *
   * @param maximum the number of entries, at least 1
   * @throws IllegalArgumentException if the number is smaller
   */
  public MemoryOutboxStore(int maximum) {
    if (maximum < 1) {
      throw new IllegalArgumentException("An outbox needs room for one entry");
    }
    this.maximum = maximum;
  }

  @Override
  public boolean insert(OutboxEntry entry) {
    Objects.requireNonNull(entry, "entry");
    synchronized (entries) {
      if (entries.containsKey(entry.id())) {
        return false;
      }
      makeRoom();
      add(entry);
      return true;
    }
  }

  private void makeRoom() {
    if (entries.size() < maximum) {
      return;
    }
    if (finished.isEmpty()) {
      throw new FaceLockException.Store(
          "All "
              + maximum
              + " entries of the outbox in memory wait to be sent: check why the sinks take none,"
              + " give it more room, or use a store on disk");
    }
    remove(finished.first());
  }

  @Override
  public List<OutboxEntry> claim(Instant now, Instant leaseUntil, int limit) {
    Objects.requireNonNull(now, "now");
    Objects.requireNonNull(leaseUntil, "leaseUntil");
    List<OutboxEntry> claimed = new ArrayList<>();
    synchronized (entries) {
      while (claimed.size() < limit
          && !waiting.isEmpty()
          && !waiting.first().dueAt().isAfter(now)) {
        OutboxEntry due = waiting.first();
        remove(due);
        claimed.add(due.leased(leaseUntil));
        // Added at the end, so that a lease that ends at once is not claimed twice in one call.
      }
      claimed.forEach(this::add);
    }
    return claimed;
  }

  @Override
  public boolean replace(OutboxEntry next) {
    Objects.requireNonNull(next, "next");
    synchronized (entries) {
      OutboxEntry stored = entries.get(next.id());
      if (stored == null || stored.version() != next.version() - 1) {
        return false;
      }
      remove(stored);
      add(next);
      return true;
    }
  }

  @Override
  public Optional<OutboxEntry> find(String id) {
    Objects.requireNonNull(id, "id");
    synchronized (entries) {
      return Optional.ofNullable(entries.get(id));
    }
  }

  @Override
  public List<OutboxEntry> list(Set<OutboxEntry.State> states, int offset, int limit) {
    Set<OutboxEntry.State> wanted = Set.copyOf(states);
    List<OutboxEntry> all;
    synchronized (entries) {
      all = List.copyOf(entries.values());
    }
    return all.stream()
        .filter(entry -> wanted.contains(entry.state()))
        .sorted(OLDEST.reversed())
        .skip(offset)
        .limit(limit)
        .toList();
  }

  @Override
  public boolean delete(String id) {
    Objects.requireNonNull(id, "id");
    synchronized (entries) {
      OutboxEntry stored = entries.get(id);
      if (stored == null) {
        return false;
      }
      remove(stored);
      return true;
    }
  }

  @Override
  public int purge(Instant createdBefore) {
    Objects.requireNonNull(createdBefore, "createdBefore");
    synchronized (entries) {
      int purged = 0;
      while (!finished.isEmpty() && finished.first().createdAt().isBefore(createdBefore)) {
        remove(finished.first());
        purged++;
      }
      return purged;
    }
  }

  private void add(OutboxEntry entry) {
    entries.put(entry.id(), entry);
    (entry.state() == OutboxEntry.State.WAITING ? waiting : finished).add(entry);
  }

  private void remove(OutboxEntry stored) {
    entries.remove(stored.id());
    waiting.remove(stored);
    finished.remove(stored);
  }
}
