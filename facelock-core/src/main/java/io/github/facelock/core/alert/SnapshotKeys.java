package io.github.facelock.core.alert;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.core.crypto.KeyRing;
import io.github.facelock.core.crypto.SealedRecords;
import io.github.facelock.spi.store.OutboxEntry;
import io.github.facelock.spi.store.OutboxEntry.State;
import io.github.facelock.spi.store.OutboxStore;
import io.github.facelock.spi.store.SnapshotStore;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The pictures of an outbox's alerts, for a rotation of keys. They are not sealed anew, because
 * each ends by itself; until then they hold their key, so that no alert loses its picture.
 * Thread-safe.
 */
public final class SnapshotKeys implements SealedRecords {

  private static final Set<State> ALL = EnumSet.allOf(State.class);
  private static final int PAGE = 100;

  private final OutboxStore outbox;
  private final SnapshotStore snapshots;
  private final Clock clock;

  /**
   * Looks after a store.
   *
   * @param outbox whose alerts the pictures belong to
   * @param snapshots the pictures
   * @param clock tells which are still kept
   */
  public SnapshotKeys(OutboxStore outbox, SnapshotStore snapshots, Clock clock) {
    this.outbox = Objects.requireNonNull(outbox, "outbox");
    this.snapshots = Objects.requireNonNull(snapshots, "snapshots");
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  @Override
  public String name() {
    return "snapshots";
  }

  @Override
  public Map<String, Long> countByKey() {
    Map<String, Long> counts = new TreeMap<>();
    int from = 0;
    while (true) {
      List<OutboxEntry> page = outbox.list(ALL, from, PAGE);
      for (OutboxEntry entry : page) {
        keyIdOf(entry.id()).ifPresent(key -> counts.merge(key, 1L, Long::sum));
      }
      if (page.size() < PAGE) {
        return counts;
      }
      from += PAGE;
    }
  }

  private Optional<String> keyIdOf(String id) {
    try {
      return snapshots.find(id, clock.instant()).map(KeyRing::keyIdOf);
    } catch (FaceLockException.Key e) {
      return Optional.empty(); // No envelope: nobody sees it, with whatever key.
    }
  }

  @Override
  public int reseal(int most) {
    return 0;
  }
}
