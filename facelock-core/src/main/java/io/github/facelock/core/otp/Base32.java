package io.github.facelock.core.otp;

import java.io.ByteArrayOutputStream;
import java.util.Optional;

/** Base 32 (RFC 4648, section 6), the form in which people type TOTP secrets. */
public final class Base32 {

  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private Base32() {}

  /**
   * Encodes without padding, as authenticator apps expect.
   *
   * @param bytes any bytes
   * @return upper-case letters and the digits 2 to 7
   */
  public static String encode(byte[] bytes) {
    StringBuilder text = new StringBuilder((bytes.length * 8 + 4) / 5);
    int buffer = 0;
    int bits = 0;
    for (byte b : bytes) {
      buffer = (buffer << 8 | Byte.toUnsignedInt(b)) & 0xFFFF;
      bits += 8;
      while (bits >= 5) {
        bits -= 5;
        text.append(ALPHABET.charAt((buffer >> bits) & 31));
      }
    }
    if (bits > 0) {
      text.append(ALPHABET.charAt((buffer << (5 - bits)) & 31));
    }
    return text.toString();
  }

  /**
   * Decodes what somebody typed: lower case, spaces, hyphens and missing padding are accepted.
   *
   * @param text what was typed
   * @return the bytes, or empty if the text is no base 32
   */
  public static Optional<byte[]> decode(CharSequence text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length() * 5 / 8);
    int buffer = 0;
    int bits = 0;
    int symbols = 0;
    int padding = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ' ' || c == '-') {
        continue;
      }
      if (c == '=') {
        padding++;
        continue;
      }
      int value = valueOf(c);
      if (value < 0 || padding > 0) {
        return Optional.empty();
      }
      symbols++;
      buffer = (buffer << 5 | value) & 0xFFF;
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        bytes.write(buffer >> bits);
      }
    }
    // Five or more bits left over: a symbol too many. Bits that are not zero: not what we encode.
    boolean whole = bits < 5 && (buffer & (1 << bits) - 1) == 0;
    boolean padded = padding == 0 || (padding < 8 && (symbols + padding) % 8 == 0);
    return whole && padded ? Optional.of(bytes.toByteArray()) : Optional.empty();
  }

  private static int valueOf(char c) {
    if (c >= 'A' && c <= 'Z') {
      return c - 'A';
    }
    if (c >= 'a' && c <= 'z') {
      return c - 'a';
    }
    return c >= '2' && c <= '7' ? c - '2' + 26 : -1;
  }
}
