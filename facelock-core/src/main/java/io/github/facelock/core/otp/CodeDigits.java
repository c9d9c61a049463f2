package io.github.facelock.core.otp;

import java.security.SecureRandom;

/** Draws codes. */
final class CodeDigits {

  private CodeDigits() {}

  /** Each digit by rejection sampling inside {@link SecureRandom#nextInt(int)}: no modulo bias. */
  static String draw(SecureRandom random, int digits) {
    StringBuilder code = new StringBuilder(digits);
    for (int i = 0; i < digits; i++) {
      code.append((char) ('0' + random.nextInt(10)));
    }
    return code.toString();
  }
}
