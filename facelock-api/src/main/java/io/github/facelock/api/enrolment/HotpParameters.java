package io.github.facelock.api.enrolment;

import io.github.facelock.api.Secret;
import java.util.Objects;
import java.util.Optional;

/**
 * What a counter-based token computes with (RFC 4226): HMAC-SHA-1.
 *
 * @param digits 6 to 8
 * @param counter where the token begins, not negative
 * @param seed the secret of a token that has one already, in base 32, at least 128 bits (section 4,
 *     R6); empty to draw one of 160 bits
 */
public record HotpParameters(int digits, long counter, Optional<Secret> seed) {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if digits or counter are out of range
   */
  public HotpParameters {
    Objects.requireNonNull(seed, "seed");
    if (digits < 6 || digits > 8) {
      throw new IllegalArgumentException("An HOTP code has 6 to 8 digits");
    }
    if (counter < 0) {
      throw new IllegalArgumentException("An HOTP counter is not negative");
    }
  }

  /**
   * A new secret whose counter begins at 0.
   *
   * @param digits 6 to 8
   * @return the parameters
   */
  public static HotpParameters of(int digits) {
    return new HotpParameters(digits, 0, Optional.empty());
  }
}
