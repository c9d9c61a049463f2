package io.github.facelock.api.enrolment;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FactorType;
import java.time.Instant;
import java.util.Objects;

/**
 * An authenticator app or a token of a subject, for a page on which people look after theirs.
 *
 * @param credential names it
 * @param factor {@link FactorType#TOTP} or {@link FactorType#HOTP}
 * @param label what the subject calls it
 * @param confirmed whether logins accept its codes
 * @param addedAt when it was added
 */
public record AuthenticatorDevice(
    CredentialId credential, FactorType factor, String label, boolean confirmed, Instant addedAt) {

  /** Refuses null. */
  public AuthenticatorDevice {
    Objects.requireNonNull(credential, "credential");
    Objects.requireNonNull(factor, "factor");
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(addedAt, "addedAt");
  }
}
