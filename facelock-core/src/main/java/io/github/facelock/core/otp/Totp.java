package io.github.facelock.core.otp;

import io.github.facelock.api.enrolment.TotpParameters;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;

/**
 * Time-based one-time codes (RFC 6238), as an authenticator app computes them. Immutable and
 * thread-safe.
 *
 * @param parameters what app and server agreed on
 */
public record Totp(TotpParameters parameters) {

  /**
   * Tells the time step of a moment (section 4.2).
   *
   * @param at when
   * @return whole periods since 1970
   */
  public long step(Instant at) {
    return Math.floorDiv(at.getEpochSecond(), parameters.period().toSeconds());
  }

  /**
   * Computes the code of a moment.
   *
   * @param secret the shared secret
   * @param at when
   * @return the digits
   */
  public String code(byte[] secret, Instant at) {
    return code(secret, step(at));
  }

  String code(byte[] secret, long step) {
    return Hotp.code(parameters.algorithm(), secret, step, parameters.digits());
  }

  /** Compares in constant time; every step costs the same, right or wrong. */
  boolean matches(byte[] secret, long step, String code) {
    return MessageDigest.isEqual(
        code(secret, step).getBytes(StandardCharsets.US_ASCII),
        code.getBytes(StandardCharsets.UTF_8));
  }
}
