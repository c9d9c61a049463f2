package io.github.facelock.core.password;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.PasswordVerdict;
import io.github.facelock.spi.store.Credential;
import io.github.facelock.spi.store.CredentialStore;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Sets a subject's password or PIN. A password has 8 to 256 characters, a PIN 4 to 12 digits; there
 * are no rules about kinds of characters (NIST SP 800-63B-4, section 3.1.1.2). A subject has at
 * most one for each factor. Thread-safe.
 */
public final class PasswordEnroller {

  /** Each lost try means that somebody else's was stored, so a few suffice. */
  private static final int TRIES = 16;

  private final FactorType factor;
  private final CredentialStore credentials;
  private final Argon2idHasher hasher;
  private final CommonSecrets common;
  private final Clock clock;
  private final SecretRule rule;

  /**
   * Makes an enroller.
   *
   * @param factor a kind of knowledge: {@link FactorType#PASSWORD} or {@link FactorType#PIN}
   * @param credentials where hashes are kept
   * @param hasher makes the hashes
   * @param common what must not be chosen
   * @param clock tells when a secret was set
   * @throws IllegalArgumentException if the factor is not a kind of knowledge
   */
  public PasswordEnroller(
      FactorType factor,
      CredentialStore credentials,
      Argon2idHasher hasher,
      CommonSecrets common,
      Clock clock) {
    this.factor = Objects.requireNonNull(factor, "factor");
    this.credentials = Objects.requireNonNull(credentials, "credentials");
    this.hasher = Objects.requireNonNull(hasher, "hasher");
    this.common = Objects.requireNonNull(common, "common");
    this.clock = Objects.requireNonNull(clock, "clock");
    this.rule = SecretRule.of(factor);
  }

  /**
   * Sets the secret, in place of an earlier one.
   *
   * @param subject whose it will be; the caller has made sure that this subject exists
   * @param secret what was typed
   * @return whether it was stored; never {@link PasswordVerdict#UNKNOWN_SUBJECT}
   * @throws FaceLockException if it could not be stored
   */
  public PasswordVerdict set(SubjectId subject, Secret secret) {
    Objects.requireNonNull(subject, "subject");
    try (NormalisedText text = NormalisedText.of(secret)) {
      Optional<PasswordVerdict> objection = rule.objection(text);
      if (objection.isPresent()) {
        return objection.get();
      }
      try (Secret normalised = text.toSecret()) {
        if (OwnName.of(subject).isIn(normalised, rule) || common.contains(factor, normalised)) {
          return PasswordVerdict.COMMON;
        }
      }
    }
    store(subject, hasher.hash(secret));
    return PasswordVerdict.ACCEPTED;
  }

  private void store(SubjectId subject, String hash) {
    Instant now = clock.instant();
    for (int i = 0; i < TRIES; i++) {
      List<Credential> before = credentials.find(subject, factor);
      boolean stored =
          before.isEmpty()
              ? credentials.insert(PasswordCredential.first(subject, factor, hash, now))
              : credentials.replace(PasswordCredential.changed(before.get(0), hash, now));
      if (stored) {
        return;
      }
    }
    throw new FaceLockException.Store(
        "This subject's "
            + factor
            + " is being changed by many requests at a time: try again when they are done");
  }
}
