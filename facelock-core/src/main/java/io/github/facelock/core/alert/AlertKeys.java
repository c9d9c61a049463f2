package io.github.facelock.core.alert;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.core.crypto.KeyRing;
import io.github.facelock.core.crypto.SealedRecords;
import io.github.facelock.spi.store.OutboxEntry;
import io.github.facelock.spi.store.OutboxEntry.State;
import io.github.facelock.spi.store.OutboxStore;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * The alerts of an outbox, for a rotation of keys: those that wait, and those that are kept for the
 * record. Sealing one anew leaves its time and so its lease alone. Thread-safe.
 */
public final class AlertKeys implements SealedRecords {

  private static final Set<State> ALL = EnumSet.allOf(State.class);
  private static final int PAGE = 100;

  private final OutboxStore store;
  private final SealedOutbox outbox;
  private final KeyRing keys;

  // Where the present pass is, so that a long outbox is not read from its beginning at every step.
  private int offset;
  private long movedInPass;

  /**
   * Looks after a store.
   *
   * @param store the outbox
   * @param keys the keys that seal it
   */
  public AlertKeys(OutboxStore store, KeyRing keys) {
    this.store = Objects.requireNonNull(store, "store");
    this.keys = Objects.requireNonNull(keys, "keys");
    this.outbox = new SealedOutbox(store, keys);
  }

  @Override
  public String name() {
    return "alerts";
  }

  @Override
  public Map<String, Long> countByKey() {
    Map<String, Long> counts = new TreeMap<>();
    int from = 0;
    while (true) {
      List<OutboxEntry> page = store.list(ALL, from, PAGE);
      for (OutboxEntry entry : page) {
        counts.merge(keyIdOf(entry), 1L, Long::sum);
      }
      if (page.size() < PAGE) {
        return counts;
      }
      from += PAGE;
    }
  }

  @Override
  public synchronized int reseal(int most) {
    String current = keys.currentKeyId();
    int moved = 0;
    while (moved < most) {
      List<OutboxEntry> page = store.list(ALL, offset, PAGE);
      for (OutboxEntry entry : page) {
        if (moved < most && !keyIdOf(entry).equals(current) && outbox.reseal(entry)) {
          moved++;
          movedInPass++;
        }
      }
      if (page.size() == PAGE) {
        offset += moved < most ? PAGE : 0;
      } else if (moved < most) {
        // Entries that came and went have moved the others: nothing is left when a pass finds
        // nothing.
        boolean nothing = movedInPass == 0;
        offset = 0;
        movedInPass = 0;
        if (nothing) {
          break;
        }
      }
    }
    return moved;
  }

  /** What is no envelope is nobody's: the courier gives it up. */
  private static String keyIdOf(OutboxEntry entry) {
    try {
      return KeyRing.keyIdOf(entry.contents());
    } catch (FaceLockException.Key e) {
      return "";
    }
  }
}
