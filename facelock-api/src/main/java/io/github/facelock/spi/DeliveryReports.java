package io.github.facelock.spi;

import java.util.Optional;

/**
 * Reads what a provider reports later. An {@link OtpChannel} whose provider calls back implements
 * this too. Thread-safe.
 *
 * <p><strong>Security guarantee.</strong> A call that the provider did not sign gives nothing.
 */
@FunctionalInterface
public interface DeliveryReports {

  /**
   * Checks a call's signature, in constant time, and reads it.
   *
   * @param call what arrived
   * @return the report; empty for a call of somebody else, a forged one, and one that says nothing
   *     about a message
   */
  Optional<DeliveryReport> read(ProviderCall call);
}
