package io.github.facelock.api.enrolment;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.Secret;
import java.util.Objects;

/**
 * A new HOTP secret, to be shown to its owner once. Does not work before {@link
 * CodeEnrolment#confirmHotp} has seen one right code.
 *
 * @param credential names the pending credential
 * @param secret the shared secret in base 32 (RFC 4648), for typing in
 * @param uri the {@code otpauth://hotp/…} address, for a QR code; holds the secret
 */
public record HotpProvisioning(CredentialId credential, Secret secret, Secret uri) {
  /** Refuses null. */
  public HotpProvisioning {
    Objects.requireNonNull(credential, "credential");
    Objects.requireNonNull(secret, "secret");
    Objects.requireNonNull(uri, "uri");
  }
}
