package io.github.facelock.spi.store;

import io.github.facelock.api.watchlist.WatchListEntryId;
import java.time.Instant;
import java.util.List;

/**
 * Keeps the watch-list. Thread-safe. Each method is atomic; what it wrote is seen by every later
 * call on every node. Faults are {@link io.github.facelock.api.FaceLockException.Store}.
 *
 * <p>Every login looks at the list, so nodes keep it in memory and read it again when its {@link
 * #revision()} has changed: a node that reads first the revision and then the list never misses a
 * change.
 */
public interface WatchListStore {

  /**
   * Adds an entry.
   *
   * @param entry of version 1
   * @return whether it was added; {@code false} if the id is taken
   */
  boolean insert(WatchListEntry entry);

  /**
   * Replaces an entry if nobody changed it meanwhile.
   *
   * @param next whose stored version must be {@code next.version() - 1}
   * @return whether it was replaced
   */
  boolean replace(WatchListEntry next);

  /**
   * Removes an entry.
   *
   * @param id which
   * @return whether there was such an entry
   */
  boolean delete(WatchListEntryId id);

  /**
   * Removes what has no effect any more.
   *
   * @param now entries that expire at or before this time go
   * @return how many there were
   */
  int deleteExpired(Instant now);

  /**
   * Reads the entries.
   *
   * @param now entries that expire at or before this time are left out
   * @return the oldest first, of equal times in any order
   */
  List<WatchListEntry> list(Instant now);

  /**
   * Tells whether something changed.
   *
   * @return a number that is greater after each insertion, replacement and removal that had an
   *     effect than before it, on every node; the same as long as nothing changes
   */
  long revision();
}
