package io.github.facelock.core.password;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.PasswordVerdict;
import io.github.facelock.spi.store.Credential;
import io.github.facelock.spi.store.CredentialId;
import io.github.facelock.spi.store.CredentialStore;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Sets passwords (8 to 256 characters) and PINs (4 to 12 digits) as NIST SP 800-63B-4, section
 * 3.1.1.2 asks: no rules of composition, but a list of what is common. Thread-safe.
 */
public final class PasswordEnroller {

  private static final int ATTEMPTS = 5;
  private static final int NAME_MATTERS_FROM = 3;
  private static final Pattern DIGITS = Pattern.compile("[0-9]*");
  private static final Pattern DECORATION = Pattern.compile("[0-9\\p{Punct}]{1,4}$");

  private final FactorType type;
  private final CredentialStore credentials;
  private final PasswordHasher hasher;
  private final CommonSecrets common;
  private final Clock clock;
  private final boolean pin;
  private final int least;
  private final int most;

  /**
   * Makes an enroller.
   *
   * @param type {@link FactorType#PIN} takes PINs, every other type passwords
   * @param credentials keeps the hash, as the credential named like the type
   * @param hasher hashes
   * @param common what is refused as common
   * @param clock dates the credential
   */
  public PasswordEnroller(
      FactorType type,
      CredentialStore credentials,
      PasswordHasher hasher,
      CommonSecrets common,
      Clock clock) {
    this.type = Objects.requireNonNull(type, "type");
    this.credentials = Objects.requireNonNull(credentials, "credentials");
    this.hasher = Objects.requireNonNull(hasher, "hasher");
    this.common = Objects.requireNonNull(common, "common");
    this.clock = Objects.requireNonNull(clock, "clock");
    this.pin = type.equals(FactorType.PIN);
    this.least = pin ? 4 : 8;
    this.most = pin ? 12 : TypedPassword.MAX_LENGTH;
  }

  /**
   * Sets or replaces the secret, if it is good enough.
   *
   * @param subject a subject that exists
   * @param typed the new secret
   * @return whether it was stored
   * @throws FaceLockException.Store if others kept changing the credential meanwhile
   */
  public PasswordVerdict set(SubjectId subject, Secret typed) {
    if (typed.length() > most) {
      return PasswordVerdict.TOO_LONG;
    }
    String secret = TypedPassword.normalised(typed);
    if (pin && !DIGITS.matcher(secret).matches()) {
      return PasswordVerdict.NOT_DIGITS;
    }
    // One code point is one character, as the standard counts.
    int length = secret.codePointCount(0, secret.length());
    if (length < least) {
      return PasswordVerdict.TOO_SHORT;
    }
    String lower = secret.toLowerCase(Locale.ROOT);
    if (isCommon(lower) || isOwnName(lower, subject)) {
      return PasswordVerdict.COMMON;
    }
    store(subject, hasher.hash(secret.getBytes(StandardCharsets.UTF_8)));
    return PasswordVerdict.ACCEPTED;
  }

  private boolean isCommon(String secret) {
    return common.contains(secret)
        || Monotony.of(secret)
        || (!pin && common.contains(DECORATION.matcher(secret).replaceFirst("")));
  }

  /** The name, or the name with up to three characters around it. */
  private static boolean isOwnName(String secret, SubjectId subject) {
    String name = subject.value().toLowerCase(Locale.ROOT);
    int at = name.indexOf('@');
    return List.of(name, at > 0 ? name.substring(0, at) : name).stream()
        .filter(own -> own.length() >= NAME_MATTERS_FROM)
        .anyMatch(own -> secret.contains(own) && secret.length() - own.length() < 4);
  }

  private void store(SubjectId subject, String hash) {
    byte[] bytes = hash.getBytes(StandardCharsets.US_ASCII);
    CredentialId id = new CredentialId(type.id());
    for (int i = 0; i < ATTEMPTS; i++) {
      List<Credential> found =
          credentials.find(subject, type).stream().filter(c -> c.id().equals(id)).toList();
      boolean stored =
          found.isEmpty()
              ? credentials.insert(
                  Credential.create(id, subject, type, clock.instant(), Map.of(), bytes))
              : credentials.replace(found.get(0).next(found.get(0).attributes(), bytes));
      if (stored) {
        return;
      }
    }
    throw new FaceLockException.Store(
        "Others kept changing the same credential; set the " + type + " again");
  }
}
