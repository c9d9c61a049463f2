package io.github.facelock.core.crypto;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HKDF with HMAC-SHA-256 (RFC 5869). */
final class Hkdf {

  private static final String HMAC = "HmacSHA256";
  private static final int HASH_LENGTH = 32;

  private Hkdf() {}

  /** Section 2.2; an empty salt stands for {@value #HASH_LENGTH} zeros. */
  static byte[] extract(byte[] salt, byte[] inputKey) throws GeneralSecurityException {
    return hmac(salt.length == 0 ? new byte[HASH_LENGTH] : salt).doFinal(inputKey);
  }

  /** Section 2.3. */
  static byte[] expand(byte[] pseudoRandomKey, byte[] info, int length)
      throws GeneralSecurityException {
    if (length < 1 || length > 255 * HASH_LENGTH) {
      throw new IllegalArgumentException("HKDF gives 1 to 8160 bytes");
    }
    Mac hmac = hmac(pseudoRandomKey);
    byte[] output = new byte[length];
    byte[] block = new byte[0];
    int filled = 0;
    for (int counter = 1; filled < length; counter++) {
      hmac.update(block);
      hmac.update(info);
      hmac.update((byte) counter);
      block = hmac.doFinal();
      int part = Math.min(block.length, length - filled);
      System.arraycopy(block, 0, output, filled, part);
      filled += part;
    }
    Arrays.fill(block, (byte) 0);
    return output;
  }

  private static Mac hmac(byte[] key) throws GeneralSecurityException {
    Mac hmac = Mac.getInstance(HMAC);
    hmac.init(new SecretKeySpec(key, HMAC));
    return hmac;
  }
}
