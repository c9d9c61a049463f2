package io.github.facelock.test;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;

/**
 * A code that reached an {@link InMemoryMailbox}, in plain text: this is a test.
 *
 * @param id the message's id; the same for each try to send the same message
 * @param destination the mail address or telephone number
 * @param code the code
 * @param validFor how long it works
 * @param locale the language of the message
 */
public record ReceivedCode(
    String id, String destination, String code, Duration validFor, Locale locale) {

  /** Refuses null. */
  public ReceivedCode {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(destination, "destination");
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(validFor, "validFor");
    Objects.requireNonNull(locale, "locale");
  }
}
