package io.github.facelock.core.otp;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.AuthenticatorDevice;
import io.github.facelock.spi.store.Credential;
import io.github.facelock.spi.store.CredentialStore;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The apps and tokens of a subject, as people look after them. Thread-safe. */
public final class AuthenticatorDevices {

  private static final int RACES = 20;

  private final CredentialStore credentials;

  /**
   * Looks after stored devices.
   *
   * @param credentials where they are
   */
  public AuthenticatorDevices(CredentialStore credentials) {
    this.credentials = Objects.requireNonNull(credentials, "credentials");
  }

  /**
   * Tells whether a credential for codes is in use: not one that waits for its first right code.
   *
   * @param credential of any factor
   * @return whether logins look at it
   */
  public static boolean isConfirmed(Credential credential) {
    return !DeviceLabel.isPending(credential);
  }

  /**
   * Lists them.
   *
   * @param subject the subject
   * @return in the order in which they were added
   */
  public List<AuthenticatorDevice> list(SubjectId subject) {
    return all(subject)
        .sorted(Comparator.comparing(Credential::createdAt))
        .map(
            each ->
                new AuthenticatorDevice(
                    each.id(),
                    each.factor(),
                    DeviceLabel.of(each),
                    !DeviceLabel.isPending(each),
                    each.createdAt()))
        .toList();
  }

  /**
   * Gives one another label.
   *
   * @param subject the subject
   * @param credential which
   * @param label 1 to 64 characters, no control character
   * @return the device's factor; empty if there is no such device
   * @throws IllegalArgumentException if the label is malformed
   * @throws FaceLockException if it could not be stored
   */
  public Optional<FactorType> rename(SubjectId subject, CredentialId credential, String label) {
    DeviceLabel.checked(label);
    for (int i = 0; i < RACES; i++) {
      Optional<Credential> found =
          all(subject).filter(each -> each.id().equals(credential)).findFirst();
      if (found.isEmpty()) {
        return Optional.empty();
      }
      Credential device = found.get();
      Map<String, String> attributes = new HashMap<>(device.attributes());
      attributes.putAll(
          DeviceLabel.attributes(
              DeviceLabel.isPending(device) ? DeviceLabel.PENDING : DeviceLabel.ACTIVE, label));
      if (credentials.replace(device.next(attributes, device.secretData()))) {
        return Optional.of(device.factor());
      }
    }
    throw new FaceLockException.Store(
        "This device is being changed by many requests at a time: try again");
  }

  private Stream<Credential> all(SubjectId subject) {
    return Stream.of(FactorType.TOTP, FactorType.HOTP)
        .flatMap(factor -> credentials.find(subject, factor).stream());
  }
}
