package io.github.facelock.core.otp;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.enrolment.TotpParameters.Algorithm;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Counter-based one-time codes (RFC 4226, section 5.3). Stateless and thread-safe. */
public final class Hotp {

  private static final int[] POWERS = {1_000_000, 10_000_000, 100_000_000};

  private Hotp() {}

  /**
   * Computes a code.
   *
   * @param algorithm the HMAC's hash; RFC 4226 knows SHA-1, RFC 6238 the others
   * @param secret the shared secret, at least one byte
   * @param counter the moving factor
   * @param digits 6 to 8
   * @return so many decimal digits, with leading zeros
   * @throws IllegalArgumentException if the secret is empty or the digits are out of range
   */
  public static String code(Algorithm algorithm, byte[] secret, long counter, int digits) {
    if (digits < 6 || digits > 8) {
      throw new IllegalArgumentException("A code has 6 to 8 digits");
    }
    byte[] hash = hmac(algorithm, secret, ByteBuffer.allocate(8).putLong(counter).array());
    int offset = hash[hash.length - 1] & 0xF;
    int truncated = ByteBuffer.wrap(hash).getInt(offset) & Integer.MAX_VALUE;
    String code = Integer.toString(truncated % POWERS[digits - 6]);
    return "0".repeat(digits - code.length()) + code;
  }

  private static byte[] hmac(Algorithm algorithm, byte[] secret, byte[] text) {
    String name =
        switch (algorithm) {
          case SHA1 -> "HmacSHA1";
          case SHA256 -> "HmacSHA256";
          case SHA512 -> "HmacSHA512";
        };
    try {
      Mac mac = Mac.getInstance(name);
      mac.init(new SecretKeySpec(secret, name));
      return mac.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new FaceLockException(
          "This Java runtime does not offer " + name + "; enable its standard providers", e);
    }
  }
}
