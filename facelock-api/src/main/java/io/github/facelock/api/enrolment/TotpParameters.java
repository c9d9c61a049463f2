package io.github.facelock.api.enrolment;

import java.time.Duration;
import java.util.Objects;

/**
 * What an authenticator app computes with (RFC 6238, section 1.2).
 *
 * @param algorithm the HMAC's hash; many apps know SHA-1 only
 * @param digits 6 to 8
 * @param period the life of a code: 30 or 60 seconds
 */
public record TotpParameters(Algorithm algorithm, int digits, Duration period) {

  /** What every authenticator app understands: SHA-1, six digits, 30 seconds. */
  public static final TotpParameters COMPATIBLE =
      new TotpParameters(Algorithm.SHA1, 6, Duration.ofSeconds(30));

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if digits or period are out of range
   */
  public TotpParameters {
    Objects.requireNonNull(algorithm, "algorithm");
    if (digits < 6 || digits > 8) {
      throw new IllegalArgumentException("A TOTP code has 6 to 8 digits");
    }
    if (!period.equals(Duration.ofSeconds(30)) && !period.equals(Duration.ofSeconds(60))) {
      throw new IllegalArgumentException("A TOTP code lives 30 or 60 seconds");
    }
  }

  /** The hash functions of RFC 6238. */
  public enum Algorithm {
    /** HMAC-SHA-1; HMAC does not need collision resistance. */
    SHA1,
    /** HMAC-SHA-256. */
    SHA256,
    /** HMAC-SHA-512. */
    SHA512
  }
}
