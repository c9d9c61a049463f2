package io.github.facelock.core.otp;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.spi.store.Credential;
import io.github.facelock.spi.store.CredentialStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Gives people lists of codes for the day on which nothing else works (NIST SP 800-63B-4, section
 * 3.1.2: look-up secrets). Each code has 80 random bits, written as 16 characters of base 32 in
 * four groups. Thread-safe.
 */
public final class RecoveryCodes {

  private static final CredentialId ID = new CredentialId(FactorType.RECOVERY_CODE.id());
  private static final int TRIES = 20;
  private static final int CODE_BYTES = 10;
  private static final int GROUP = 4;

  private final CredentialStore credentials;
  private final Clock clock;
  private final SecureRandom random;
  private final int count;

  /**
   * Makes an issuer of lists.
   *
   * @param credentials keeps the hashes
   * @param clock tells when
   * @param random draws codes and the keys of their hashes
   * @param count how many codes a list has: 10 to 20
   * @throws IllegalArgumentException if the number is out of range
   */
  public RecoveryCodes(CredentialStore credentials, Clock clock, SecureRandom random, int count) {
    this.credentials = Objects.requireNonNull(credentials, "credentials");
    this.clock = Objects.requireNonNull(clock, "clock");
    this.random = Objects.requireNonNull(random, "random");
    if (count < 10 || count > RecoveryList.MOST) {
      throw new IllegalArgumentException("A list has 10 to " + RecoveryList.MOST + " codes");
    }
    this.count = count;
  }

  /**
   * Makes a list in place of an earlier one, whose codes end.
   *
   * @param subject whose it will be; the caller has made sure that this subject exists
   * @return the codes, to be shown once
   * @throws FaceLockException if it could not be stored
   */
  public List<Secret> regenerate(SubjectId subject) {
    Objects.requireNonNull(subject, "subject");
    List<Secret> shown = new ArrayList<>();
    List<String> codes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] bytes = new byte[CODE_BYTES];
      random.nextBytes(bytes);
      String code = Base32.encode(bytes);
      codes.add(code);
      shown.add(Secret.of(grouped(code)));
    }
    byte[] key = new byte[RecoveryList.KEY_LENGTH];
    random.nextBytes(key);
    byte[] secretData = RecoveryList.of(key, codes).encoded();
    Instant now = clock.instant();
    Map<String, String> attributes = Map.of("made-at", now.toString());
    for (int i = 0; i < TRIES; i++) {
      List<Credential> before = credentials.find(subject, FactorType.RECOVERY_CODE);
      boolean stored =
          before.isEmpty()
              ? credentials.insert(
                  Credential.create(
                      ID, subject, FactorType.RECOVERY_CODE, now, attributes, secretData))
              : credentials.replace(before.get(0).next(attributes, secretData));
      if (stored) {
        Arrays.fill(secretData, (byte) 0);
        return List.copyOf(shown);
      }
    }
    throw new FaceLockException.Store(
        "This subject's recovery codes are being changed by many requests at a time: try again");
  }

  /**
   * Counts the codes that still work.
   *
   * @param subject the subject
   * @return 0 if there is no list
   */
  public int left(SubjectId subject) {
    Optional<Credential> list =
        credentials.find(subject, FactorType.RECOVERY_CODE).stream().findFirst();
    return list.map(credential -> RecoveryList.of(credential).left()).orElse(0);
  }

  private static String grouped(String code) {
    StringBuilder grouped = new StringBuilder();
    for (int i = 0; i < code.length(); i += GROUP) {
      grouped.append(i == 0 ? "" : "-").append(code, i, Math.min(code.length(), i + GROUP));
    }
    return grouped.toString();
  }
}
