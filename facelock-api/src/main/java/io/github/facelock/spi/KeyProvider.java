package io.github.facelock.spi;

import java.util.Optional;
import javax.crypto.SecretKey;

/**
 * Holds the keys that seal templates, secrets and transactions (AES, 256 bits). Old keys stay
 * readable while data is re-encrypted. Thread-safe.
 */
public interface KeyProvider {

  /**
   * Names the key for new data.
   *
   * @return 1 to 32 letters, digits, dots, underscores and hyphens
   */
  String currentKeyId();

  /**
   * Finds a key.
   *
   * @param id its name
   * @return the key, if this provider has it
   */
  Optional<SecretKey> key(String id);
}
