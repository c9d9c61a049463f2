package io.github.facelock.spi.store;

import java.time.Instant;
import java.util.Optional;

/**
 * Keeps the pictures of alerts for a limited time. They are sealed before they reach a store.
 * Thread-safe; each method is atomic, and what it wrote is seen by every later call on every node.
 * Faults are {@link io.github.facelock.api.FaceLockException.Store}.
 */
public interface SnapshotStore {

  /** The most bytes of a snapshot. */
  int MAX_LENGTH = 1 << 20;

  /**
   * Keeps a snapshot, in place of an earlier one of this id.
   *
   * @param id 1 to 64 characters of base64url
   * @param sealed at most {@value #MAX_LENGTH} bytes; copied
   * @param expiresAt from when on it is not given any more
   */
  void put(String id, byte[] sealed, Instant expiresAt);

  /**
   * Finds a snapshot.
   *
   * @param id which
   * @param now a snapshot that expired at or before this time is not given
   * @return the sealed bytes, if they are there
   */
  Optional<byte[]> find(String id, Instant now);

  /**
   * Removes a snapshot.
   *
   * @param id which
   * @return whether it was there
   */
  boolean delete(String id);

  /**
   * Removes what has expired.
   *
   * @param now snapshots that expired at or before this time are removed
   * @return how many were removed
   */
  int deleteExpired(Instant now);
}
