package io.github.facelock.core.otp;

import io.github.facelock.api.Secret;
import java.util.Arrays;
import java.util.Optional;

/** Reads codes as people type them. */
final class TypedCode {

  private TypedCode() {}

  /**
   * Drops spaces and hyphens.
   *
   * @return ASCII digits, as many as allowed; empty if anything else was typed
   */
  static Optional<String> digits(Secret typed, int least, int most) {
    char[] characters = typed.reveal();
    try {
      StringBuilder digits = new StringBuilder(most);
      for (char c : characters) {
        if (c == ' ' || c == '-') {
          continue;
        }
        // Not Character.isDigit, which takes the digits of every script.
        if (c < '0' || c > '9' || digits.length() == most) {
          return Optional.empty();
        }
        digits.append(c);
      }
      return digits.length() < least ? Optional.empty() : Optional.of(digits.toString());
    } finally {
      Arrays.fill(characters, '\0');
    }
  }
}
