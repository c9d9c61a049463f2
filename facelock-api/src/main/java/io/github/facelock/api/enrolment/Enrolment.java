package io.github.facelock.api.enrolment;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import java.util.Set;

/**
 * Makes people known and gives them credentials. Thread-safe. Whoever may call these methods can
 * let people in: the application guards them.
 *
 * <p>The subjects themselves are here; {@link PasswordEnrolment}, {@link CodeEnrolment} and {@link
 * FaceReferenceEnrolment} have the rest, for code that needs no more.
 *
 * <p>A fault of the infrastructure is a {@link io.github.facelock.api.FaceLockException}; then
 * nothing was changed.
 */
public interface Enrolment extends PasswordEnrolment, CodeEnrolment, FaceReferenceEnrolment {

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
