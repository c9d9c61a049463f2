package io.github.facelock.core.otp;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.TotpParameters;
import io.github.facelock.api.enrolment.TotpProvisioning;
import io.github.facelock.spi.store.Credential;
import io.github.facelock.spi.store.CredentialStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Gives people TOTP secrets. Thread-safe. */
public final class TotpEnroller {

  private static final Duration PENDING_LIFE = Duration.ofHours(1);
  private static final int SECRET_LENGTH = 20; // RFC 4226, section 4, R6: 160 bits
  private static final int CONFIRM_SKEW = 1;

  private final CredentialStore credentials;
  private final Clock clock;
  private final SecureRandom random;
  private final OtpAuthUri uri;

  /**
   * Makes an enroller.
   *
   * @param credentials keeps the secrets
   * @param clock tells when
   * @param random draws secrets and ids
   * @param issuer the name that apps show, as for {@link OtpAuthUri}
   */
  public TotpEnroller(
      CredentialStore credentials, Clock clock, SecureRandom random, String issuer) {
    this.credentials = Objects.requireNonNull(credentials, "credentials");
    this.clock = Objects.requireNonNull(clock, "clock");
    this.random = Objects.requireNonNull(random, "random");
    this.uri = new OtpAuthUri(issuer);
  }

  /**
   * Makes a secret of 160 bits that works once it was confirmed. Unconfirmed secrets older than an
   * hour are removed; so is the oldest one where more than five would wait.
   *
   * @param subject a subject that exists
   * @param parameters what the app computes with
   * @param label tells the subject's apps apart: 1 to 64 characters, no control character
   * @return what the person needs, to be shown once
   * @throws IllegalArgumentException if the label is malformed
   * @throws IllegalStateException if the subject has five apps already; remove one first
   */
  public TotpProvisioning begin(SubjectId subject, TotpParameters parameters, String label) {
    DeviceLabel.checked(label);
    Instant now = clock.instant();
    List<Credential> pending = new ArrayList<>();
    int active = 0;
    for (Credential credential : credentials.find(subject, FactorType.TOTP)) {
      if (TotpSecret.of(credential).active()) {
        active++;
      } else if (credential.createdAt().isBefore(now.minus(PENDING_LIFE))) {
        credentials.delete(subject, credential.id());
      } else {
        pending.add(credential);
      }
    }
    if (active >= TotpFactor.MAX_APPS) {
      throw new IllegalStateException(
          "The subject has "
              + TotpFactor.MAX_APPS
              + " authenticator apps already; remove one before adding another");
    }
    if (pending.size() >= TotpFactor.MAX_APPS) {
      credentials.delete(subject, pending.get(0).id());
    }
    return store(subject, parameters, label, now);
  }

  private TotpProvisioning store(
      SubjectId subject, TotpParameters parameters, String label, Instant now) {
    byte[] shared = new byte[SECRET_LENGTH];
    random.nextBytes(shared);
    byte[] name = new byte[16];
    random.nextBytes(name);
    CredentialId id = new CredentialId("totp-" + HexFormat.of().formatHex(name));
    boolean added =
        credentials.insert(
            Credential.create(
                id,
                subject,
                FactorType.TOTP,
                now,
                DeviceLabel.attributes(DeviceLabel.PENDING, label),
                TotpSecret.pending(parameters, shared).encoded()));
    if (!added) {
      throw new IllegalStateException("A random credential id of 128 bits exists already");
    }
    TotpProvisioning provisioning =
        new TotpProvisioning(
            id, Secret.of(Base32.encode(shared)), uri.of(subject, shared, parameters));
    Arrays.fill(shared, (byte) 0);
    return provisioning;
  }

  /**
   * Activates a pending secret. The code is spent by it: it does not log in as well.
   *
   * @param subject the subject
   * @param credential from {@link #begin}
   * @param code what the app shows now; one step of skew is accepted
   * @return whether the secret works from now on; {@code false} also for one that is active
   *     already, unknown, or older than an hour, and where the subject has five apps
   */
  public boolean confirm(SubjectId subject, CredentialId credential, Secret code) {
    Optional<String> typed = TypedCode.digits(code, 6, 8);
    List<Credential> found = credentials.find(subject, FactorType.TOTP);
    Optional<Credential> pending =
        found.stream()
            .filter(c -> c.id().equals(credential))
            .filter(c -> !TotpSecret.of(c).active())
            .filter(c -> !c.createdAt().isBefore(clock.instant().minus(PENDING_LIFE)))
            .findFirst();
    long active = found.stream().filter(c -> TotpSecret.of(c).active()).count();
    if (typed.isEmpty() || pending.isEmpty() || active >= TotpFactor.MAX_APPS) {
      return false;
    }
    TotpSecret secret = TotpSecret.of(pending.get());
    TotpSecret.Match match = secret.match(typed.get(), clock.instant(), CONFIRM_SKEW);
    if (match.fresh().isEmpty()) {
      return false;
    }
    byte[] confirmed = secret.usedAt(match.fresh().getAsLong()).encoded();
    return credentials.replace(
        pending
            .get()
            .next(
                DeviceLabel.attributes(DeviceLabel.ACTIVE, DeviceLabel.of(pending.get())),
                confirmed));
  }

  /**
   * Follows an app whose clock ran away, by two codes in a row. Both are spent.
   *
   * @param subject the subject
   * @param credential an app that is confirmed
   * @param first a code that the app showed
   * @param second the code after it, which the app shows now
   * @return whether the app was found, at most 20 periods off
   */
  public boolean resynchronise(
      SubjectId subject, CredentialId credential, Secret first, Secret second) {
    Optional<String> one = TypedCode.digits(first, 6, 8);
    Optional<String> two = TypedCode.digits(second, 6, 8);
    Optional<Credential> found =
        credentials.find(subject, FactorType.TOTP).stream()
            .filter(each -> each.id().equals(credential))
            .findFirst();
    if (one.isEmpty() || two.isEmpty() || found.isEmpty()) {
      return false;
    }
    Credential app = found.get();
    return TotpSecret.ifActive(app)
        .flatMap(secret -> secret.resynchronised(one.get(), two.get(), clock.instant()))
        .filter(secret -> credentials.replace(app.next(app.attributes(), secret.encoded())))
        .isPresent();
  }
}
