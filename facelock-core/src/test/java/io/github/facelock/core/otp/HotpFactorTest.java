package io.github.facelock.core.otp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.Response;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.HotpParameters;
import io.github.facelock.api.enrolment.HotpProvisioning;
import io.github.facelock.api.enrolment.TotpParameters.Algorithm;
import io.github.facelock.core.AtOnce;
import io.github.facelock.core.fixtures.Logins;
import io.github.facelock.core.fixtures.MapCredentialStore;
import io.github.facelock.core.fixtures.StoppedClock;
import io.github.facelock.spi.FactorState;
import io.github.facelock.spi.Verification;
import io.github.facelock.spi.store.Credential;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HotpFactorTest {

  private static final SubjectId ALICE = SubjectId.of("alice");
  private static final byte[] RFC_SECRET =
      "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

  /** RFC 4226, appendix D, from counter 0 on. */
  private static final List<String> RFC_CODES =
      List.of(
          "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871",
          "520489");

  private final MapCredentialStore store = new MapCredentialStore();
  private final StoppedClock clock = new StoppedClock(Instant.parse("2026-11-21T12:00:00Z"));
  private final HotpEnroller enroller = new HotpEnroller(store, clock, new SecureRandom(), "Acme");
  private final HotpFactor factor = new HotpFactor(store, 3);

  /** The token of appendix D, confirmed with its first code: counter 1 is next. */
  private CredentialId token() {
    HotpProvisioning pending =
        enroller.begin(
            ALICE,
            new HotpParameters(6, 0, Optional.of(Secret.of(Base32.encode(RFC_SECRET)))),
            "fob");
    assertThat(enroller.confirm(ALICE, pending.credential(), Secret.of(RFC_CODES.get(0)))).isTrue();
    return pending.credential();
  }

  @Test
  void theCodesOfAppendixDWorkInTheirOrderAndOnce() {
    CredentialId id = token();
    for (String code : RFC_CODES.subList(1, 10)) {
      assertThat(verify(code))
          .isEqualTo(new Verification.Verified(ALICE, Map.of("credential", id.value())));
      assertRefused(verify(code), "code-reused");
    }
  }

  @ParameterizedTest
  @CsvSource({"1,true", "2,true", "3,true", "4,true", "5,false"})
  void threePressesMayBeLost(int counter, boolean accepted) {
    token();
    assertThat(verify(RFC_CODES.get(counter)) instanceof Verification.Verified).isEqualTo(accepted);
  }

  @Test
  void aCodeSpendsTheOnesBeforeIt() {
    token();
    assertThat(verify(RFC_CODES.get(3))).isInstanceOf(Verification.Verified.class);
    assertRefused(verify(RFC_CODES.get(1)), "code-reused");
    assertRefused(verify(RFC_CODES.get(2)), "code-reused");
    assertThat(verify(RFC_CODES.get(4))).isInstanceOf(Verification.Verified.class);
  }

  @Test
  void aWindowOfNothingTakesTheNextCodeOnly() {
    token();
    HotpFactor strict = new HotpFactor(store, 0);
    assertThat(
            strict.verify(
                Logins.of(ALICE, clock.instant()),
                FactorState.empty(),
                Response.hotp(RFC_CODES.get(2))))
        .isInstanceOf(Verification.Refused.class);
    assertThat(
            strict.verify(
                Logins.of(ALICE, clock.instant()),
                FactorState.empty(),
                Response.hotp(RFC_CODES.get(1))))
        .isInstanceOf(Verification.Verified.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 51})
  void aWiderWindowIsRefused(int window) {
    assertThatThrownBy(() -> new HotpFactor(store, window))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(new HotpFactor(store, 50).type()).isEqualTo(FactorType.HOTP);
  }

  @Test
  void aCodeWorksOnceUnderAHundredTriesAtATime() {
    token();
    List<Verification> verdicts = AtOnce.call(100, i -> verify(RFC_CODES.get(1)));
    assertThat(verdicts).filteredOn(Verification.Verified.class::isInstance).hasSize(1);
  }

  @Test
  void whoIsUnknownOrHasNoTokenIsRefused() {
    token();
    assertThat(
            factor.verify(
                Logins.ofUnknown(ALICE, clock.instant()),
                FactorState.empty(),
                Response.hotp(RFC_CODES.get(1))))
        .isEqualTo(new Verification.Refused("code-wrong", Map.of("detail", "unknown-subject")));
    assertThat(
            factor.verify(
                Logins.of(SubjectId.of("bob"), clock.instant()),
                FactorState.empty(),
                Response.hotp(RFC_CODES.get(1))))
        .isEqualTo(new Verification.Refused("code-wrong", Map.of("detail", "no-device-match")));
    assertThat(
            factor.verify(
                Logins.ofNobody(clock.instant()),
                FactorState.empty(),
                Response.hotp(RFC_CODES.get(1))))
        .isInstanceOf(Verification.Refused.class);
    assertThat(verify(RFC_CODES.get(1))).isInstanceOf(Verification.Verified.class);
  }

  @Test
  void malformedAnswersAreRefused() {
    token();
    for (String typed :
        List.of("", "28708", "287082123", "28708a", "\u0662\u0668\u0667\u0660\u0668\u0662")) {
      assertThat(verify(typed))
          .isEqualTo(new Verification.Refused("code-wrong", Map.of("detail", "malformed")));
    }
    assertThat(
            factor.verify(
                Logins.of(ALICE, clock.instant()),
                FactorState.empty(),
                new Response.Fields(FactorType.HOTP, Map.of())))
        .isEqualTo(new Verification.Refused("code-wrong", Map.of("detail", "not-text")));
    assertThat(verify(" 287-082")).isInstanceOf(Verification.Verified.class);
  }

  @Test
  void eachOfSeveralTokensWorks() {
    token();
    HotpProvisioning second = enroller.begin(ALICE, HotpParameters.of(8), "spare");
    byte[] secret = Base32.decode(new String(second.secret().reveal())).orElseThrow();
    assertThat(secret).hasSize(20);
    assertThat(
            enroller.confirm(
                ALICE, second.credential(), Secret.of(Hotp.code(Algorithm.SHA1, secret, 0, 8))))
        .isTrue();
    assertThat(verify(Hotp.code(Algorithm.SHA1, secret, 1, 8)))
        .isEqualTo(
            new Verification.Verified(ALICE, Map.of("credential", second.credential().value())));
    assertThat(verify(RFC_CODES.get(1))).isInstanceOf(Verification.Verified.class);
    assertThat(new String(second.uri().reveal()))
        .startsWith("otpauth://hotp/Acme:alice?secret=" + new String(second.secret().reveal()))
        .endsWith("&issuer=Acme&algorithm=SHA1&digits=8&counter=0");
  }

  @Test
  void aPendingTokenWorksOnlyAfterItsFirstCode() {
    HotpProvisioning pending =
        enroller.begin(
            ALICE,
            new HotpParameters(6, 0, Optional.of(Secret.of(Base32.encode(RFC_SECRET)))),
            "fob");
    assertRefused(verify(RFC_CODES.get(0)), "code-wrong");
    assertThat(enroller.confirm(ALICE, pending.credential(), Secret.of("000000"))).isFalse();
    assertThat(enroller.confirm(ALICE, pending.credential(), Secret.of("nonsense"))).isFalse();
    assertThat(enroller.confirm(SubjectId.of("bob"), pending.credential(), Secret.of("755224")))
        .isFalse();
    assertThat(enroller.confirm(ALICE, new CredentialId("other"), Secret.of("755224"))).isFalse();
    assertThat(enroller.confirm(ALICE, pending.credential(), Secret.of("755224"))).isTrue();
    assertThat(enroller.confirm(ALICE, pending.credential(), Secret.of("287082"))).isFalse();
    assertRefused(verify("755224"), "code-reused");
  }

  @Test
  void atMostTwentyPressesMayBeLostBeforeTheConfirmation() {
    byte[] secret = new byte[20];
    for (int lost : new int[] {20, 21}) {
      HotpProvisioning pending =
          enroller.begin(
              ALICE,
              new HotpParameters(8, 5, Optional.of(Secret.of(Base32.encode(secret)))),
              "fob");
      assertThat(
              enroller.confirm(
                  ALICE,
                  pending.credential(),
                  Secret.of(Hotp.code(Algorithm.SHA1, secret, 5 + lost, 8))))
          .isEqualTo(lost == 20);
    }
  }

  @Test
  void aTokenThatRanAwayIsFoundByTwoCodesInARow() {
    CredentialId id = token();
    assertRefused(verify(at(101)), "code-wrong");
    assertThat(resynchronise(id, at(101), at(103))).isFalse();
    assertThat(resynchronise(id, at(102), at(103))).as("beyond the window").isFalse();
    assertThat(resynchronise(id, at(0), at(1))).as("spent").isFalse();
    assertThat(resynchronise(id, "1", "2")).isFalse();
    assertThat(enroller.resynchronise(SubjectId.of("bob"), id, Secret.of(at(5)), Secret.of(at(6))))
        .isFalse();
    assertThat(resynchronise(id, at(101), at(102))).isTrue();
    assertRefused(verify(at(102)), "code-reused");
    assertThat(verify(at(103))).isInstanceOf(Verification.Verified.class);
  }

  @Test
  void aPendingTokenIsNotResynchronised() {
    HotpProvisioning pending =
        enroller.begin(
            ALICE,
            new HotpParameters(6, 0, Optional.of(Secret.of(Base32.encode(RFC_SECRET)))),
            "fob");
    assertThat(resynchronise(pending.credential(), at(5), at(6))).isFalse();
  }

  private boolean resynchronise(CredentialId id, String first, String second) {
    return enroller.resynchronise(ALICE, id, Secret.of(first), Secret.of(second));
  }

  private static String at(long counter) {
    return Hotp.code(Algorithm.SHA1, RFC_SECRET, counter, 6);
  }

  @Test
  void aSubjectHasAtMostFiveTokens() {
    HotpProvisioning late =
        enroller.begin(
            ALICE,
            new HotpParameters(6, 0, Optional.of(Secret.of(Base32.encode(RFC_SECRET)))),
            "late");
    for (int i = 0; i < 5; i++) {
      token();
    }
    assertThatThrownBy(() -> enroller.begin(ALICE, HotpParameters.of(6), "sixth"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("remove one");
    assertThat(enroller.confirm(ALICE, late.credential(), Secret.of("755224"))).isFalse();
  }

  @Test
  void unconfirmedTokensAreRemovedAfterAnHourAndTheOldestOfMany() {
    HotpProvisioning old = enroller.begin(ALICE, HotpParameters.of(6), "old");
    clock.advance(Duration.ofHours(1));
    enroller.begin(ALICE, HotpParameters.of(6), "young");
    assertThat(store.rows()).as("one hour exactly is not older").hasSize(2);
    clock.advance(Duration.ofSeconds(1));
    enroller.begin(ALICE, HotpParameters.of(6), "younger");
    assertThat(store.rows()).hasSize(2).noneMatch(row -> row.id().equals(old.credential()));
    for (int i = 0; i < 5; i++) {
      enroller.begin(ALICE, HotpParameters.of(6), "more");
    }
    assertThat(store.rows()).hasSize(5);
  }

  @Test
  void malformedParametersAreRefused() {
    for (int digits : new int[] {5, 9}) {
      assertThatThrownBy(() -> HotpParameters.of(digits))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new HotpParameters(6, -1, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
    for (String seed : List.of("", "1", Base32.encode(new byte[15]), Base32.encode(new byte[65]))) {
      assertThatThrownBy(
              () ->
                  enroller.begin(
                      ALICE, new HotpParameters(6, 0, Optional.of(Secret.of(seed))), "fob"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("seed");
    }
    for (String label : List.of("", " ", "a\nb", "x".repeat(65), "\u2028")) {
      assertThatThrownBy(() -> enroller.begin(ALICE, HotpParameters.of(6), label))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("label");
    }
    assertThat(store.rows()).isEmpty();
    enroller.begin(
        ALICE,
        new HotpParameters(6, 0, Optional.of(Secret.of(Base32.encode(new byte[16])))),
        "x".repeat(64));
    enroller.begin(
        ALICE,
        new HotpParameters(6, 0, Optional.of(Secret.of(Base32.encode(new byte[64])))),
        "fob");
  }

  @Test
  void aCounterAtItsEndDoesNotOverflow() {
    HotpProvisioning pending =
        enroller.begin(
            ALICE,
            new HotpParameters(
                6, Long.MAX_VALUE - 30, Optional.of(Secret.of(Base32.encode(RFC_SECRET)))),
            "old");
    assertThat(enroller.confirm(ALICE, pending.credential(), Secret.of(at(Long.MAX_VALUE - 30))))
        .isTrue();
    assertRefused(verify("000000"), "code-wrong");
  }

  @Test
  void aDamagedCredentialIsAFaultNotAVerdict() {
    token();
    Credential good = store.rows().get(0);
    for (int at : new int[] {0, 1, 2}) {
      for (byte value : new byte[] {99, -1}) {
        byte[] damaged = good.secretData();
        damaged[at] = value;
        assertFault(good.withSecretData(damaged));
      }
    }
    byte[] negative = good.secretData();
    negative[3] = -1;
    assertFault(good.withSecretData(negative));
    assertFault(good.withSecretData(new byte[0]));
    assertFault(good.withSecretData(Arrays.copyOf(good.secretData(), 11)));
    assertFault(good.withSecretData(Arrays.copyOf(good.secretData(), 76)));
    store.overwrite(0, good.withSecretData(Arrays.copyOf(good.secretData(), 75)));
    assertRefused(verify("000000"), "code-wrong");
  }

  private void assertFault(Credential damaged) {
    store.overwrite(0, damaged);
    assertThatThrownBy(() -> verify("123456"))
        .isInstanceOf(FaceLockException.Store.class)
        .hasMessageContaining("enrol");
  }

  private Verification verify(String code) {
    return factor.verify(
        Logins.of(ALICE, clock.instant()), FactorState.empty(), Response.hotp(code));
  }

  private static void assertRefused(Verification verdict, String cause) {
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verification.Refused.class, refused -> assertThat(refused.cause()).isEqualTo(cause));
  }
}
