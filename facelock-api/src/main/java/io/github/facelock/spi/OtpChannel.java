package io.github.facelock.spi;

import io.github.facelock.api.FactorType;

/**
 * Carries one-time codes to people: e-mail, SMS, a messenger. Thread-safe. Called from a delivery
 * thread, never from the request's, so that a slow server neither blocks a login nor tells known
 * subjects from unknown ones.
 */
public interface OtpChannel {

  /**
   * Tells which factor this channel serves.
   *
   * @return for example {@link FactorType#EMAIL_CODE}
   */
  FactorType factor();

  /**
   * Hands a code over. Returns when the next hop has taken it, within a bounded time.
   *
   * @param message what to send, and where
   * @throws io.github.facelock.api.FaceLockException.Delivery if the next hop did not take it
   */
  void send(OtpMessage message);
}
