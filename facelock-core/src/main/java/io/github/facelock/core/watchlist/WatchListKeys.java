package io.github.facelock.core.watchlist;

import io.github.facelock.core.crypto.KeyRing;
import io.github.facelock.core.crypto.SealedRecords;
import io.github.facelock.spi.store.WatchListEntry;
import io.github.facelock.spi.store.WatchListStore;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The watch-list's faces, for a rotation of keys. Thread-safe. */
public final class WatchListKeys implements SealedRecords {

  private final WatchListStore store;
  private final KeyRing keys;
  private final Clock clock;

  /**
   * Looks after a store.
   *
   * @param store the watch-list
   * @param keys the keys that seal it
   * @param clock tells which entries are still active
   */
  public WatchListKeys(WatchListStore store, KeyRing keys, Clock clock) {
    this.store = Objects.requireNonNull(store, "store");
    this.keys = Objects.requireNonNull(keys, "keys");
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  @Override
  public String name() {
    return "watch-list";
  }

  @Override
  public Map<String, Long> countByKey() {
    Map<String, Long> counts = new TreeMap<>();
    for (WatchListEntry entry : faces()) {
      counts.merge(KeyRing.keyIdOf(entry.templates()), 1L, Long::sum);
    }
    return counts;
  }

  @Override
  public int reseal(int most) {
    String current = keys.currentKeyId();
    int moved = 0;
    for (WatchListEntry entry : faces()) {
      if (moved == most) {
        break;
      }
      if (!KeyRing.keyIdOf(entry.templates()).equals(current)) {
        WatchListEntry next = entry.next(TemplateBundle.open(entry, keys));
        // Whoever was faster has removed the entry or sealed it anew: it is looked at again.
        moved += store.replace(TemplateBundle.seal(next, keys)) ? 1 : 0;
      }
    }
    return moved;
  }

  private List<WatchListEntry> faces() {
    return store.list(clock.instant()).stream().filter(entry -> entry.model().isPresent()).toList();
  }
}
