package io.github.facelock.core.crypto;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.spi.KeyProvider;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.SecretKey;

/**
 * Keys from environment variables, for containers. Immutable; the environment is read once.
 *
 * <pre>
 * FACELOCK_KEYS=2026-11:Base64,2026-12:Base64      every key by its id
 * FACELOCK_KEY_CURRENT=2026-12                     the one for new data; not needed for one key
 * </pre>
 *
 * <p>A key is 32 bytes as 64 hexadecimal digits or as Base64. Messages name the variable and the
 * key's id, never what stands there.
 */
public final class EnvironmentKeys implements KeyProvider {

  /** The variable that holds the keys. */
  public static final String KEYS = "FACELOCK_KEYS";

  /** The variable that names the current key. */
  public static final String CURRENT = "FACELOCK_KEY_CURRENT";

  private final FixedKeys keys;

  private EnvironmentKeys(FixedKeys keys) {
    this.keys = keys;
  }

  /**
   * Reads variables of the usual names.
   *
   * @param environment for example {@link System#getenv()}
   * @return the keys
   * @throws FaceLockException.Key if a variable is missing or holds no keys; the message has the
   *     cure
   */
  public static EnvironmentKeys of(Map<String, String> environment) {
    return of(environment, KEYS, CURRENT);
  }

  /**
   * Reads variables of other names.
   *
   * @param environment for example {@link System#getenv()}
   * @param keysVariable the variable that holds the keys
   * @param currentVariable the variable that names the current key
   * @return the keys
   * @throws FaceLockException.Key if a variable is missing or holds no keys; the message has the
   *     cure
   */
  public static EnvironmentKeys of(
      Map<String, String> environment, String keysVariable, String currentVariable) {
    String text = Objects.requireNonNullElse(environment.get(keysVariable), "");
    if (text.isBlank()) {
      throw new FaceLockException.Key(
          "The environment variable "
              + keysVariable
              + " is not set. Set it to id:key, for example "
              + keysVariable
              + "=k1:$("
              + KeyText.CURE
              + "), and keep the key: without it nothing that was stored can be read");
    }
    Map<String, SecretKey> keys = new LinkedHashMap<>();
    for (String entry : text.split(",", -1)) {
      int colon = entry.indexOf(':');
      if (colon < 1) {
        throw new FaceLockException.Key(
            "An entry of "
                + keysVariable
                + " is not of the form id:key; entries are separated by"
                + " commas");
      }
      String id = KeyText.requireId(entry.substring(0, colon).strip(), keysVariable);
      SecretKey key = KeyText.parse(entry.substring(colon + 1), keysVariable + ", key " + id + ",");
      if (keys.put(id, key) != null) {
        throw new FaceLockException.Key(keysVariable + " has two keys of the id " + id);
      }
    }
    String current = Objects.requireNonNullElse(environment.get(currentVariable), "").strip();
    if (current.isEmpty()) {
      if (keys.size() > 1) {
        throw new FaceLockException.Key(
            keysVariable
                + " has several keys, "
                + keys.keySet()
                + ": name the one for new data in "
                + currentVariable);
      }
      current = keys.keySet().iterator().next();
    }
    KeyText.requireId(current, currentVariable);
    return new EnvironmentKeys(new FixedKeys(current, keys));
  }

  @Override
  public String currentKeyId() {
    return keys.currentKeyId();
  }

  @Override
  public Optional<SecretKey> key(String id) {
    return keys.key(id);
  }

  @Override
  public String toString() {
    return "EnvironmentKeys[" + keys + "]";
  }
}
