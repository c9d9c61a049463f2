package io.github.facelock.core.otp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.Response;
import io.github.facelock.api.SubjectId;
import io.github.facelock.core.crypto.EphemeralKeys;
import io.github.facelock.core.crypto.KeyRing;
import io.github.facelock.core.fixtures.Logins;
import io.github.facelock.core.fixtures.MapCredentialStore;
import io.github.facelock.core.fixtures.StoppedClock;
import io.github.facelock.spi.FactorContext;
import io.github.facelock.spi.FactorStart;
import io.github.facelock.spi.FactorState;
import io.github.facelock.spi.OtpMessage;
import io.github.facelock.spi.Verification;
import io.github.facelock.spi.Verification.Refused;
import io.github.facelock.spi.Verification.Verified;
import io.github.facelock.spi.store.Credential;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DeliveredCodeFactorTest {

  private static final SubjectId ALICE = SubjectId.of("alice");

  private final SecureRandom random = new SecureRandom();
  private final KeyRing keys = new KeyRing(new EphemeralKeys(random), random);
  private final StoppedClock clock = new StoppedClock(Instant.parse("2026-11-21T12:00:00Z"));
  private final RecordingAudit audit = new RecordingAudit();
  private final MapCredentialStore store = new MapCredentialStore();
  private final ScriptedChannel mail = new ScriptedChannel(FactorType.EMAIL_CODE);
  private final CodeDispatcher dispatcher =
      new CodeDispatcher(List.of(mail), audit, clock, DeliverySettings.ofDefaults());
  private final DeliveredCodeFactor factor = factor(FactorType.EMAIL_CODE);

  @BeforeEach
  void aliceHasAnAddress() {
    store.insert(address("a1", "old@example.org"));
    store.insert(address("a2", "alice@example.org"));
  }

  @AfterEach
  void close() {
    dispatcher.close();
  }

  @Test
  void theSentCodeIsRight() throws Exception {
    FactorStart start = factor.start(login());
    assertThat(start.parameters())
        .containsOnly(Map.entry("digits", "8"), Map.entry("validForSeconds", "300"));
    OtpMessage message = nextMail();
    assertThat(new String(message.destination().reveal())).isEqualTo("alice@example.org");
    assertThat(message.validFor()).isEqualTo(Duration.ofMinutes(5));
    String code = codeOf(message);
    assertThat(code).matches("[0-9]{8}");
    assertThat(verify(start.state(), code))
        .isInstanceOfSatisfying(
            Verified.class,
            v -> {
              assertThat(v.subject()).isEqualTo(ALICE);
              assertThat(v.details()).containsEntry("sends", "1");
            });
    assertThat(verify(start.state(), code.substring(0, 4) + " " + code.substring(4) + " "))
        .isInstanceOf(Verified.class);
    assertThat(verify(start.state(), code.substring(0, 4) + "-" + code.substring(4)))
        .isInstanceOf(Verified.class);
  }

  @Test
  void nothingIsSentBeforeThePersonChoosesThisFactor() {
    assertThat(factor.startsUnasked()).isFalse();
    assertThat(factor.type()).isEqualTo(FactorType.EMAIL_CODE);
    assertThat(factor(FactorType.SMS_CODE).type()).isEqualTo(FactorType.SMS_CODE);
  }

  @Test
  void theStateHoldsNoCode() throws Exception {
    FactorStart start = factor.start(login());
    String code = codeOf(nextMail());
    assertThat(new String(start.state().bytes(), StandardCharsets.ISO_8859_1)).doesNotContain(code);
  }

  @Test
  void anyOtherCodeIsWrong() throws Exception {
    FactorStart start = factor.start(login());
    char[] code = codeOf(nextMail()).toCharArray();
    for (int i = 0; i < code.length; i++) {
      char[] other = code.clone();
      other[i] = (char) ('0' + (other[i] - '0' + 1) % 10);
      assertRefused(verify(start.state(), new String(other)), "code-wrong");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1234567", "123456789", "abcdefgh", "١٢٣٤٥٦٧٨", "12345678\n"})
  void whatIsNoCodeIsWrong(String typed) {
    assertRefused(verify(factor.start(login()).state(), typed), "code-wrong");
  }

  @Test
  void otherAnswersAndAnAnswerBeforeAnySendingAreWrong() {
    FactorState state = factor.start(login()).state();
    assertRefused(
        factor.verify(login(), state, new Response.Choice(FactorType.EMAIL_CODE)), "code-wrong");
    assertRefused(
        factor.verify(login(), state, Response.emailCode("1".repeat(1000))), "code-wrong");
    assertRefused(verify(FactorState.empty(), "12345678"), "code-wrong");
  }

  @Test
  void aCodeExpires() throws Exception {
    FactorStart start = factor.start(login());
    String code = codeOf(nextMail());
    clock.advance(Duration.ofMinutes(5).minusMillis(1));
    assertThat(verify(start.state(), code)).isInstanceOf(Verified.class);
    clock.advance(Duration.ofMillis(1));
    assertRefused(verify(start.state(), code), "code-expired");
  }

  @Test
  void aCodeBelongsToItsTransactionFactorAndSubject() throws Exception {
    FactorStart start = factor.start(login());
    String code = codeOf(nextMail());
    FactorContext mine = login();
    FactorContext otherTransaction =
        new FactorContext(
            "tx-2", mine.claimed(), mine.subject(), mine.request(), mine.policy(), mine.now());
    assertRefused(
        factor.verify(otherTransaction, start.state(), Response.emailCode(code)), "code-wrong");
    FactorContext otherSubject = Logins.of(SubjectId.of("bob"), clock.instant());
    assertRefused(
        factor.verify(otherSubject, start.state(), Response.emailCode(code)), "code-wrong");
    assertRefused(
        factor(FactorType.SMS_CODE).verify(mine, start.state(), Response.emailCode(code)),
        "code-wrong");
  }

  @Test
  void unknownSuspendedAndUnaddressedPeopleAreAskedAlikeAndSentNothing() {
    Map<String, String> known = factor.start(login()).parameters();
    for (FactorContext login :
        List.of(
            Logins.ofUnknown(SubjectId.of("nobody"), clock.instant()),
            Logins.ofUnknown(ALICE, clock.instant()),
            Logins.ofNobody(clock.instant()),
            Logins.of(SubjectId.of("bob"), clock.instant()))) {
      FactorStart start = factor.start(login);
      assertThat(start.parameters()).isEqualTo(known);
      assertRefused(
          factor.verify(login, start.state(), Response.emailCode("12345678")), "code-wrong");
      clock.advance(Duration.ofSeconds(31));
      FactorContext later =
          new FactorContext(
              login.transaction(),
              login.claimed(),
              login.subject(),
              login.request(),
              login.policy(),
              clock.instant());
      assertThat(factor.restart(later, start.state()).parameters()).isEqualTo(known);
    }
    dispatcher.close();
    assertThat(audit.all()).hasSize(1);
    assertThat(mail.asked()).hasSize(1);
  }

  @Test
  void evenARightCodeIsRefusedWhereThereIsNobody() throws Exception {
    FactorStart start = factor.start(login());
    String code = codeOf(nextMail());
    assertRefused(
        factor.verify(
            Logins.ofUnknown(ALICE, clock.instant()), start.state(), Response.emailCode(code)),
        "code-wrong");
  }

  @Test
  void withinTheCoolDownTheEarlierCodeGoesOn() throws Exception {
    FactorStart first = factor.start(login());
    String code = codeOf(nextMail());
    clock.advance(Duration.ofSeconds(30).minusMillis(1));
    FactorStart again = factor.restart(login(), first.state());
    assertThat(again.parameters()).containsEntry("validForSeconds", "270");
    assertThat(verify(again.state(), code)).isInstanceOf(Verified.class);
    dispatcher.close();
    assertThat(mail.asked()).hasSize(1);
  }

  @Test
  void afterTheCoolDownANewCodeReplacesTheOldOne() throws Exception {
    FactorStart first = factor.start(login());
    OtpMessage one = nextMail();
    clock.advance(Duration.ofSeconds(30));
    FactorStart second = factor.restart(login(), first.state());
    OtpMessage two = nextMail();
    assertThat(two.id()).isNotEqualTo(one.id());
    assertThat(second.parameters()).containsEntry("validForSeconds", "300");
    assertThat(verify(second.state(), codeOf(two))).isInstanceOf(Verified.class);
    assertRefused(verify(second.state(), codeOf(one)), "code-wrong");
  }

  @Test
  void oneLoginSendsThreeCodes() throws Exception {
    FactorState state = factor.start(login()).state();
    nextMail();
    for (int i = 0; i < 6; i++) {
      clock.advance(Duration.ofSeconds(40));
      state = factor.restart(login(), state).state();
      if (i < 2) {
        nextMail();
      }
    }
    dispatcher.close();
    assertThat(mail.taken()).hasSize(3);
    assertThat(verify(state, codeOf(mail.taken().get(2)))).isInstanceOf(Verified.class);
    clock.advance(Duration.ofMinutes(10));
    assertThat(factor.restart(login(), state).parameters()).containsEntry("validForSeconds", "0");
  }

  @Test
  void restartingWithoutAStateStarts() throws Exception {
    FactorStart start = factor.restart(login(), FactorState.empty());
    assertThat(verify(start.state(), codeOf(nextMail()))).isInstanceOf(Verified.class);
  }

  @Test
  void aDamagedStateIsAFaultNotAVerdict() {
    byte[] good = factor.start(login()).state().bytes();
    byte[] longer = Arrays.copyOf(good, good.length + 1);
    byte[] shorter = Arrays.copyOf(good, good.length - 1);
    byte[] other = good.clone();
    other[0] = 2;
    for (byte[] bad : List.of(longer, shorter, other)) {
      assertThatThrownBy(() -> verify(FactorState.of(bad), "12345678"))
          .isInstanceOf(FaceLockException.Store.class)
          .hasMessageContaining("begin the login again");
    }
  }

  @Test
  void codesUseEveryDigitInEveryPlace() throws Exception {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      factor.start(login());
      String code = codeOf(nextMail());
      for (int place = 0; place < code.length(); place++) {
        seen.add(place + ":" + code.charAt(place));
      }
    }
    // A missing digit has a chance of 80 * 0.9^200 = 6e-8.
    assertThat(seen).hasSize(80);
  }

  @Test
  void rulesOutOfRangeAreRefused() {
    Duration minute = Duration.ofMinutes(1);
    assertThat(new DeliveredCodeRules(7, Duration.ofSeconds(1), Duration.ZERO, 1)).isNotNull();
    assertThat(new DeliveredCodeRules(10, minute.multipliedBy(10), minute.multipliedBy(10), 10))
        .isNotNull();
    assertRulesRefused(6, minute, minute, 3);
    assertRulesRefused(11, minute, minute, 3);
    assertRulesRefused(8, Duration.ofMillis(999), minute, 3);
    assertRulesRefused(8, Duration.ofMillis(600_001), minute, 3);
    assertRulesRefused(8, minute, Duration.ofMillis(-1), 3);
    assertRulesRefused(8, minute, Duration.ofMillis(600_001), 3);
    assertRulesRefused(8, minute, minute, 0);
    assertRulesRefused(8, minute, minute, 11);
  }

  private static void assertRulesRefused(int digits, Duration valid, Duration cool, int sends) {
    assertThatThrownBy(() -> new DeliveredCodeRules(digits, valid, cool, sends))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private DeliveredCodeFactor factor(FactorType type) {
    return new DeliveredCodeFactor(
        type, store, dispatcher, keys, random, DeliveredCodeRules.ofDefaults());
  }

  private static Credential address(String id, String address) {
    return Credential.create(
        new CredentialId(id),
        ALICE,
        FactorType.EMAIL_CODE,
        Instant.EPOCH,
        Map.of(),
        address.getBytes(StandardCharsets.UTF_8));
  }

  private FactorContext login() {
    return Logins.of(ALICE, clock.instant());
  }

  private OtpMessage nextMail() throws InterruptedException {
    audit.next();
    return mail.taken().get(mail.taken().size() - 1);
  }

  private static String codeOf(OtpMessage message) {
    return new String(message.code().reveal());
  }

  private Verification verify(FactorState state, String code) {
    return factor.verify(login(), state, Response.emailCode(code));
  }

  private static void assertRefused(Verification verdict, String cause) {
    assertThat(verdict)
        .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.cause()).isEqualTo(cause));
  }
}
