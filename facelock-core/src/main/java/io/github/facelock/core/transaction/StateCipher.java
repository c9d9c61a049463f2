package io.github.facelock.core.transaction;

/** Seals states (authenticated encryption with associated data). Thread-safe. */
interface StateCipher {

  byte[] seal(byte[] plain, byte[] associated);

  /**
   * Opens what was sealed with the same associated data.
   *
   * @throws io.github.facelock.api.FaceLockException.Key if it was altered or its key is gone
   */
  byte[] open(byte[] sealed, byte[] associated);
}
