package io.github.facelock.api.enrolment;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.Secret;
import java.util.Objects;

/**
 * A new TOTP secret, to be shown to its owner once. Does not work before {@link
 * Enrolment#confirmTotp} has seen one right code: so a secret that never arrived in an app locks
 * nobody out.
 *
 * @param credential names the pending credential
 * @param secret the shared secret in base 32 (RFC 4648), for typing in
 * @param uri the {@code otpauth://totp/…} address, for a QR code; holds the secret
 */
public record TotpProvisioning(CredentialId credential, Secret secret, Secret uri) {
  /** Refuses null. */
  public TotpProvisioning {
    Objects.requireNonNull(credential, "credential");
    Objects.requireNonNull(secret, "secret");
    Objects.requireNonNull(uri, "uri");
  }
}
