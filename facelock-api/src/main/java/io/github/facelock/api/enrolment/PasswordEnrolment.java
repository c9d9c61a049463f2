package io.github.facelock.api.enrolment;

import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;

/**
 * Gives subjects passwords and PINs. Thread-safe. A fault of the infrastructure is a {@link
 * io.github.facelock.api.FaceLockException}; then nothing was changed.
 */
public interface PasswordEnrolment {

  /**
   * Sets or replaces the password.
   *
   * @param subject an active subject
   * @param password the new password, 8 to 256 characters
   * @return whether it was accepted
   */
  PasswordVerdict setPassword(SubjectId subject, Secret password);

  /**
   * Takes over a password hash that another system made. It works from the next login on, at which
   * it is replaced by an Argon2id hash of the same password.
   *
   * <p>Read are bcrypt ({@code $2a$}, {@code $2b$}, {@code $2y$}), PBKDF2 with HMAC-SHA-1, -256 or
   * -512 as PHC string, of Django, Passlib, Werkzeug and Spring Security, scrypt of Werkzeug, and
   * Argon2id as PHC string. A prefix in braces, as Spring Security writes it, is understood.
   *
   * @param subject an active subject
   * @param encoded the hash with its parameters
   * @throws IllegalArgumentException if the subject is unknown, or the text is no such hash or asks
   *     for more memory or time than a login may cost; the message does not repeat it
   */
  void importPasswordHash(SubjectId subject, Secret encoded);

  /**
   * Sets or replaces the PIN.
   *
   * @param subject an active subject
   * @param pin the new PIN, 4 to 12 digits
   * @return whether it was accepted
   */
  PasswordVerdict setPin(SubjectId subject, Secret pin);

  /**
   * Sets or replaces a second PIN for somebody who is forced. It opens like the right one, takes as
   * long, and raises {@code DURESS} in silence.
   *
   * @param subject an active subject that has a PIN
   * @param pin another PIN, 4 to 12 digits
   * @return whether it was accepted; {@link PasswordVerdict#SAME_AS_OTHER} if it is the PIN itself,
   *     {@link PasswordVerdict#NO_PIN} if there is none
   */
  PasswordVerdict setDuressPin(SubjectId subject, Secret pin);

  /**
   * Removes the second PIN.
   *
   * @param subject the subject
   * @return whether there was one
   */
  boolean removeDuressPin(SubjectId subject);
}
