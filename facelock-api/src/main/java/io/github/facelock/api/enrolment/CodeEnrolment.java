package io.github.facelock.api.enrolment;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import java.util.List;

/**
 * Gives subjects what one-time codes come from: addresses, authenticator apps, key fobs, recovery
 * codes. Thread-safe. A fault of the infrastructure is a {@link
 * io.github.facelock.api.FaceLockException}; then nothing was changed.
 */
public interface CodeEnrolment {

  /**
   * Sets or replaces the address to which codes are mailed. The application has confirmed it
   * before; otherwise {@link #beginAddress} does.
   *
   * @param subject an active subject
   * @param address a mail address, at most 254 characters (RFC 5321, section 4.5.3.1)
   * @throws IllegalArgumentException if the text is no mail address, or the subject is unknown
   */
  void setEmail(SubjectId subject, Secret address);

  /**
   * Sets or replaces the telephone number to which codes are sent. The application has confirmed it
   * before; otherwise {@link #beginAddress} does.
   *
   * @param subject an active subject
   * @param number a number that takes messages, in E.164 form: a plus sign and the country first;
   *     spaces and hyphens are accepted
   * @throws IllegalArgumentException if the text is no such number, or the subject is unknown
   */
  void setPhone(SubjectId subject, Secret number);

  /**
   * Sends a code to a new address, which is used once the code came back. Until then the earlier
   * address stays. A second call replaces the first.
   *
   * @param subject an active subject
   * @param factor {@link FactorType#EMAIL_CODE} or {@link FactorType#SMS_CODE}
   * @param address as for {@link #setEmail} or {@link #setPhone}
   * @param request where the wish came from, and the language of the message
   * @return names the pending address
   * @throws IllegalArgumentException if the address is malformed or the subject unknown
   * @throws IllegalStateException if there is no channel for codes of this factor
   */
  CredentialId beginAddress(
      SubjectId subject, FactorType factor, Secret address, RequestContext request);

  /**
   * Uses a pending address from now on. The code works for ten minutes and is tried five times at
   * most.
   *
   * @param subject the subject
   * @param credential from {@link #beginAddress}
   * @param code what was sent to the address
   * @return whether the code was right
   */
  boolean confirmAddress(SubjectId subject, CredentialId credential, Secret code);

  /**
   * Makes a new TOTP secret for an authenticator app.
   *
   * @param subject an active subject, with at most four apps that are confirmed
   * @param parameters what the app computes with
   * @param label tells the subject's apps apart: 1 to 64 characters, no control character
   * @return the secret, still pending
   * @throws IllegalArgumentException if the subject is unknown or the label malformed
   * @throws IllegalStateException if the subject has five apps
   */
  TotpProvisioning beginTotp(SubjectId subject, TotpParameters parameters, String label);

  /**
   * Makes a new TOTP secret for an app with the label {@code Authenticator}.
   *
   * @param subject an active subject
   * @param parameters what the app computes with
   * @return the secret, still pending
   * @throws IllegalArgumentException if the subject is unknown
   */
  default TotpProvisioning beginTotp(SubjectId subject, TotpParameters parameters) {
    return beginTotp(subject, parameters, "Authenticator");
  }

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
   * Makes or takes a secret for a counter-based token.
   *
   * @param subject an active subject, with at most four tokens that are confirmed
   * @param parameters the token's digits, and its seed where it has one already
   * @param label tells the subject's tokens apart: 1 to 64 characters, no control character
   * @return the secret, still pending
   * @throws IllegalArgumentException if the subject is unknown, or label or seed are malformed
   * @throws IllegalStateException if the subject has five tokens
   */
  HotpProvisioning beginHotp(SubjectId subject, HotpParameters parameters, String label);

  /**
   * Activates an HOTP secret with a code that the token shows.
   *
   * @param subject the subject
   * @param credential from {@link HotpProvisioning}
   * @param code what the token shows
   * @return whether the code was right; otherwise the secret stays pending
   */
  boolean confirmHotp(SubjectId subject, CredentialId credential, Secret code);

  /**
   * Follows a device whose clock or counter ran away, by two codes in a row (RFC 4226, section
   * 7.4): a TOTP app up to 20 periods off, an HOTP token up to 100 counts ahead. Both codes are
   * spent. A subject has ten tries an hour.
   *
   * @param subject the subject
   * @param credential a confirmed TOTP or HOTP credential
   * @param first a code that the device showed
   * @param second the code after it
   * @return whether the device was found; also {@code false} after too many tries
   */
  boolean resynchronise(SubjectId subject, CredentialId credential, Secret first, Secret second);

  /**
   * Lists the apps and tokens of a subject, confirmed or pending.
   *
   * @param subject the subject
   * @return in the order in which they were added; empty for an unknown subject
   */
  List<AuthenticatorDevice> devices(SubjectId subject);

  /**
   * Gives an app or a token another label.
   *
   * @param subject the subject
   * @param credential the app or token
   * @param label 1 to 64 characters, no control character
   * @return whether there is such a device
   * @throws IllegalArgumentException if the label is malformed
   */
  boolean rename(SubjectId subject, CredentialId credential, String label);

  /**
   * Makes recovery codes in place of all earlier ones.
   *
   * @param subject an active subject
   * @return the codes, to be shown once: groups of letters and digits, each code works once
   * @throws IllegalArgumentException if the subject is unknown
   */
  List<Secret> regenerateRecoveryCodes(SubjectId subject);

  /**
   * Tells how many recovery codes still work.
   *
   * @param subject the subject
   * @return 0 if there are none
   */
  int recoveryCodesLeft(SubjectId subject);
}
