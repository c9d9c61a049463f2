package io.github.facelock.core.password;

import io.github.facelock.api.Secret;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;

/**
 * A typed secret in Unicode normalisation form KC, so that two keyboards that encode one character
 * differently type the same password (NIST SP 800-63B-4, section 3.1.1.2). Closing wipes it.
 */
final class NormalisedText implements AutoCloseable {

  private final char[] text;

  private NormalisedText(char[] text) {
    this.text = text;
  }

  static NormalisedText of(Secret secret) {
    char[] typed = secret.reveal();
    CharBuffer view = CharBuffer.wrap(typed);
    if (Normalizer.isNormalized(view, Normalizer.Form.NFKC)) {
      return new NormalisedText(typed);
    }
    // The platform normalises to a String, which cannot be wiped; rare, and short-lived.
    char[] normalised = Normalizer.normalize(view, Normalizer.Form.NFKC).toCharArray();
    Arrays.fill(typed, '\0');
    return new NormalisedText(normalised);
  }

  /** The number of Unicode code points, each of which NIST counts as one character. */
  int length() {
    return Character.codePointCount(text, 0, text.length);
  }

  boolean isDigits() {
    for (char c : text) {
      if (c < '0' || c > '9') {
        return false;
      }
    }
    return true;
  }

  /** UTF-8, in an array of its own that the caller wipes. */
  byte[] utf8() {
    // An own buffer, so that no copy stays behind: UTF-8 takes at most three bytes per UTF-16 unit.
    byte[] room = new byte[text.length * 3];
    ByteBuffer encoded = ByteBuffer.wrap(room);
    StandardCharsets.UTF_8
        .newEncoder()
        .onMalformedInput(CodingErrorAction.REPLACE)
        .encode(CharBuffer.wrap(text), encoded, true);
    byte[] bytes = Arrays.copyOf(room, encoded.position());
    Arrays.fill(room, (byte) 0);
    return bytes;
  }

  /** The same text; only when it is known to be short, because a secret is limited. */
  Secret toSecret() {
    return Secret.of(CharBuffer.wrap(text));
  }

  @Override
  public void close() {
    Arrays.fill(text, '\0');
  }

  @Override
  public String toString() {
    return "NormalisedText[redacted]";
  }
}
