package io.github.facelock.core.otp;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.spi.store.Credential;
import io.github.facelock.spi.store.CredentialStore;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Sets the one address of a subject to which the codes of a factor are sent. The address is the
 * secret part of a credential, so it is encrypted at rest. Thread-safe.
 */
public final class AddressEnroller {

  private static final int TRIES = 20;

  private final FactorType factor;
  private final CredentialStore credentials;
  private final Clock clock;

  /**
   * Makes an enroller.
   *
   * @param factor whose codes go to the address
   * @param credentials where addresses are kept
   * @param clock tells when an address was set
   */
  public AddressEnroller(FactorType factor, CredentialStore credentials, Clock clock) {
    this.factor = Objects.requireNonNull(factor, "factor");
    this.credentials = Objects.requireNonNull(credentials, "credentials");
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  /**
   * Sets the address, in place of an earlier one. That it belongs to the subject was confirmed
   * before.
   *
   * @param subject whose it will be; the caller has made sure that this subject exists
   * @param address for {@link FactorType#EMAIL_CODE} a mail address, for {@link
   *     FactorType#SMS_CODE} a telephone number in international form, kept in E.164
   * @throws IllegalArgumentException if it is no address; the message does not repeat it
   * @throws FaceLockException if it could not be stored
   */
  public void set(SubjectId subject, Secret address) {
    Objects.requireNonNull(subject, "subject");
    byte[] secretData = AddressForm.checked(factor, address).revealUtf8();
    Instant now = clock.instant();
    for (int i = 0; i < TRIES; i++) {
      List<Credential> before =
          credentials.find(subject, factor).stream()
              .filter(each -> !DeviceLabel.isPending(each))
              .toList();
      boolean stored =
          before.isEmpty()
              ? credentials.insert(
                  Credential.create(
                      new CredentialId(factor.id()), subject, factor, now, Map.of(), secretData))
              : credentials.replace(before.get(before.size() - 1).next(Map.of(), secretData));
      if (stored) {
        Arrays.fill(secretData, (byte) 0);
        return;
      }
    }
    throw new FaceLockException.Store(
        "This subject's address is being changed by many requests at a time: try again");
  }
}
