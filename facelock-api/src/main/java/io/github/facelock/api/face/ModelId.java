package io.github.facelock.api.face;

import java.util.regex.Pattern;

/**
 * Names one set of weights together with its recipe. Travels with every template; templates of
 * different models are never compared.
 *
 * @param value 1 to 64 letters, digits, dots, underscores and hyphens
 */
public record ModelId(String value) {

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if the value is malformed
   */
  public ModelId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "A model id has 1 to 64 letters, digits, dots, underscores and hyphens");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
