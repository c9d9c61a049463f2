package io.github.facelock.api;

import java.text.Normalizer;
import java.util.Objects;

/**
 * The name by which an application knows a person: a user name, an employee number, a UUID.
 *
 * <p>Two spellings of one text (composed and decomposed Unicode) are one subject: the value is kept
 * in Unicode normalisation form C. Case is kept and matters.
 *
 * @param value 1 to 128 characters, no control characters, no space at either end
 */
public record SubjectId(String value) {

  /** The longest accepted value, in UTF-16 code units after normalisation. */
  public static final int MAX_LENGTH = 128;

  /**
   * Checks and normalises.
   *
   * @throws IllegalArgumentException if the value is empty, too long, or has control characters or
   *     outer spaces
   */
  public SubjectId {
    Objects.requireNonNull(value, "value");
    // Checked before normalising: normalisation can grow a text and costs time in its length.
    if (value.isEmpty() || value.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "A subject id has 1 to " + MAX_LENGTH + " characters, not " + value.length());
    }
    value = Normalizer.normalize(value, Normalizer.Form.NFC);
    if (value.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "A subject id has 1 to " + MAX_LENGTH + " characters after normalisation");
    }
    if (isSpace(value.codePointAt(0)) || isSpace(value.codePointBefore(value.length()))) {
      throw new IllegalArgumentException("A subject id must not begin or end with a space");
    }
    if (value.codePoints().anyMatch(SubjectId::isForbidden)) {
      throw new IllegalArgumentException(
          "A subject id must not contain control, formatting or unpaired surrogate characters");
    }
  }

  /**
   * Names a subject.
   *
   * @param value the name
   * @return the subject id
   * @throws IllegalArgumentException as the constructor
   */
  public static SubjectId of(String value) {
    return new SubjectId(value);
  }

  /** More than {@link String#strip} knows: no-break spaces (U+00A0, U+2007, U+202F) too. */
  private static boolean isSpace(int codePoint) {
    return Character.isSpaceChar(codePoint) || Character.isWhitespace(codePoint);
  }

  private static boolean isForbidden(int codePoint) {
    int type = Character.getType(codePoint);
    // FORMAT holds the bidirectional overrides, with which two names can be made to look alike.
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.SURROGATE
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }

  @Override
  public String toString() {
    return value;
  }
}
