package io.github.facelock.api;

import java.util.regex.Pattern;

/**
 * Names one credential of a subject.
 *
 * @param value 1 to 64 letters, digits and hyphens
 */
public record CredentialId(String value) {

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9-]{1,64}");

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if the value is malformed
   */
  public CredentialId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("A credential id has 1 to 64 letters, digits and hyphens");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
