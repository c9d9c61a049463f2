package io.github.facelock.core.otp;

/**
 * How long a telephone message is on the air (3GPP TS 23.038, 23.040): 160 characters in the GSM
 * alphabet of seven bits, or 70 UTF-16 units if one character is not in it; a longer text goes in
 * parts of 153 or 67, and each part is paid for.
 */
final class SmsText {

  private static final String BASIC =
      "@\u00a3$\u00a5\u00e8\u00e9\u00f9\u00ec\u00f2\u00c7\n\u00d8\u00f8\r\u00c5\u00e5\u0394_\u03a6\u0393"
          + "\u039b\u03a9\u03a0\u03a8\u03a3\u0398\u039e\u00c6\u00e6\u00df\u00c9 !\"#\u00a4%&'()*+,-./0123456789:;<=>?"
          + "\u00a1ABCDEFGHIJKLMNOPQRSTUVWXYZ\u00c4\u00d6\u00d1\u00dc\u00a7\u00bfabcdefghijklmnopqrstuvwxyz"
          + "\u00e4\u00f6\u00f1\u00fc\u00e0";

  /** Two places each. */
  private static final String EXTENSION = "\f^{}\\[~]|\u20ac";

  private SmsText() {}

  /** Whether every character is in the GSM alphabet. */
  static boolean isGsm(String text) {
    return text.chars().allMatch(c -> BASIC.indexOf(c) >= 0 || EXTENSION.indexOf(c) >= 0);
  }

  /** How many parts a text takes; 1 for an empty one. */
  static int segments(String text) {
    boolean gsm = isGsm(text);
    int length =
        gsm
            ? text.length() + (int) text.chars().filter(c -> EXTENSION.indexOf(c) >= 0).count()
            : text.length();
    int alone = gsm ? 160 : 70;
    int part = gsm ? 153 : 67;
    return length <= alone ? 1 : (length + part - 1) / part;
  }
}
