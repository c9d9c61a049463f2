package io.github.facelock.core.otp;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.core.crypto.KeyRing;
import io.github.facelock.spi.OtpMessage;
import io.github.facelock.spi.store.Credential;
import io.github.facelock.spi.store.CredentialStore;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.Mac;

/**
 * Lets a person prove that an address is theirs before codes go there. The code is kept as a keyed
 * hash, works once, for ten minutes, and is tried five times at most: each try is charged by
 * compare-and-set before it is judged. Thread-safe.
 */
public final class AddressConfirmation {

  private static final int RACES = 20;
  private static final int MAX_TRIES = 5;
  private static final int DIGITS = 8;
  private static final Duration LIFE = Duration.ofMinutes(10);
  private static final String PURPOSE = "address-confirmation";

  private final CredentialStore credentials;
  private final CodeDispatcher dispatcher;
  private final KeyRing keys;
  private final SecureRandom random;
  private final Clock clock;

  /**
   * Makes it.
   *
   * @param credentials where addresses are kept
   * @param dispatcher sends, within the budgets
   * @param keys gives the key of the hash
   * @param random draws codes
   * @param clock tells when codes expire
   */
  public AddressConfirmation(
      CredentialStore credentials,
      CodeDispatcher dispatcher,
      KeyRing keys,
      SecureRandom random,
      Clock clock) {
    this.credentials = Objects.requireNonNull(credentials, "credentials");
    this.dispatcher = Objects.requireNonNull(dispatcher, "dispatcher");
    this.keys = Objects.requireNonNull(keys, "keys");
    this.random = Objects.requireNonNull(random, "random");
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  /**
   * Keeps an address beside the one in use, and sends a code to it. In place of an earlier pending
   * one.
   *
   * @param subject whose it will be; the caller has made sure that this subject exists
   * @param factor which codes will go there
   * @param address the new address
   * @param request where the wish came from, and the language of the message
   * @return names the pending address
   * @throws IllegalArgumentException if it is no address
   * @throws IllegalStateException if no channel carries such codes
   * @throws FaceLockException if it could not be stored
   */
  public CredentialId begin(
      SubjectId subject, FactorType factor, Secret address, RequestContext request) {
    Objects.requireNonNull(subject, "subject");
    if (!dispatcher.serves(factor)) {
      throw new IllegalStateException(
          "No channel carries codes of " + factor + ": add one with codeChannel(…)");
    }
    Secret checked = AddressForm.checked(factor, address);
    String code = CodeDigits.draw(random, DIGITS);
    Instant now = clock.instant();
    CredentialId id = idOf(factor);
    String keyId = keys.currentKeyId();
    byte[] secretData =
        new PendingAddress(0, keyId, now, hash(keyId, subject, factor, code), checked.revealUtf8())
            .encoded();
    keep(subject, factor, id, now, secretData);
    byte[] name = new byte[12];
    random.nextBytes(name);
    String transaction = "confirm-" + HexFormat.of().formatHex(name);
    dispatcher.dispatch(
        new CodeDelivery(
            new OtpMessage(
                transaction + "/" + factor.id() + "/1",
                checked,
                Secret.of(code),
                LIFE,
                request.locale()),
            factor,
            subject,
            transaction,
            request.source(),
            now.plus(LIFE)));
    return id;
  }

  private void keep(
      SubjectId subject, FactorType factor, CredentialId id, Instant now, byte[] secretData) {
    Map<String, String> attributes = Map.of(DeviceLabel.STATE, DeviceLabel.PENDING);
    for (int i = 0; i < RACES; i++) {
      Optional<Credential> before = find(subject, factor, id);
      boolean stored =
          before.isEmpty()
              ? credentials.insert(
                  Credential.create(id, subject, factor, now, attributes, secretData))
              : credentials.replace(before.get().next(attributes, secretData));
      if (stored) {
        return;
      }
    }
    throw contended();
  }

  /**
   * Judges a code. Where it is right, the pending address ends, and the caller sets it.
   *
   * @param subject the subject
   * @param credential from {@link #begin}
   * @param code what was typed
   * @return the address and its factor, for one caller at most; empty if the code is wrong or late,
   *     or was tried too often
   * @throws FaceLockException if the store fails
   */
  public Optional<Confirmed> confirm(SubjectId subject, CredentialId credential, Secret code) {
    Optional<String> typed = TypedCode.digits(code, DIGITS, DIGITS);
    for (FactorType factor : List.of(FactorType.EMAIL_CODE, FactorType.SMS_CODE)) {
      if (idOf(factor).equals(credential)) {
        return confirm(subject, factor, credential, typed.orElse(""));
      }
    }
    return Optional.empty();
  }

  private Optional<Confirmed> confirm(
      SubjectId subject, FactorType factor, CredentialId id, String typed) {
    for (int i = 0; i < RACES; i++) {
      Optional<Credential> found = find(subject, factor, id);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      PendingAddress pending = PendingAddress.of(found.get());
      if (!clock.instant().isBefore(pending.sentAt().plus(LIFE))) {
        credentials.delete(subject, id);
        return Optional.empty();
      }
      if (pending.tries() >= MAX_TRIES) {
        return Optional.empty();
      }
      Credential charged = found.get().next(found.get().attributes(), pending.afterTry().encoded());
      if (!credentials.replace(charged)) {
        continue;
      }
      boolean right = pending.hasHash(hash(pending.keyId(), subject, factor, typed));
      if (!right) {
        if (pending.tries() + 1 >= MAX_TRIES) {
          credentials.delete(subject, id);
        }
        return Optional.empty();
      }
      // Whoever removes it is the one who may use it.
      return credentials.delete(subject, id)
          ? Optional.of(new Confirmed(factor, Secret.of(pending.address())))
          : Optional.empty();
    }
    throw contended();
  }

  /**
   * An address that is somebody's.
   *
   * @param factor which codes go there
   * @param address the address
   */
  public record Confirmed(FactorType factor, Secret address) {
    /** Refuses null. */
    public Confirmed {
      Objects.requireNonNull(factor, "factor");
      Objects.requireNonNull(address, "address");
    }
  }

  private Optional<Credential> find(SubjectId subject, FactorType factor, CredentialId id) {
    return credentials.find(subject, factor).stream()
        .filter(each -> each.id().equals(id) && DeviceLabel.isPending(each))
        .findFirst();
  }

  private static CredentialId idOf(FactorType factor) {
    return new CredentialId(factor.id() + "-pending");
  }

  private byte[] hash(String keyId, SubjectId subject, FactorType factor, String code) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(keys.subkey(keyId, PURPOSE));
      for (String part : List.of(subject.value(), factor.id(), code)) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        mac.update(bytes);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new FaceLockException(
          "This Java runtime does not offer HMAC-SHA-256; enable its standard providers", e);
    }
  }

  private static FaceLockException.Store contended() {
    return new FaceLockException.Store(
        "This subject's address is being changed by many requests at a time: try again");
  }
}
