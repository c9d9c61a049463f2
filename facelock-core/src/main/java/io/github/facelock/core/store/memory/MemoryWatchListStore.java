package io.github.facelock.core.store.memory;

import io.github.facelock.api.watchlist.WatchListEntryId;
import io.github.facelock.spi.store.WatchListEntry;
import io.github.facelock.spi.store.WatchListStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The watch-list in memory. Grows with what administrators and rules add. Thread-safe by one lock:
 * reading is rare, as long as the revision stays the same.
 */
public final class MemoryWatchListStore implements WatchListStore {

  private final Map<WatchListEntryId, WatchListEntry> entries = new HashMap<>();
  private long revision;

  /** Makes an empty list. */
  public MemoryWatchListStore() {}

  @Override
  public synchronized boolean insert(WatchListEntry entry) {
    return changed(entries.putIfAbsent(entry.id(), entry) == null);
  }

  @Override
  public synchronized boolean replace(WatchListEntry next) {
    WatchListEntry stored = entries.get(next.id());
    if (stored == null || stored.version() != next.version() - 1) {
      return false;
    }
    entries.put(next.id(), next);
    return changed(true);
  }

  @Override
  public synchronized boolean delete(WatchListEntryId id) {
    return changed(entries.remove(Objects.requireNonNull(id, "id")) != null);
  }

  @Override
  public synchronized int deleteExpired(Instant now) {
    Objects.requireNonNull(now, "now");
    int before = entries.size();
    changed(entries.values().removeIf(entry -> !entry.isActive(now)));
    return before - entries.size();
  }

  @Override
  public synchronized List<WatchListEntry> list(Instant now) {
    Objects.requireNonNull(now, "now");
    return entries.values().stream()
        .filter(entry -> entry.isActive(now))
        .sorted(Comparator.comparing(WatchListEntry::createdAt))
        .toList();
  }

  @Override
  public synchronized long revision() {
    return revision;
  }

  private boolean changed(boolean effect) {
    revision += effect ? 1 : 0;
    return effect;
  }
}
