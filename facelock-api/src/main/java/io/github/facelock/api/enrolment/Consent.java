package io.github.facelock.api.enrolment;

/**
 * The person agreed to the use of their biometric data (GDPR art. 9 (2) a). Kept with the template;
 * the time of enrolment is the time of consent.
 *
 * @param document names the text that the person agreed to, with its version; 1 to 128 characters
 */
public record Consent(String document) {

  /**
   * Checks the length.
   *
   * @throws IllegalArgumentException if the name is empty or too long
   */
  public Consent {
    if (document.isBlank() || document.length() > 128) {
      throw new IllegalArgumentException("Name the consent document in 1 to 128 characters");
    }
  }

  /**
   * Consent to a text.
   *
   * @param document names the text, with its version
   * @return the consent
   */
  public static Consent to(String document) {
    return new Consent(document);
  }
}
