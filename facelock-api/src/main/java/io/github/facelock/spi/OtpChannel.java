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
   * Names the channel in the audit trail.
   *
   * @return 1 to 32 lower-case letters, digits and hyphens, for example {@code smtp}
   */
  default String name() {
    return factor().id();
  }

  /**
   * Hands a code over. Returns when the next hop has taken it, within a bounded time.
   *
   * @param message what to send, and where
   * @return what the next hop said
   * @throws io.github.facelock.api.FaceLockException.Delivery if the next hop did not take it
   */
  SendReceipt send(OtpMessage message);
}
