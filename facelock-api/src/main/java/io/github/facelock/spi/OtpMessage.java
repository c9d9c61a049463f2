package io.github.facelock.spi;

import io.github.facelock.api.Secret;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;

/**
 * A code on its way.
 *
 * @param id the same for each try to send the same message, so that a channel can recognise
 *     repetitions
 * @param destination a mail address or telephone number
 * @param code the code
 * @param validFor how long it works
 * @param locale the language of the message
 */
public record OtpMessage(
    String id, Secret destination, Secret code, Duration validFor, Locale locale) {

  /** Refuses null. */
  public OtpMessage {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(destination, "destination");
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(validFor, "validFor");
    Objects.requireNonNull(locale, "locale");
  }
}
