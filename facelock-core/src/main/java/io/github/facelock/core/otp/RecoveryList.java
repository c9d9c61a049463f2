package io.github.facelock.core.otp;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.spi.store.Credential;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret part of a list of recovery codes: version, number of codes (one byte each), a random
 * key of 32 bytes, and for each code whether it was used (one byte) and its HMAC-SHA-256.
 *
 * <p>A fast hash will do: a code has 80 random bits, so nobody finds it by trying, also not one who
 * holds key and hash. The key is the list's own, because it must outlive rotations of the key ring,
 * under which the whole part is sealed.
 */
final class RecoveryList {

  static final int KEY_LENGTH = 32;
  static final int MOST = 20;

  private static final byte VERSION = 1;
  private static final int HEADER = 2 + KEY_LENGTH;
  private static final int HASH_LENGTH = 32;
  private static final int ENTRY = 1 + HASH_LENGTH;

  private final byte[] bytes;

  private RecoveryList(byte[] bytes) {
    this.bytes = bytes;
  }

  static RecoveryList of(byte[] key, List<String> codes) {
    ByteBuffer out =
        ByteBuffer.allocate(HEADER + codes.size() * ENTRY)
            .put(VERSION)
            .put((byte) codes.size())
            .put(key);
    for (String code : codes) {
      out.put((byte) 0).put(hash(key, code));
    }
    return new RecoveryList(out.array());
  }

  static RecoveryList of(Credential credential) {
    byte[] bytes = credential.secretData();
    boolean whole =
        bytes.length > HEADER
            && bytes[0] == VERSION
            && bytes[1] >= 1
            && bytes[1] <= MOST
            && bytes.length == HEADER + bytes[1] * ENTRY;
    if (!whole) {
      throw new FaceLockException.Store(
          "A list of recovery codes cannot be read: it was damaged or written by a newer version."
              + " Let the person make new codes");
    }
    return new RecoveryList(bytes);
  }

  byte[] encoded() {
    return bytes.clone();
  }

  int left() {
    int left = 0;
    for (int i = 0; i < bytes[1]; i++) {
      left += isUsed(i) ? 0 : 1;
    }
    return left;
  }

  boolean isUsed(int index) {
    return bytes[HEADER + index * ENTRY] != 0;
  }

  /** Compares with every code, used or not, in constant time. */
  OptionalInt find(String code) {
    byte[] expected = hash(Arrays.copyOfRange(bytes, 2, HEADER), code);
    OptionalInt found = OptionalInt.empty();
    for (int i = 0; i < bytes[1]; i++) {
      int from = HEADER + i * ENTRY + 1;
      if (MessageDigest.isEqual(expected, Arrays.copyOfRange(bytes, from, from + HASH_LENGTH))) {
        found = OptionalInt.of(i);
      }
    }
    return found;
  }

  RecoveryList without(int index) {
    byte[] changed = bytes.clone();
    changed[HEADER + index * ENTRY] = 1;
    return new RecoveryList(changed);
  }

  private static byte[] hash(byte[] key, String code) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(code.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new FaceLockException(
          "This Java runtime does not offer HMAC-SHA-256; enable its standard providers", e);
    }
  }
}
