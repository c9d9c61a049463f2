package io.github.facelock.core.crypto;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.spi.KeyProvider;
import java.util.Map;
import java.util.Optional;
import javax.crypto.SecretKey;

/**
 * Keys that the application holds. To rotate, add a key, name it as the current one, and keep the
 * earlier ones until nothing is sealed under them. Immutable.
 */
public final class FixedKeys implements KeyProvider {

  private final String currentKeyId;
  private final Map<String, SecretKey> keys;

  /**
   * Takes keys.
   *
   * @param currentKeyId the id of the key for new data
   * @param keys AES keys of 256 bits by id; copied
   * @throws FaceLockException.Key if there is no key of the current id
   */
  public FixedKeys(String currentKeyId, Map<String, ? extends SecretKey> keys) {
    this.currentKeyId = currentKeyId;
    this.keys = Map.copyOf(keys);
    if (!this.keys.containsKey(currentKeyId)) {
      throw new FaceLockException.Key(
          "The current key " + currentKeyId + " is not among the given keys; add it to them");
    }
  }

  @Override
  public String currentKeyId() {
    return currentKeyId;
  }

  @Override
  public Optional<SecretKey> key(String id) {
    return Optional.ofNullable(keys.get(id));
  }

  @Override
  public String toString() {
    return "FixedKeys" + keys.keySet();
  }
}
