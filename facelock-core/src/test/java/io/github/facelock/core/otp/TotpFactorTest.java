package io.github.facelock.core.otp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.Response;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.TotpParameters;
import io.github.facelock.api.enrolment.TotpProvisioning;
import io.github.facelock.core.fixtures.Logins;
import io.github.facelock.core.fixtures.MapCredentialStore;
import io.github.facelock.core.fixtures.StoppedClock;
import io.github.facelock.spi.FactorContext;
import io.github.facelock.spi.FactorStart;
import io.github.facelock.spi.FactorState;
import io.github.facelock.spi.Verification;
import io.github.facelock.spi.Verification.Refused;
import io.github.facelock.spi.Verification.Verified;
import io.github.facelock.spi.store.Credential;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TotpFactorTest {

  private static final SubjectId ALICE = SubjectId.of("alice");
  private static final Duration STEP = Duration.ofSeconds(30);

  private final StoppedClock clock = new StoppedClock(Instant.parse("2026-11-21T12:00:10Z"));
  private final MapCredentialStore store = new MapCredentialStore();
  private final TotpEnroller enroller = new TotpEnroller(store, clock, new SecureRandom(), "Acme");
  private final TotpFactor factor = new TotpFactor(store);

  @Test
  void aCodeWorksOnce() {
    byte[] secret = enrolled();
    Response code = codeAt(secret, clock.instant());
    assertThat(verify(code))
        .isInstanceOfSatisfying(Verified.class, v -> assertThat(v.subject()).isEqualTo(ALICE));
    assertRefused(verify(code), "code-reused");
    clock.advance(STEP);
    assertRefused(verify(code), "code-reused");
    assertThat(verify(codeAt(secret, clock.instant()))).isInstanceOf(Verified.class);
  }

  @Test
  void anEarlierStepIsSpentWithALaterOne() {
    byte[] secret = enrolled();
    Response earlier = codeAt(secret, clock.instant());
    assertThat(verify(codeAt(secret, clock.instant().plus(STEP)))).isInstanceOf(Verified.class);
    assertRefused(verify(earlier), "code-reused");
  }

  @Test
  void theSkewOfThePolicyIsTheWindow() {
    byte[] secret = enrolled();
    Instant now = clock.instant();
    for (int skew = 0; skew <= 2; skew++) {
      FactorContext login = Logins.of(ALICE, now, skew);
      assertRefused(
          verify(login, codeAt(secret, now.minus(STEP.multipliedBy(skew + 1L)))), "code-wrong");
      assertRefused(
          verify(login, codeAt(secret, now.plus(STEP.multipliedBy(skew + 1L)))), "code-wrong");
    }
    assertThat(verify(Logins.of(ALICE, now, 2), codeAt(secret, now.minus(STEP.multipliedBy(2)))))
        .isInstanceOf(Verified.class);
    assertThat(verify(Logins.of(ALICE, now, 2), codeAt(secret, now.plus(STEP.multipliedBy(2)))))
        .isInstanceOf(Verified.class);
  }

  @Test
  void ofAHundredParallelTriesOneSucceeds() throws Exception {
    Response code = codeAt(enrolled(), clock.instant());
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Verification>> tries = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        tries.add(() -> verify(code));
      }
      int granted = 0;
      for (Future<Verification> done : pool.invokeAll(tries)) {
        if (done.get() instanceof Verified) {
          granted++;
        } else {
          assertRefused(done.get(), "code-reused");
        }
      }
      assertThat(granted).isEqualTo(1);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void aLostRaceIsRefused() {
    byte[] secret = enrolled();
    store.loseRaces();
    assertRefused(verify(codeAt(secret, clock.instant())), "code-reused");
  }

  @Test
  void aConfirmationThatLosesARaceDoesNotCount() {
    TotpProvisioning pending = enroller.begin(ALICE, TotpParameters.COMPATIBLE, "app");
    store.loseRaces();
    assertThat(enroller.confirm(ALICE, pending.credential(), code(secretOf(pending)))).isFalse();
  }

  @Test
  void startingAsksForACodeAndRemembersNothing() {
    FactorStart start = factor.start(Logins.of(ALICE, clock.instant()));
    assertThat(start.parameters()).isEmpty();
    assertThat(start.state().bytes()).isEmpty();
  }

  @Test
  void everyAppOfTheSubjectWorks() {
    byte[] phone = enrolled();
    byte[] tablet = enrolled();
    assertThat(verify(codeAt(tablet, clock.instant()))).isInstanceOf(Verified.class);
    assertThat(verify(codeAt(phone, clock.instant()))).isInstanceOf(Verified.class);
  }

  @Test
  void aPendingAppDoesNotWork() {
    TotpProvisioning pending = enroller.begin(ALICE, TotpParameters.COMPATIBLE, "app");
    assertRefused(verify(codeAt(secretOf(pending), clock.instant())), "code-wrong");
  }

  @Test
  void unknownSuspendedAndUnenrolledPeopleAreRefusedAlike() {
    byte[] secret = enrolled();
    Response right = codeAt(secret, clock.instant());
    assertRefused(verify(Logins.ofUnknown(ALICE, clock.instant()), right), "code-wrong");
    assertRefused(verify(Logins.ofNobody(clock.instant()), right), "code-wrong");
    assertRefused(verify(Logins.of(SubjectId.of("bob"), clock.instant()), right), "code-wrong");
    assertRefused(
        verify(
            Logins.ofUnknown(SubjectId.of("carol"), clock.instant()),
            codeAt(new byte[20], clock.instant())),
        "code-wrong");
    assertThat(verify(right)).as("nothing was spent").isInstanceOf(Verified.class);
  }

  @Test
  void theStoreIsAskedForUnknownPeopleToo() {
    int before = store.finds();
    verify(Logins.ofUnknown(ALICE, clock.instant()), Response.totp("123456"));
    assertThat(store.finds()).isEqualTo(before + 1);
  }

  @Test
  void aCodeMayBeTypedInGroups() {
    String code = totpCode(enrolled(), clock.instant());
    assertThat(verify(Response.totp(" " + code.substring(0, 3) + " " + code.substring(3) + " ")))
        .isInstanceOf(Verified.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "12345",
        "123456789",
        "abcdef",
        "12345a",
        "١٢٣٤٥٦",
        "１２３４５６",
        "123\n456",
        "+12345",
        "-12345",
        "123/56",
        "123:56"
      })
  void whatIsNoCodeIsRefused(String typed) {
    enrolled();
    assertRefused(verify(Response.totp(typed)), "code-wrong");
  }

  @Test
  void aThousandCharactersAndOtherKindsOfAnswerAreRefused() {
    enrolled();
    assertRefused(verify(Response.totp("1".repeat(1000))), "code-wrong");
    assertRefused(verify(new Response.Choice(FactorType.TOTP)), "code-wrong");
    assertRefused(verify(new Response.Fields(FactorType.TOTP, Map.of())), "code-wrong");
  }

  @Test
  void theCodeThatConfirmsDoesNotLogIn() {
    TotpProvisioning pending = enroller.begin(ALICE, TotpParameters.COMPATIBLE, "app");
    byte[] secret = secretOf(pending);
    assertThat(enroller.confirm(ALICE, pending.credential(), code(secret))).isTrue();
    assertRefused(verify(codeAt(secret, clock.instant())), "code-reused");
  }

  @Test
  void onlyARightCodeConfirmsAndOnlyOnce() {
    TotpProvisioning pending = enroller.begin(ALICE, TotpParameters.COMPATIBLE, "app");
    byte[] secret = secretOf(pending);
    CredentialId id = pending.credential();
    assertThat(enroller.confirm(ALICE, id, Secret.of("nonsense"))).isFalse();
    assertThat(
            enroller.confirm(
                ALICE, id, Secret.of(totpCode(secret, clock.instant().plus(STEP.multipliedBy(2))))))
        .isFalse();
    assertThat(enroller.confirm(SubjectId.of("bob"), id, code(secret))).isFalse();
    assertThat(enroller.confirm(ALICE, new CredentialId("other"), code(secret))).isFalse();
    assertThat(store.rows().get(0).attributes())
        .containsEntry(DeviceLabel.STATE, DeviceLabel.PENDING);
    assertThat(enroller.confirm(ALICE, id, code(secret))).isTrue();
    assertThat(store.rows().get(0).attributes())
        .containsEntry(DeviceLabel.STATE, DeviceLabel.ACTIVE);
    clock.advance(STEP);
    assertThat(enroller.confirm(ALICE, id, code(secret))).isFalse();
  }

  @Test
  void whatIsPendingForAnHourIsRemovedByTheNextBegin() {
    TotpProvisioning old = enroller.begin(ALICE, TotpParameters.COMPATIBLE, "app");
    clock.advance(Duration.ofHours(1));
    enroller.begin(ALICE, TotpParameters.COMPATIBLE, "app");
    assertThat(store.rows()).as("one hour exactly is not older").hasSize(2);
    clock.advance(Duration.ofSeconds(1));
    assertThat(enroller.confirm(ALICE, old.credential(), code(secretOf(old)))).isFalse();
    enroller.begin(ALICE, TotpParameters.COMPATIBLE, "app");
    assertThat(store.rows()).hasSize(2).noneMatch(c -> c.id().equals(old.credential()));
  }

  @Test
  void aSubjectHasAtMostFiveApps() {
    TotpProvisioning late = enroller.begin(ALICE, TotpParameters.COMPATIBLE, "app");
    for (int i = 0; i < 5; i++) {
      enrolled();
    }
    assertThatThrownBy(() -> enroller.begin(ALICE, TotpParameters.COMPATIBLE, "app"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("remove one");
    assertThat(enroller.confirm(ALICE, late.credential(), code(secretOf(late)))).isFalse();
  }

  @Test
  void aSixthPendingAppPushesTheOldestOut() {
    TotpProvisioning oldest = enroller.begin(ALICE, TotpParameters.COMPATIBLE, "app");
    for (int i = 0; i < 5; i++) {
      enroller.begin(ALICE, TotpParameters.COMPATIBLE, "app");
    }
    assertThat(store.rows()).hasSize(5).noneMatch(c -> c.id().equals(oldest.credential()));
  }

  @Test
  void aSecretHas160BitsAndIsShownOnce() {
    TotpProvisioning one = enroller.begin(ALICE, TotpParameters.COMPATIBLE, "app");
    TotpProvisioning two = enroller.begin(ALICE, TotpParameters.COMPATIBLE, "app");
    assertThat(secretOf(one)).hasSize(20).isNotEqualTo(secretOf(two));
    assertThat(new String(one.uri().reveal()))
        .contains("secret=" + new String(one.secret().reveal()));
    assertThat(one.toString()).doesNotContain(new String(one.secret().reveal()));
  }

  @Test
  void eightDigitsOfSha512ForSixtySecondsWork() {
    TotpParameters strong =
        new TotpParameters(TotpParameters.Algorithm.SHA512, 8, Duration.ofSeconds(60));
    TotpProvisioning pending = enroller.begin(ALICE, strong, "app");
    byte[] secret = secretOf(pending);
    String code = new Totp(strong).code(secret, clock.instant());
    assertThat(enroller.confirm(ALICE, pending.credential(), Secret.of(code))).isTrue();
    clock.advance(Duration.ofSeconds(60));
    assertThat(verify(Response.totp(new Totp(strong).code(secret, clock.instant()))))
        .isInstanceOf(Verified.class);
  }

  @Test
  void aDamagedCredentialIsAFaultNotAVerdict() {
    enrolled();
    Credential good = store.rows().get(0);
    for (int at = 0; at < 5; at++) {
      byte[] damaged = good.secretData();
      damaged[at] = 99;
      assertFault(good.withSecretData(damaged));
      damaged[at] = -1;
      assertFault(good.withSecretData(damaged));
    }
    byte[] drifted = good.secretData();
    drifted[5] = 21;
    assertFault(good.withSecretData(drifted));
    drifted[5] = -21;
    assertFault(good.withSecretData(drifted));
    assertFault(good.withSecretData(new byte[0]));
    assertFault(good.withSecretData(Arrays.copyOf(good.secretData(), 14)));
    assertFault(good.withSecretData(Arrays.copyOf(good.secretData(), 143)));
    store.overwrite(0, good.withSecretData(Arrays.copyOf(good.secretData(), 142)));
    assertRefused(verify(Response.totp("000000")), "code-wrong");
  }

  private void assertFault(Credential damaged) {
    store.overwrite(0, damaged);
    assertThatThrownBy(() -> verify(Response.totp("123456")))
        .isInstanceOf(FaceLockException.Store.class)
        .hasMessageContaining("enrol");
  }

  /** An active app; the step that confirmed it is past. */
  private byte[] enrolled() {
    TotpProvisioning pending = enroller.begin(ALICE, TotpParameters.COMPATIBLE, "app");
    byte[] secret = secretOf(pending);
    StoppedClock earlier = new StoppedClock(clock.instant().minus(STEP.multipliedBy(10)));
    TotpEnroller before = new TotpEnroller(store, earlier, new SecureRandom(), "Acme");
    assertThat(
            before.confirm(
                ALICE, pending.credential(), Secret.of(totpCode(secret, earlier.instant()))))
        .isTrue();
    return secret;
  }

  private static byte[] secretOf(TotpProvisioning provisioning) {
    return Base32.decode(new String(provisioning.secret().reveal())).orElseThrow();
  }

  private Secret code(byte[] secret) {
    return Secret.of(totpCode(secret, clock.instant()));
  }

  private static String totpCode(byte[] secret, Instant at) {
    return new Totp(TotpParameters.COMPATIBLE).code(secret, at);
  }

  private static Response codeAt(byte[] secret, Instant at) {
    return Response.totp(totpCode(secret, at));
  }

  private Verification verify(Response response) {
    return verify(Logins.of(ALICE, clock.instant()), response);
  }

  private Verification verify(FactorContext login, Response response) {
    return factor.verify(login, FactorState.empty(), response);
  }

  private static void assertRefused(Verification verdict, String cause) {
    assertThat(verdict)
        .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.cause()).isEqualTo(cause));
  }
}
