package io.github.facelock.core.face;

/** What it means that a face that is being enrolled matches another subject. */
public enum DuplicateRule {
  /** It is refused: one person, one subject. */
  REFUSE,
  /**
   * It is enrolled, and the credential's attribute {@code duplicate-of} names the other subject to
   * administrators.
   */
  WARN,
  /** Nobody looks. */
  ALLOW
}
