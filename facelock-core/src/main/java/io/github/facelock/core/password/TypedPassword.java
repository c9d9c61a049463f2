package io.github.facelock.core.password;

import io.github.facelock.api.Secret;
import java.nio.CharBuffer;
import java.text.Normalizer;
import java.util.Arrays;

/** Passwords and PINs in one spelling: NFKC (NIST SP 800-63B-4, section 3.1.1.2). */
final class TypedPassword {

  /** In characters as typed; checked before any work that grows with the length. */
  static final int MAX_LENGTH = 256;

  private TypedPassword() {}

  static boolean isTooLong(Secret typed) {
    return typed.length() > MAX_LENGTH;
  }

  static String normalised(Secret typed) {
    char[] characters = typed.reveal();
    try {
      return Normalizer.normalize(CharBuffer.wrap(characters), Normalizer.Form.NFKC);
    } finally {
      Arrays.fill(characters, '\0');
    }
  }
}
