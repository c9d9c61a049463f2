package io.github.facelock.spi;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import java.util.Optional;

/**
 * Knows the devices that subjects trust. Thread-safe.
 *
 * <p><strong>Security guarantees that an implementation gives.</strong> A token is good for its
 * subject only, for its time only, and not after it was revoked or replaced; secrets are compared
 * in constant time. A faulty or foreign token is no fault: the device is just not trusted.
 */
public interface DeviceTrust {

  /**
   * Recognises a device.
   *
   * @param context the login; its request may carry a token
   * @return the device, if the subject trusts it
   */
  Optional<CredentialId> recognise(FactorContext context);

  /**
   * Tells whether a device that was recognised at the begin of a login is still trusted.
   *
   * @param subject whose device
   * @param device which
   * @return whether it was neither revoked nor expired
   */
  boolean isTrusted(SubjectId subject, CredentialId device);

  /**
   * Replaces the token of a device after a login was granted.
   *
   * @param context the login; its subject is the granted one
   * @param device which
   * @return the new token; empty if the device keeps the one that it has, or is no longer trusted
   */
  Optional<Secret> renew(FactorContext context, CredentialId device);

  /**
   * Trusts no device.
   *
   * @return the same for everybody
   */
  static DeviceTrust none() {
    return NoDeviceTrust.INSTANCE;
  }
}
