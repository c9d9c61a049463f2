package io.github.facelock.spi.store;

import java.time.Instant;
import java.util.Optional;

/**
 * Keeps the state of logins between two requests. Thread-safe. Faults are {@link
 * io.github.facelock.api.FaceLockException.Store}.
 *
 * <p><strong>Security guarantee.</strong> For each {@code put}, {@code take} gives the state to one
 * caller at most, however many ask at the same time on however many nodes.
 */
public interface TransactionStore {

  /**
   * Keeps a state.
   *
   * @param key a hash of the handle, 1 to 64 characters of base64url; never used before
   * @param state encrypted by the engine; at most 64 KiB
   * @param expiresAt when it may be thrown away
   */
  void put(String key, byte[] state, Instant expiresAt);

  /**
   * Removes a state and gives it to the caller.
   *
   * @param key a hash of the handle
   * @param now a state that expired at or before this time is not given
   * @return the state, if it is there
   */
  Optional<byte[]> take(String key, Instant now);
}
