package io.github.facelock.core.otp;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.Response;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.core.crypto.KeyRing;
import io.github.facelock.spi.Factor;
import io.github.facelock.spi.FactorContext;
import io.github.facelock.spi.FactorStart;
import io.github.facelock.spi.FactorState;
import io.github.facelock.spi.OtpMessage;
import io.github.facelock.spi.Verification;
import io.github.facelock.spi.Verification.Refused;
import io.github.facelock.spi.Verification.Verified;
import io.github.facelock.spi.store.Credential;
import io.github.facelock.spi.store.CredentialStore;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.Mac;

/**
 * A code that is drawn here and sent to an address of the subject. Thread-safe; the state is in the
 * login.
 *
 * <p><strong>Security guarantees.</strong> The login keeps an HMAC of the code only, bound to the
 * transaction, the factor and the claimed subject. A code works once, because the handle that leads
 * to its state does; and tries are few, because {@link
 * io.github.facelock.api.policy.Policy#triesPerStep()} bounds them for the transaction: a verdict
 * cannot change this factor's state, so it keeps no count of its own. For people who are unknown or
 * have no address, a code is drawn, hashed and handed over likewise, nothing is sent, and no answer
 * is right.
 *
 * <p>The address is the secret part of a credential of this factor, in UTF-8; of several, the one
 * made last counts, and none that is pending.
 */
public final class DeliveredCodeFactor implements Factor {

  private static final String PURPOSE = "delivered-code";
  private static final String WRONG = "code-wrong";

  /** In place of an address that is not on file; nothing is sent to it. */
  private static final Credential NOBODYS =
      Credential.create(
          new CredentialId("nobodys"),
          SubjectId.of("nobody"),
          FactorType.EMAIL_CODE,
          Instant.EPOCH,
          Map.of(),
          "nobody@example.invalid".getBytes(StandardCharsets.UTF_8));

  private final FactorType type;
  private final CredentialStore addresses;
  private final CodeDispatcher dispatcher;
  private final KeyRing keys;
  private final SecureRandom random;
  private final DeliveredCodeRules rules;

  /**
   * Makes a factor.
   *
   * @param type for example {@link FactorType#EMAIL_CODE}
   * @param addresses holds the addresses as credentials of this type
   * @param dispatcher sends, apart from the request
   * @param keys gives the key of the hash
   * @param random draws codes
   * @param rules how codes look and live
   */
  public DeliveredCodeFactor(
      FactorType type,
      CredentialStore addresses,
      CodeDispatcher dispatcher,
      KeyRing keys,
      SecureRandom random,
      DeliveredCodeRules rules) {
    this.type = Objects.requireNonNull(type, "type");
    this.addresses = Objects.requireNonNull(addresses, "addresses");
    this.dispatcher = Objects.requireNonNull(dispatcher, "dispatcher");
    this.keys = Objects.requireNonNull(keys, "keys");
    this.random = Objects.requireNonNull(random, "random");
    this.rules = Objects.requireNonNull(rules, "rules");
  }

  @Override
  public FactorType type() {
    return type;
  }

  /** A message costs money and patience: none goes out before the person has chosen it. */
  @Override
  public boolean startsUnasked() {
    return false;
  }

  @Override
  public FactorStart start(FactorContext context) {
    return send(context, 1);
  }

  @Override
  public FactorStart restart(FactorContext context, FactorState state) {
    if (state.bytes().length == 0) {
      return start(context);
    }
    SentCode sent = SentCode.of(state);
    if (sent.coolsDown(context.now(), rules) || sent.sends() >= rules.maxSends()) {
      return question(context, sent);
    }
    return send(context, sent.sends() + 1);
  }

  @Override
  public Verification verify(FactorContext context, FactorState state, Response response) {
    Objects.requireNonNull(context, "context");
    Objects.requireNonNull(response, "response");
    if (!(response instanceof Response.Text text)) {
      return refused("not-text");
    }
    if (state.bytes().length == 0) {
      return refused("never-sent");
    }
    SentCode sent = SentCode.of(state);
    Optional<String> typed = TypedCode.digits(text.secret(), rules.digits(), rules.digits());
    if (typed.isEmpty()) {
      return refused("malformed");
    }
    boolean right = sent.hasHash(hash(context, sent.keyId(), typed.get()));
    if (!context.now().isBefore(sent.expiresAt(rules))) {
      return new Refused("code-expired", Map.of());
    }
    Optional<SubjectId> subject = context.subject();
    if (subject.isEmpty() || !sent.addressed()) {
      return refused("no-address");
    }
    return right
        ? new Verified(subject.get(), Map.of("sends", Integer.toString(sent.sends())))
        : new Refused(WRONG, Map.of());
  }

  private FactorStart send(FactorContext context, int sends) {
    String code = CodeDigits.draw(random, rules.digits());
    // Looked up for unknown and suspended people too, so that the store takes the same time.
    List<Credential> found =
        context.claimed().map(claimed -> addresses.find(claimed, type)).orElse(List.of()).stream()
            .filter(each -> !DeviceLabel.isPending(each))
            .toList();
    boolean addressed = context.subject().isPresent() && !found.isEmpty();
    String keyId = keys.currentKeyId();
    SentCode sent =
        new SentCode(keyId, context.now(), sends, addressed, hash(context, keyId, code));
    Credential address = addressed ? found.get(found.size() - 1) : NOBODYS;
    CodeDelivery delivery = delivery(context, address, code, sent);
    if (addressed) {
      dispatcher.dispatch(delivery);
    } else {
      dispatcher.pretend(delivery);
    }
    return question(context, sent);
  }

  private CodeDelivery delivery(
      FactorContext context, Credential address, String code, SentCode sent) {
    OtpMessage message =
        new OtpMessage(
            context.transaction() + "/" + type.id() + "/" + sent.sends(),
            Secret.of(new String(address.secretData(), StandardCharsets.UTF_8)),
            Secret.of(code),
            rules.validFor(),
            context.request().locale());
    return new CodeDelivery(
        message,
        type,
        address.subject(),
        context.transaction(),
        context.request().source(),
        sent.expiresAt(rules));
  }

  private FactorStart question(FactorContext context, SentCode sent) {
    return new FactorStart(
        Map.of(
            "digits", Integer.toString(rules.digits()),
            "validForSeconds", Long.toString(sent.remaining(context.now(), rules).toSeconds())),
        sent.encoded());
  }

  private byte[] hash(FactorContext context, String keyId, String code) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(keys.subkey(keyId, PURPOSE));
      update(mac, context.transaction());
      update(mac, type.id());
      update(mac, context.claimed().map(SubjectId::value).orElse(""));
      update(mac, code);
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new FaceLockException(
          "This Java runtime does not offer HMAC-SHA-256; enable its standard providers", e);
    }
  }

  /** With the length before it, so that no two lists of parts have the same bytes. */
  private static void update(Mac mac, String part) {
    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
    mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    mac.update(bytes);
  }

  private static Refused refused(String detail) {
    return new Refused(WRONG, Map.of("detail", detail));
  }
}
