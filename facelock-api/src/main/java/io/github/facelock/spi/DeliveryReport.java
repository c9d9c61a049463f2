package io.github.facelock.spi;

import java.util.Objects;
import java.util.Optional;

/**
 * What became of a message after its next hop had taken it.
 *
 * @param messageId {@link OtpMessage#id()} where the provider carried it
 * @param reference the provider's name for the message, as in {@link SendReceipt#reference()}
 * @param status how far it came
 * @param error the provider's number or word for what went wrong; empty if nothing did
 */
public record DeliveryReport(
    Optional<String> messageId, String reference, DeliveryStatus status, String error) {

  /** Refuses null. */
  public DeliveryReport {
    Objects.requireNonNull(messageId, "messageId");
    Objects.requireNonNull(reference, "reference");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(error, "error");
  }
}
