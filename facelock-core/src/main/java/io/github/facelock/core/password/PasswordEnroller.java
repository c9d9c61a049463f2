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
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

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
   * Sets the secret, in place of an earlier one. A second PIN stays.
   *
   * @param subject whose it will be; the caller has made sure that this subject exists
   * @param secret what was typed
   * @return whether it was stored; never {@link PasswordVerdict#UNKNOWN_SUBJECT}
   * @throws FaceLockException if it could not be stored
   */
  public PasswordVerdict set(SubjectId subject, Secret secret) {
    Objects.requireNonNull(subject, "subject");
    Optional<PasswordVerdict> objection = objection(subject, secret);
    if (objection.isPresent()) {
      return objection.get();
    }
    String fresh = hasher.hash(secret);
    return store(
        subject,
        before -> {
          Optional<String> duress = before.flatMap(PasswordCredential::duress);
          // With the salt of the second PIN, so that one computation compares with both.
          String own = duress.map(hash -> hasher.hashLike(secret, hash)).orElse(fresh);
          return duress.filter(own::equals).isPresent()
              ? new Change(PasswordVerdict.SAME_AS_OTHER, Optional.empty())
              : accepted(new PasswordCredential(own, duress));
        });
  }

  /**
   * Sets a second PIN for somebody who is forced, in place of an earlier one.
   *
   * @param subject whose it will be; the caller has made sure that this subject exists
   * @param secret what was typed
   * @return whether it was stored
   * @throws IllegalStateException if this enroller is not for PINs
   * @throws FaceLockException if it could not be stored
   */
  public PasswordVerdict setDuress(SubjectId subject, Secret secret) {
    Objects.requireNonNull(subject, "subject");
    requirePin();
    Optional<PasswordVerdict> objection = objection(subject, secret);
    if (objection.isPresent()) {
      return objection.get();
    }
    return store(
        subject,
        before -> {
          if (before.isEmpty()) {
            return new Change(PasswordVerdict.NO_PIN, Optional.empty());
          }
          String own = before.get().own();
          String duress = hasher.hashLike(secret, own);
          return duress.equals(own)
              ? new Change(PasswordVerdict.SAME_AS_OTHER, Optional.empty())
              : accepted(new PasswordCredential(own, Optional.of(duress)));
        });
  }

  /**
   * Removes the second PIN.
   *
   * @param subject the subject
   * @return whether there was one
   * @throws IllegalStateException if this enroller is not for PINs
   */
  public boolean removeDuress(SubjectId subject) {
    Objects.requireNonNull(subject, "subject");
    requirePin();
    return store(
            subject,
            before ->
                before.flatMap(PasswordCredential::duress).isEmpty()
                    ? new Change(PasswordVerdict.NO_PIN, Optional.empty())
                    : accepted(PasswordCredential.of(before.get().own())))
        == PasswordVerdict.ACCEPTED;
  }

  /**
   * Takes over the hash of another system, in place of an earlier password.
   *
   * @param subject whose it will be; the caller has made sure that this subject exists
   * @param encoded the hash with its parameters
   * @throws IllegalArgumentException if it is no hash that logins can read, or exceeds the bounds
   * @throws IllegalStateException if this enroller is for PINs
   * @throws FaceLockException if it could not be stored
   */
  public void importHash(SubjectId subject, Secret encoded) {
    Objects.requireNonNull(subject, "subject");
    if (rule.digitsOnly()) {
      throw new IllegalStateException("A PIN is set, never imported");
    }
    String hash =
        HashImport.canonical(encoded)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "This is no bcrypt, PBKDF2, scrypt or Argon2id hash in a known form, or it"
                            + " costs more than a login may: let the subject set a new password"));
    store(subject, before -> accepted(PasswordCredential.of(hash)));
  }

  private void requirePin() {
    if (!rule.digitsOnly()) {
      throw new IllegalStateException("Only a PIN has a second one for somebody who is forced");
    }
  }

  private Optional<PasswordVerdict> objection(SubjectId subject, Secret secret) {
    try (NormalisedText text = NormalisedText.of(secret)) {
      Optional<PasswordVerdict> objection = rule.objection(text);
      if (objection.isPresent()) {
        return objection;
      }
      try (Secret normalised = text.toSecret()) {
        return OwnName.of(subject).isIn(normalised, rule) || common.contains(factor, normalised)
            ? Optional.of(PasswordVerdict.COMMON)
            : Optional.empty();
      }
    }
  }

  private static Change accepted(PasswordCredential next) {
    return new Change(PasswordVerdict.ACCEPTED, Optional.of(next));
  }

  /** What becomes of the stored secret; nothing changes where there is no next one. */
  private record Change(PasswordVerdict verdict, Optional<PasswordCredential> next) {}

  private PasswordVerdict store(
      SubjectId subject, Function<Optional<PasswordCredential>, Change> rule) {
    Instant now = clock.instant();
    for (int i = 0; i < TRIES; i++) {
      Optional<Credential> before = credentials.find(subject, factor).stream().findFirst();
      Change change = rule.apply(before.map(PasswordCredential::of));
      if (change.next().isEmpty()) {
        return change.verdict();
      }
      PasswordCredential next = change.next().get();
      boolean stored =
          before.isEmpty()
              ? credentials.insert(next.first(subject, factor, now))
              : credentials.replace(next.after(before.get(), now));
      if (stored) {
        return change.verdict();
      }
    }
    throw new FaceLockException.Store(
        "This subject's "
            + factor
            + " is being changed by many requests at a time: try again when they are done");
  }
}
