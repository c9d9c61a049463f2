package io.github.facelock.spi.store;

import java.util.Optional;

/**
 * Keeps attempt records. Thread-safe; each method is atomic. Faults are {@link
 * io.github.facelock.api.FaceLockException.Store}.
 */
public interface AttemptStore {

  /**
   * Finds a record.
   *
   * @param key names what is counted; at most 200 characters
   * @return the record, if there is one
   */
  Optional<AttemptRecord> find(String key);

  /**
   * Writes a record if nobody wrote one meanwhile (compare-and-set).
   *
   * @param key names what is counted
   * @param next of version 1 if there must be none yet; else the stored version must be {@code
   *     next.version() - 1}
   * @return whether it was written
   */
  boolean replace(String key, AttemptRecord next);

  /**
   * Forgets a record: an administrator unlocks.
   *
   * @param key names what is counted
   */
  void delete(String key);
}
