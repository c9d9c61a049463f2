package io.github.facelock.api.enrolment;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.face.Capture;
import java.util.Set;

/**
 * Makes people known and gives them credentials. Thread-safe. Whoever may call these methods can
 * let people in: the application guards them.
 *
 * <p>A fault of the infrastructure is a {@link io.github.facelock.api.FaceLockException}; then
 * nothing was changed.
 */
public interface Enrolment {

  /**
   * Makes a subject known, active and without credentials.
   *
   * @param subject the new subject
   * @return whether it is new; an existing subject stays as it is
   */
  boolean register(SubjectId subject);

  /**
   * Denies a subject all logins, as if it were unknown, and keeps its credentials.
   *
   * @param subject the subject
   * @return whether there is such a subject
   */
  boolean suspend(SubjectId subject);

  /**
   * Ends a suspension.
   *
   * @param subject the subject
   * @return whether there is such a subject
   */
  boolean reactivate(SubjectId subject);

  /**
   * Removes a subject with all its credentials (GDPR art. 17).
   *
   * @param subject the subject
   * @return whether there was such a subject
   */
  boolean erase(SubjectId subject);

  /**
   * Sets or replaces the password.
   *
   * @param subject an active subject
   * @param password the new password, 8 to 256 characters
   * @return whether it was accepted
   */
  PasswordVerdict setPassword(SubjectId subject, Secret password);

  /**
   * Sets or replaces the PIN.
   *
   * @param subject an active subject
   * @param pin the new PIN, 4 to 12 digits
   * @return whether it was accepted
   */
  PasswordVerdict setPin(SubjectId subject, Secret pin);

  /**
   * Sets or replaces the address to which codes are mailed. The application has confirmed it
   * before.
   *
   * @param subject an active subject
   * @param address a mail address, at most 254 characters (RFC 5321, section 4.5.3.1)
   * @throws IllegalArgumentException if the text is no mail address, or the subject is unknown
   */
  void setEmail(SubjectId subject, Secret address);

  /**
   * Makes a new TOTP secret for an authenticator app.
   *
   * @param subject an active subject
   * @param parameters what the app computes with
   * @return the secret, still pending
   * @throws IllegalArgumentException if the subject is unknown
   */
  TotpProvisioning beginTotp(SubjectId subject, TotpParameters parameters);

  /**
   * Activates a TOTP secret with the first code that the app shows.
   *
   * @param subject the subject
   * @param credential from {@link TotpProvisioning}
   * @param code what the app shows
   * @return whether the code was right; otherwise the secret stays pending
   */
  boolean confirmTotp(SubjectId subject, CredentialId credential, Secret code);

  /**
   * Adds a face to the subject's references, after checks of quality, sameness over the frames,
   * agreement with the references that exist, and duplicates among other subjects.
   *
   * @param subject an active subject
   * @param capture one or more frames of the person
   * @param consent what the person agreed to
   * @return what became of it
   */
  FaceEnrolment enrolFace(SubjectId subject, Capture capture, Consent consent);

  /**
   * Tells which factors a subject could answer. For pages of the subject's own and for
   * administrators; telling a stranger reveals who is enrolled.
   *
   * @param subject the subject
   * @return the factors with at least one usable credential; empty for an unknown subject
   */
  Set<FactorType> enrolledFactors(SubjectId subject);

  /**
   * Removes one credential.
   *
   * @param subject the subject
   * @param credential the credential
   * @return whether there was such a credential of this subject
   */
  boolean remove(SubjectId subject, CredentialId credential);
}
