package io.github.facelock.spi;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the next hop said when it took a message.
 *
 * @param status how far the message came
 * @param reference the next hop's name for the message, by which it speaks of it later; 1 to 128
 *     letters, digits and {@code . _ : @ -}; goes to the audit trail, so neither destination nor
 *     code
 */
public record SendReceipt(DeliveryStatus status, Optional<String> reference) {

  private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9._:@-]{1,128}");

  /**
   * Checks the reference.
   *
   * @throws IllegalArgumentException if it is malformed
   */
  public SendReceipt {
    Objects.requireNonNull(status, "status");
    if (reference.isPresent() && !REFERENCE.matcher(reference.get()).matches()) {
      throw new IllegalArgumentException(
          "A message's reference has 1 to 128 letters, digits and . _ : @ -");
    }
  }

  /**
   * The next hop took the message and named nothing.
   *
   * @param status how far the message came
   * @return the receipt
   */
  public static SendReceipt of(DeliveryStatus status) {
    return new SendReceipt(status, Optional.empty());
  }
}
