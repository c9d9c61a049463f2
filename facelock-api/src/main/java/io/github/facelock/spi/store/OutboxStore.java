package io.github.facelock.spi.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps messages until they have gone out, over crashes and nodes. Thread-safe. Each method is
 * atomic; what it wrote is seen by every later call on every node, and is durable when the method
 * returns. Times are kept to the millisecond at least. Faults are {@link
 * io.github.facelock.api.FaceLockException.Store}.
 */
public interface OutboxStore {

  /**
   * Adds an entry.
   *
   * @param entry of version 1
   * @return whether it was added; {@code false} if there is one of this id, which stays as it is
   */
  boolean insert(OutboxEntry entry);

  /**
   * Takes work: entries that are {@link OutboxEntry.State#WAITING} and due at {@code now}, those
   * that are due longest first. Each is written as {@link OutboxEntry#leased} in the same act, so
   * that of several callers, on whatever nodes, one gets it.
   *
   * @param now the present time; an entry is due if its {@code dueAt} is at or before it
   * @param leaseUntil when the entries are due again if nobody replaces them; after {@code now}
   * @param limit the most entries, at least 1
   * @return the entries as they are stored now, the end of the lease included: who claimed one
   *     knows its lease by that very time
   */
  List<OutboxEntry> claim(Instant now, Instant leaseUntil, int limit);

  /**
   * Replaces an entry if nobody changed it meanwhile (compare-and-set).
   *
   * @param next whose stored version must be {@code next.version() - 1}
   * @return whether it was replaced
   */
  boolean replace(OutboxEntry next);

  /**
   * Finds an entry.
   *
   * @param id which
   * @return the entry, if it is there
   */
  Optional<OutboxEntry> find(String id);

  /**
   * Lists entries, the newest first ({@code createdAt}, then id, both descending).
   *
   * @param states in which states; of none there is none
   * @param offset how many to leave out, from 0
   * @param limit the most entries, at least 1
   * @return the entries
   */
  List<OutboxEntry> list(Set<OutboxEntry.State> states, int offset, int limit);

  /**
   * Removes an entry, whatever its state.
   *
   * @param id which
   * @return whether it was there
   */
  boolean delete(String id);

  /**
   * Removes the entries that are not {@link OutboxEntry.State#WAITING} and were created before a
   * time.
   *
   * @param createdBefore the time; entries created at it stay
   * @return how many were removed
   */
  int purge(Instant createdBefore);
}
