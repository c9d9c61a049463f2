package io.github.facelock.core.crypto;

import io.github.facelock.api.FaceLockException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** A key of 256 bits as text: 64 hexadecimal digits, or Base64 of either alphabet. */
final class KeyText {

  static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,32}");

  private static final Pattern HEX = Pattern.compile("[0-9A-Fa-f]{64}");
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]{43}=?");
  private static final int LENGTH = 32;

  private KeyText() {}

  /** The message tells where the text stands, never the text. */
  static SecretKey parse(String text, String where) {
    String trimmed = text.strip();
    byte[] bytes;
    if (HEX.matcher(trimmed).matches()) {
      bytes = HexFormat.of().parseHex(trimmed);
    } else if (BASE64.matcher(trimmed).matches()) {
      bytes = Base64.getDecoder().decode(trimmed.replace('-', '+').replace('_', '/'));
    } else {
      throw unusable(where);
    }
    return key(bytes, where);
  }

  static SecretKey key(byte[] bytes, String where) {
    try {
      if (bytes.length != LENGTH) {
        throw unusable(where);
      }
      // What a script writes when its variable is empty.
      if (allEqual(bytes)) {
        throw new FaceLockException.Key(
            where + " holds one byte, repeated: that is no key. Make one: " + CURE);
      }
      return new SecretKeySpec(bytes, "AES");
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  static String requireId(String id, String where) {
    if (!ID.matcher(id).matches()) {
      throw new FaceLockException.Key(
          where
              + " names a key with a malformed id; use 1 to 32 letters, digits, dots, underscores"
              + " and hyphens");
    }
    return id;
  }

  static final String CURE = "openssl rand -base64 32";

  private static boolean allEqual(byte[] bytes) {
    for (byte each : bytes) {
      if (each != bytes[0]) {
        return false;
      }
    }
    return true;
  }

  private static FaceLockException.Key unusable(String where) {
    return new FaceLockException.Key(
        where
            + " is not a key: 32 bytes are needed, as 64 hexadecimal digits or as Base64. Make one: "
            + CURE);
  }
}
