package io.github.facelock.core.otp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.core.AtOnce;
import io.github.facelock.core.crypto.EphemeralKeys;
import io.github.facelock.core.crypto.KeyRing;
import io.github.facelock.core.fixtures.Logins;
import io.github.facelock.core.fixtures.MapCredentialStore;
import io.github.facelock.core.fixtures.StoppedClock;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.OtpMessage;
import io.github.facelock.spi.store.Credential;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AddressConfirmationTest {

  private static final SubjectId ALICE = SubjectId.of("alice");
  private static final Secret ADDRESS = Secret.of("new@example.org");

  private final MapCredentialStore store = new MapCredentialStore();
  private final StoppedClock clock = new StoppedClock(Instant.parse("2026-11-21T12:00:00Z"));
  private final SecureRandom random = new SecureRandom();
  private final KeyRing keys = new KeyRing(new EphemeralKeys(random), random);
  private final RecordingAudit audit = new RecordingAudit();
  private final ScriptedChannel mail = new ScriptedChannel(FactorType.EMAIL_CODE);
  private final ScriptedChannel sms = new ScriptedChannel(FactorType.SMS_CODE);
  private final CodeDispatcher dispatcher =
      new CodeDispatcher(List.of(mail, sms), audit, clock, DeliverySettings.ofDefaults());
  private final AddressConfirmation confirmation =
      new AddressConfirmation(store, dispatcher, keys, random, clock);

  @AfterEach
  void close() {
    dispatcher.close();
  }

  private CredentialId begin(FactorType factor, Secret address) {
    return confirmation.begin(
        ALICE, factor, address, RequestContext.from("192.0.2.9").withLocale(Locale.GERMAN));
  }

  private OtpMessage sent(ScriptedChannel channel) throws InterruptedException {
    assertThat(audit.next().type()).isEqualTo(AuditEvent.Type.CODE_SENT);
    return channel.taken().get(channel.taken().size() - 1);
  }

  private static Secret codeOf(OtpMessage message) {
    return message.code();
  }

  @Test
  void theCodeGoesToTheNewAddressAndConfirmsItOnce() throws Exception {
    CredentialId pending = begin(FactorType.EMAIL_CODE, ADDRESS);
    OtpMessage message = sent(mail);
    assertThat(message.destination()).isEqualTo(ADDRESS);
    assertThat(message.locale()).isEqualTo(Locale.GERMAN);
    assertThat(message.validFor()).isEqualTo(Duration.ofMinutes(10));
    assertThat(new String(codeOf(message).reveal())).matches("[0-9]{8}");
    assertThat(audit.all().get(0).subject()).contains(ALICE);
    assertThat(audit.all().get(0).source()).isEqualTo("192.0.2.9");

    assertThat(confirmation.confirm(ALICE, pending, codeOf(message)))
        .contains(new AddressConfirmation.Confirmed(FactorType.EMAIL_CODE, ADDRESS));
    assertThat(confirmation.confirm(ALICE, pending, codeOf(message))).isEmpty();
    assertThat(store.rows()).isEmpty();
  }

  @Test
  void aTelephoneNumberIsConfirmedInE164() throws Exception {
    CredentialId pending = begin(FactorType.SMS_CODE, Secret.of("+49 151 23456789"));
    OtpMessage message = sent(sms);
    assertThat(confirmation.confirm(ALICE, pending, codeOf(message)))
        .contains(
            new AddressConfirmation.Confirmed(FactorType.SMS_CODE, Secret.of("+4915123456789")));
  }

  @Test
  void aPendingAddressGetsNoCodesOfLogins() throws Exception {
    CredentialId pending = begin(FactorType.EMAIL_CODE, ADDRESS);
    OtpMessage message = sent(mail);
    DeliveredCodeFactor factor =
        new DeliveredCodeFactor(
            FactorType.EMAIL_CODE,
            store,
            dispatcher,
            keys,
            random,
            DeliveredCodeRules.ofDefaults());
    factor.start(Logins.of(ALICE, clock.instant()));
    AddressEnroller addresses = new AddressEnroller(FactorType.EMAIL_CODE, store, clock);
    addresses.set(ALICE, Secret.of("old@example.org"));
    factor.start(Logins.of(ALICE, clock.instant()));
    assertThat(sent(mail).destination()).isEqualTo(Secret.of("old@example.org"));
    assertThat(mail.taken()).hasSize(2);

    assertThat(confirmation.confirm(ALICE, pending, codeOf(message))).isPresent();
    addresses.set(ALICE, ADDRESS);
    factor.start(Logins.of(ALICE, clock.instant()));
    assertThat(sent(mail).destination()).isEqualTo(ADDRESS);
    assertThat(store.rows()).hasSize(1);
  }

  @Test
  void fiveWrongCodesEndIt() throws Exception {
    CredentialId pending = begin(FactorType.EMAIL_CODE, ADDRESS);
    Secret right = codeOf(sent(mail));
    for (int i = 0; i < 5; i++) {
      assertThat(confirmation.confirm(ALICE, pending, Secret.of(i == 0 ? "x" : "00000000")))
          .isEmpty();
    }
    assertThat(confirmation.confirm(ALICE, pending, right)).isEmpty();
    assertThat(store.rows()).isEmpty();
  }

  @Test
  void theFifthTryMayBeRight() throws Exception {
    CredentialId pending = begin(FactorType.EMAIL_CODE, ADDRESS);
    Secret right = codeOf(sent(mail));
    for (int i = 0; i < 4; i++) {
      confirmation.confirm(ALICE, pending, Secret.of("00000000"));
    }
    assertThat(confirmation.confirm(ALICE, pending, right)).isPresent();
  }

  @Test
  void aCodeWorksForTenMinutes() throws Exception {
    CredentialId pending = begin(FactorType.EMAIL_CODE, ADDRESS);
    Secret right = codeOf(sent(mail));
    clock.advance(Duration.ofMinutes(10));
    assertThat(confirmation.confirm(ALICE, pending, right)).isEmpty();
    assertThat(store.rows()).isEmpty();

    pending = begin(FactorType.EMAIL_CODE, ADDRESS);
    right = codeOf(sent(mail));
    clock.advance(Duration.ofMinutes(10).minusMillis(1));
    assertThat(confirmation.confirm(ALICE, pending, right)).isPresent();
  }

  @Test
  void aSecondBeginEndsTheFirst() throws Exception {
    begin(FactorType.EMAIL_CODE, Secret.of("typo@example.org"));
    Secret first = codeOf(sent(mail));
    CredentialId pending = begin(FactorType.EMAIL_CODE, ADDRESS);
    Secret second = codeOf(sent(mail));
    assertThat(confirmation.confirm(ALICE, pending, first)).isEmpty();
    assertThat(confirmation.confirm(ALICE, pending, second))
        .hasValueSatisfying(found -> assertThat(found.address()).isEqualTo(ADDRESS));
  }

  @Test
  void ofAHundredAtATimeOneConfirms() throws Exception {
    CredentialId pending = begin(FactorType.EMAIL_CODE, ADDRESS);
    Secret right = codeOf(sent(mail));
    List<Optional<AddressConfirmation.Confirmed>> found =
        AtOnce.call(100, i -> confirmOrGiveUp(pending, right));
    assertThat(found).filteredOn(Optional::isPresent).hasSizeBetween(1, 1);
  }

  private Optional<AddressConfirmation.Confirmed> confirmOrGiveUp(CredentialId id, Secret code) {
    try {
      return confirmation.confirm(ALICE, id, code);
    } catch (FaceLockException.Store contended) {
      return Optional.empty();
    }
  }

  @Test
  void somebodyElsesOrAnotherCredentialIsNotConfirmed() throws Exception {
    CredentialId pending = begin(FactorType.EMAIL_CODE, ADDRESS);
    Secret right = codeOf(sent(mail));
    assertThat(confirmation.confirm(SubjectId.of("bob"), pending, right)).isEmpty();
    assertThat(confirmation.confirm(ALICE, new CredentialId("other"), right)).isEmpty();
    assertThat(confirmation.confirm(ALICE, new CredentialId("sms-code-pending"), right)).isEmpty();
    assertThat(confirmation.confirm(ALICE, pending, right)).isPresent();
  }

  @Test
  void theStoreHoldsNoCodeAndTheAddressInItsSecretPartOnly() throws Exception {
    begin(FactorType.EMAIL_CODE, ADDRESS);
    String code = new String(codeOf(sent(mail)).reveal());
    Credential row = store.rows().get(0);
    assertThat(row.attributes()).containsOnly(Map.entry("state", "pending"));
    assertThat(new String(row.secretData(), StandardCharsets.ISO_8859_1)).doesNotContain(code);
    assertThat(row.toString()).doesNotContain("example");
  }

  @Test
  void malformedAddressesAndMissingChannelsAreRefused() {
    assertThatThrownBy(() -> begin(FactorType.EMAIL_CODE, Secret.of("a@b@c")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("a@b");
    assertThatThrownBy(() -> begin(FactorType.SMS_CODE, Secret.of("0151 23456789")))
        .isInstanceOf(IllegalArgumentException.class);
    try (CodeDispatcher none =
        new CodeDispatcher(List.of(mail), audit, clock, DeliverySettings.ofDefaults())) {
      assertThatThrownBy(
              () ->
                  new AddressConfirmation(store, none, keys, random, clock)
                      .begin(
                          ALICE,
                          FactorType.SMS_CODE,
                          Secret.of("+4915123456789"),
                          RequestContext.local()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("codeChannel");
    }
    assertThat(store.rows()).isEmpty();
  }

  @Test
  void lostRacesAreAFaultWithACure() throws Exception {
    CredentialId pending = begin(FactorType.EMAIL_CODE, ADDRESS);
    Secret right = codeOf(sent(mail));
    store.loseRaces();
    assertThatThrownBy(() -> confirmation.confirm(ALICE, pending, right))
        .isInstanceOf(FaceLockException.Store.class)
        .hasMessageContaining("try again");
    assertThatThrownBy(() -> begin(FactorType.EMAIL_CODE, ADDRESS))
        .isInstanceOf(FaceLockException.Store.class);
  }

  @Test
  void aDamagedPendingAddressIsAFault() {
    CredentialId pending = begin(FactorType.EMAIL_CODE, ADDRESS);
    Credential good = store.rows().get(0);
    byte[] other = good.secretData();
    other[0] = 9;
    for (byte[] damaged : new byte[][] {other, new byte[0], Arrays.copyOf(good.secretData(), 20)}) {
      store.overwrite(0, good.withSecretData(damaged));
      assertThatThrownBy(() -> confirmation.confirm(ALICE, pending, Secret.of("00000000")))
          .isInstanceOf(FaceLockException.Store.class)
          .hasMessageContaining("again");
    }
  }
}
