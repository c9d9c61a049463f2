package io.github.facelock.core.otp;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.HotpParameters;
import io.github.facelock.api.enrolment.HotpProvisioning;
import io.github.facelock.spi.store.Credential;
import io.github.facelock.spi.store.CredentialStore;
import java.nio.CharBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Gives people HOTP secrets, or takes the seeds of their tokens. Thread-safe. */
public final class HotpEnroller {

  private static final Duration PENDING_LIFE = Duration.ofHours(1);
  private static final int SECRET_LENGTH = 20; // RFC 4226, section 4, R6: 160 bits
  private static final int LEAST_SEED = 16; // R6: at least 128 bits
  private static final int MOST_SEED = 64;
  private static final int CONFIRM_AHEAD = 20;
  private static final int RESYNC_AHEAD = 100;

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
  public HotpEnroller(
      CredentialStore credentials, Clock clock, SecureRandom random, String issuer) {
    this.credentials = Objects.requireNonNull(credentials, "credentials");
    this.clock = Objects.requireNonNull(clock, "clock");
    this.random = Objects.requireNonNull(random, "random");
    this.uri = new OtpAuthUri(issuer);
  }

  /**
   * Makes or takes a secret that works once it was confirmed. Unconfirmed ones are removed after an
   * hour, and the oldest where more than five would wait.
   *
   * @param subject a subject that exists
   * @param parameters digits, counter, and the seed if there is one
   * @param label tells the subject's tokens apart: 1 to 64 characters, no control character
   * @return what the person needs, to be shown once
   * @throws IllegalArgumentException if label or seed are malformed
   * @throws IllegalStateException if the subject has five tokens already; remove one first
   */
  public HotpProvisioning begin(SubjectId subject, HotpParameters parameters, String label) {
    DeviceLabel.checked(label);
    byte[] shared = parameters.seed().map(HotpEnroller::decoded).orElseGet(this::drawn);
    Instant now = clock.instant();
    List<Credential> found = credentials.find(subject, FactorType.HOTP);
    List<Credential> waiting =
        found.stream()
            .filter(token -> !HotpSecret.of(token).active())
            .filter(token -> isFresh(token, now) || !credentials.delete(subject, token.id()))
            .toList();
    if (found.stream().filter(token -> HotpSecret.of(token).active()).count()
        >= HotpFactor.MAX_TOKENS) {
      throw new IllegalStateException(
          "The subject has "
              + HotpFactor.MAX_TOKENS
              + " tokens already; remove one before adding another");
    }
    if (waiting.size() >= HotpFactor.MAX_TOKENS) {
      credentials.delete(subject, waiting.get(0).id());
    }
    byte[] name = new byte[16];
    random.nextBytes(name);
    CredentialId id = new CredentialId("hotp-" + HexFormat.of().formatHex(name));
    boolean added =
        credentials.insert(
            Credential.create(
                id,
                subject,
                FactorType.HOTP,
                now,
                DeviceLabel.attributes(DeviceLabel.PENDING, label),
                HotpSecret.pending(parameters.digits(), parameters.counter(), shared).encoded()));
    if (!added) {
      throw new IllegalStateException("A random credential id of 128 bits exists already");
    }
    HotpProvisioning provisioning =
        new HotpProvisioning(
            id,
            Secret.of(Base32.encode(shared)),
            uri.ofHotp(subject, shared, parameters.digits(), parameters.counter()));
    Arrays.fill(shared, (byte) 0);
    return provisioning;
  }

  /**
   * Activates a pending secret. The code is spent by it; at most 20 presses of the button may have
   * been lost before.
   *
   * @param subject the subject
   * @param credential from {@link #begin}
   * @param code what the token shows
   * @return whether the secret works from now on; {@code false} also for one that is active
   *     already, unknown, or older than an hour, and where the subject has five tokens
   */
  public boolean confirm(SubjectId subject, CredentialId credential, Secret code) {
    Optional<String> typed = TypedCode.digits(code, 6, 8);
    List<Credential> found = credentials.find(subject, FactorType.HOTP);
    long active = found.stream().filter(token -> HotpSecret.of(token).active()).count();
    Optional<Credential> pending =
        found.stream()
            .filter(token -> token.id().equals(credential))
            .filter(token -> !HotpSecret.of(token).active())
            .filter(token -> isFresh(token, clock.instant()))
            .findFirst();
    if (typed.isEmpty() || pending.isEmpty() || active >= HotpFactor.MAX_TOKENS) {
      return false;
    }
    Credential token = pending.get();
    return HotpSecret.of(token)
        .matched(typed.get(), CONFIRM_AHEAD)
        .filter(
            secret ->
                credentials.replace(
                    token.next(
                        DeviceLabel.attributes(DeviceLabel.ACTIVE, DeviceLabel.of(token)),
                        secret.encoded())))
        .isPresent();
  }

  /**
   * Follows a token whose button was pressed often, by two codes in a row (RFC 4226, section 7.4).
   * Both are spent.
   *
   * @param subject the subject
   * @param credential a token that is confirmed
   * @param first a code that the token showed
   * @param second the code after it
   * @return whether the token was found, at most 100 counts ahead
   */
  public boolean resynchronise(
      SubjectId subject, CredentialId credential, Secret first, Secret second) {
    Optional<String> one = TypedCode.digits(first, 6, 8);
    Optional<String> two = TypedCode.digits(second, 6, 8);
    Optional<Credential> found =
        credentials.find(subject, FactorType.HOTP).stream()
            .filter(each -> each.id().equals(credential))
            .findFirst();
    if (one.isEmpty() || two.isEmpty() || found.isEmpty()) {
      return false;
    }
    Credential token = found.get();
    return HotpSecret.ifActive(token)
        .flatMap(secret -> secret.resynchronised(one.get(), two.get(), RESYNC_AHEAD))
        .filter(secret -> credentials.replace(token.next(token.attributes(), secret.encoded())))
        .isPresent();
  }

  private static boolean isFresh(Credential token, Instant now) {
    return !token.createdAt().isBefore(now.minus(PENDING_LIFE));
  }

  private byte[] drawn() {
    byte[] shared = new byte[SECRET_LENGTH];
    random.nextBytes(shared);
    return shared;
  }

  private static byte[] decoded(Secret seed) {
    char[] typed = seed.reveal();
    Optional<byte[]> bytes = Base32.decode(CharBuffer.wrap(typed));
    Arrays.fill(typed, '\0');
    return bytes
        .filter(found -> found.length >= LEAST_SEED && found.length <= MOST_SEED)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "A token's seed is base 32 of 16 to 64 bytes (RFC 4226, section 4)"));
  }
}
