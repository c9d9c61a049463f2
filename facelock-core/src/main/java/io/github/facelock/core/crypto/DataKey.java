package io.github.facelock.core.crypto;

import io.github.facelock.api.FaceLockException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.UUID;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * One subject's own key: what it sealed can be read by nobody once it is gone. AES-256-GCM (NIST SP
 * 800-38D) with random nonces.
 *
 * <p><strong>Envelope.</strong> Version (2), flags, the key's name (16 bytes), a nonce of 12 bytes,
 * the ciphertext, a tag of 16 bytes. All before the nonce is authenticated.
 */
final class DataKey {

  static final byte VERSION = 2;
  static final int LENGTH = 32;

  /** The contents are those of the credential's version before this one. */
  static final byte RESEALED = 1;

  private static final int NAME_AT = 2;
  private static final int NAME_LENGTH = 16;
  private static final int HEADER = NAME_AT + NAME_LENGTH;
  private static final int NONCE_LENGTH = 12;
  private static final int TAG_BITS = 128;

  private final UUID name;
  private final SecretKeySpec key;

  DataKey(UUID name, byte[] key) {
    this.name = name;
    this.key = new SecretKeySpec(key, "AES");
  }

  static DataKey draw(SecureRandom random) {
    byte[] bytes = new byte[LENGTH];
    random.nextBytes(bytes);
    // All 128 bits are random: nothing needs the layout of RFC 9562 here.
    return new DataKey(new UUID(random.nextLong(), random.nextLong()), bytes);
  }

  UUID name() {
    return name;
  }

  byte[] bytes() {
    return key.getEncoded();
  }

  static boolean sealed(byte[] envelope) {
    return envelope.length >= HEADER + NONCE_LENGTH + TAG_BITS / 8 && envelope[0] == VERSION;
  }

  /** Of an envelope for which {@link #sealed} holds; not authenticated before it is opened. */
  static UUID nameIn(byte[] envelope) {
    ByteBuffer in = ByteBuffer.wrap(envelope, NAME_AT, NAME_LENGTH);
    return new UUID(in.getLong(), in.getLong());
  }

  static boolean isResealed(byte[] envelope) {
    return sealed(envelope) && (envelope[1] & RESEALED) != 0;
  }

  byte[] seal(byte[] plain, byte[] place, boolean resealed, SecureRandom random) {
    byte[] nonce = new byte[NONCE_LENGTH];
    random.nextBytes(nonce);
    byte[] header =
        ByteBuffer.allocate(HEADER)
            .put(VERSION)
            .put(resealed ? RESEALED : 0)
            .putLong(name.getMostSignificantBits())
            .putLong(name.getLeastSignificantBits())
            .array();
    try {
      byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, nonce, 0, header, place).doFinal(plain);
      return ByteBuffer.allocate(HEADER + NONCE_LENGTH + encrypted.length)
          .put(header)
          .put(nonce)
          .put(encrypted)
          .array();
    } catch (GeneralSecurityException e) {
      throw KeyRing.unsupported(e);
    }
  }

  byte[] open(byte[] envelope, byte[] place) {
    int at = HEADER + NONCE_LENGTH;
    try {
      return cipher(Cipher.DECRYPT_MODE, envelope, HEADER, envelope, place)
          .doFinal(envelope, at, envelope.length - at);
    } catch (AEADBadTagException e) {
      throw new FaceLockException.Key(
          "A credential does not open under its subject's key: it, its attributes or its version"
              + " were altered, or it was moved from another record. Restore it from a backup, or"
              + " enrol again",
          e);
    } catch (GeneralSecurityException e) {
      throw KeyRing.unsupported(e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, int nonceAt, byte[] header, byte[] place)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce, nonceAt, NONCE_LENGTH));
    // Of fixed length, so header and place cannot be split otherwise.
    cipher.updateAAD(header, 0, HEADER);
    cipher.updateAAD(place);
    return cipher;
  }

  @Override
  public String toString() {
    return "DataKey[redacted]";
  }
}
