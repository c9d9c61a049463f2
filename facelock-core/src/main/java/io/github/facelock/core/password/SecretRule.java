package io.github.facelock.core.password;

import io.github.facelock.api.FactorKind;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.enrolment.PasswordVerdict;
import java.util.Optional;

/**
 * Which lengths and characters a factor's secret has, counted in code points after normalisation.
 *
 * @param shortest the least length
 * @param longest the greatest length
 * @param digitsOnly whether only ASCII digits are accepted
 */
record SecretRule(int shortest, int longest, boolean digitsOnly) {

  /**
   * NIST SP 800-63B-4, section 3.1.1.2: at least 8 for a password that is part of multi-factor
   * authentication, and at least 64 accepted; no rules about kinds of characters.
   */
  private static final SecretRule PASSWORD = new SecretRule(8, 256, false);

  /** NIST's activation secrets (section 3.2.10) have at least 4 digits. */
  private static final SecretRule PIN = new SecretRule(4, 12, true);

  static SecretRule of(FactorType factor) {
    if (factor.kind() != FactorKind.KNOWLEDGE) {
      throw new IllegalArgumentException("Not something that a person knows: " + factor);
    }
    return factor.equals(FactorType.PIN) ? PIN : PASSWORD;
  }

  /** Why a text breaks the rule. */
  Optional<PasswordVerdict> objection(NormalisedText text) {
    if (digitsOnly && !text.isDigits()) {
      return Optional.of(PasswordVerdict.NOT_DIGITS);
    }
    if (text.length() < shortest) {
      return Optional.of(PasswordVerdict.TOO_SHORT);
    }
    return text.length() > longest ? Optional.of(PasswordVerdict.TOO_LONG) : Optional.empty();
  }
}
