package io.github.facelock.core.crypto;

import io.github.facelock.spi.KeyProvider;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One random key that lives as long as this object: for trials, tests and in-memory stores. Says so
 * in the log. Immutable.
 */
public final class EphemeralKeys implements KeyProvider {

  private static final Logger LOG = LoggerFactory.getLogger(EphemeralKeys.class);

  private final String id;
  private final SecretKey key;

  /**
   * Draws a key of 256 bits, and an id that no other process has.
   *
   * @param random draws both
   */
  public EphemeralKeys(SecureRandom random) {
    byte[] name = new byte[8];
    random.nextBytes(name);
    this.id = "ephemeral-" + HexFormat.of().formatHex(name);
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    this.key = new SecretKeySpec(bytes, "AES");
    Arrays.fill(bytes, (byte) 0);
    LOG.warn(
        "The encryption key exists in this process only: credentials stored now cannot be read"
            + " after it ends. Configure a KeyProvider to keep them");
  }

  @Override
  public String currentKeyId() {
    return id;
  }

  @Override
  public Optional<SecretKey> key(String id) {
    Objects.requireNonNull(id, "id");
    return this.id.equals(id) ? Optional.of(key) : Optional.empty();
  }

  @Override
  public String toString() {
    return "EphemeralKeys[" + id + ", redacted]";
  }
}
