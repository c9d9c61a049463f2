package io.github.facelock.core.store.memory;

import io.github.facelock.spi.store.SnapshotStore;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots in memory, within a fixed number of bytes; the oldest go when the room is used up.
 * Thread-safe.
 */
public final class MemorySnapshotStore implements SnapshotStore {

  /** Room for some three hundred snapshots. */
  public static final long DEFAULT_MAXIMUM_BYTES = 32L << 20;

  private final LinkedHashMap<String, Kept> snapshots = new LinkedHashMap<>();
  private final long maximumBytes;
  private long bytes;

  /** Makes a store with the default room. */
  public MemorySnapshotStore() {
    this(DEFAULT_MAXIMUM_BYTES);
  }

  /**
   * Makes a store.
   *
   * @param maximumBytes the room for all snapshots together, at least {@value
   *     SnapshotStore#MAX_LENGTH}
   * @throws IllegalArgumentException if the room is smaller
   */
  public MemorySnapshotStore(long maximumBytes) {
    if (maximumBytes < MAX_LENGTH) {
      throw new IllegalArgumentException("A snapshot store needs room for one snapshot");
    }
    this.maximumBytes = maximumBytes;
  }

  @Override
  public void put(String id, byte[] sealed, Instant expiresAt) {
    Objects.requireNonNull(id, "id");
    Kept kept = new Kept(sealed.clone(), Objects.requireNonNull(expiresAt, "expiresAt"));
    if (sealed.length > MAX_LENGTH) {
      throw new IllegalArgumentException("A snapshot has at most " + MAX_LENGTH + " bytes");
    }
    synchronized (snapshots) {
      forget(snapshots.remove(id));
      snapshots.put(id, kept);
      bytes += kept.sealed.length;
      Iterator<Kept> oldestFirst = snapshots.values().iterator();
      while (bytes > maximumBytes) {
        forget(oldestFirst.next());
        oldestFirst.remove();
      }
    }
  }

  @Override
  public Optional<byte[]> find(String id, Instant now) {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(now, "now");
    synchronized (snapshots) {
      return Optional.ofNullable(snapshots.get(id))
          .filter(kept -> now.isBefore(kept.expiresAt))
          .map(kept -> kept.sealed.clone());
    }
  }

  @Override
  public boolean delete(String id) {
    Objects.requireNonNull(id, "id");
    synchronized (snapshots) {
      return forget(snapshots.remove(id));
    }
  }

  @Override
  public int deleteExpired(Instant now) {
    Objects.requireNonNull(now, "now");
    synchronized (snapshots) {
      int before = snapshots.size();
      Iterator<Map.Entry<String, Kept>> all = snapshots.entrySet().iterator();
      while (all.hasNext()) {
        Kept kept = all.next().getValue();
        if (!now.isBefore(kept.expiresAt)) {
          forget(kept);
          all.remove();
        }
      }
      return before - snapshots.size();
    }
  }

  private boolean forget(@Nullable Kept kept) {
    bytes -= kept == null ? 0 : kept.sealed.length;
    return kept != null;
  }

  private static final class Kept {
    private final byte[] sealed;
    private final Instant expiresAt;

    Kept(byte[] sealed, Instant expiresAt) {
      this.sealed = sealed;
      this.expiresAt = expiresAt;
    }
  }
}
