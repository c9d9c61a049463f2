package io.github.facelock.core.otp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.Response;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.AuthenticatorDevice;
import io.github.facelock.api.enrolment.HotpParameters;
import io.github.facelock.api.enrolment.TotpParameters;
import io.github.facelock.api.enrolment.TotpProvisioning;
import io.github.facelock.core.fixtures.Logins;
import io.github.facelock.core.fixtures.MapCredentialStore;
import io.github.facelock.core.fixtures.StoppedClock;
import io.github.facelock.core.store.memory.MemoryAttemptStore;
import io.github.facelock.spi.FactorState;
import io.github.facelock.spi.Verification;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Apps over their life: several of them, with labels, and with clocks that run away. */
class TotpDevicesTest {

  private static final SubjectId ALICE = SubjectId.of("alice");
  private static final Duration STEP = Duration.ofSeconds(30);

  private final MapCredentialStore store = new MapCredentialStore();
  private final StoppedClock clock = new StoppedClock(Instant.parse("2026-11-21T12:00:00Z"));
  private final TotpEnroller enroller = new TotpEnroller(store, clock, new SecureRandom(), "Acme");
  private final TotpFactor factor = new TotpFactor(store);
  private final AuthenticatorDevices devices = new AuthenticatorDevices(store);

  private final Totp totp = new Totp(TotpParameters.COMPATIBLE);
  private byte[] secret = new byte[0];

  private CredentialId app() {
    TotpProvisioning pending = enroller.begin(ALICE, TotpParameters.COMPATIBLE, "telephone");
    secret = Base32.decode(new String(pending.secret().reveal())).orElseThrow();
    assertThat(enroller.confirm(ALICE, pending.credential(), Secret.of(codeAt(0)))).isTrue();
    clock.advance(Duration.ofHours(1));
    return pending.credential();
  }

  /** What an app shows whose clock is so many steps ahead. */
  private String codeAt(int steps) {
    return totp.code(secret, clock.instant().plus(STEP.multipliedBy(steps)));
  }

  private boolean resynchronise(CredentialId id, String first, String second) {
    return enroller.resynchronise(ALICE, id, Secret.of(first), Secret.of(second));
  }

  @ParameterizedTest
  @ValueSource(ints = {-20, -7, 0, 1, 13, 20})
  void anAppWhoseClockRanAwayIsFollowed(int steps) {
    CredentialId id = app();
    if (Math.abs(steps) > 1) {
      assertThat(verify(codeAt(steps))).isInstanceOf(Verification.Refused.class);
    }
    assertThat(resynchronise(id, codeAt(steps - 1), codeAt(steps))).isTrue();

    assertThat(verify(codeAt(steps))).as("spent").isInstanceOf(Verification.Refused.class);
    clock.advance(STEP.multipliedBy(3));
    assertThat(verify(codeAt(steps))).isInstanceOf(Verification.Verified.class);
    clock.advance(Duration.ofDays(30));
    assertThat(verify(codeAt(steps + 1))).isInstanceOf(Verification.Verified.class);
    clock.advance(STEP.multipliedBy(3));
    assertThat(verify(codeAt(steps + 2))).isInstanceOf(Verification.Refused.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {-21, 21, 1000})
  void anAppThatIsFurtherAwayIsNotFollowed(int steps) {
    CredentialId id = app();
    assertThat(resynchronise(id, codeAt(steps - 1), codeAt(steps))).isFalse();
  }

  @Test
  void onlyTwoCodesInARowMoveTheWindow() {
    CredentialId id = app();
    assertThat(resynchronise(id, codeAt(5), codeAt(4))).isFalse();
    assertThat(resynchronise(id, codeAt(5), codeAt(5))).isFalse();
    assertThat(resynchronise(id, codeAt(5), codeAt(7))).isFalse();
    assertThat(resynchronise(id, codeAt(5), "12345")).isFalse();
    assertThat(resynchronise(id, "x", codeAt(6))).isFalse();
    assertThat(resynchronise(new CredentialId("other"), codeAt(5), codeAt(6))).isFalse();
    assertThat(
            enroller.resynchronise(
                SubjectId.of("bob"), id, Secret.of(codeAt(5)), Secret.of(codeAt(6))))
        .isFalse();
    assertThat(resynchronise(id, codeAt(5), codeAt(6))).isTrue();
  }

  @Test
  void spentCodesDoNotResynchronise() {
    CredentialId id = app();
    assertThat(resynchronise(id, codeAt(5), codeAt(6))).isTrue();
    assertThat(resynchronise(id, codeAt(5), codeAt(6))).isFalse();
    assertThat(resynchronise(id, codeAt(6), codeAt(7))).as("the first is spent").isFalse();
    assertThat(resynchronise(id, codeAt(7), codeAt(8))).isTrue();
  }

  @Test
  void aPendingAppIsNotResynchronised() {
    TotpProvisioning pending = enroller.begin(ALICE, TotpParameters.COMPATIBLE, "telephone");
    secret = Base32.decode(new String(pending.secret().reveal())).orElseThrow();
    assertThat(resynchronise(pending.credential(), codeAt(0), codeAt(1))).isFalse();
  }

  @Test
  void aLostRaceIsNoSuccess() {
    CredentialId id = app();
    store.loseRaces();
    assertThat(resynchronise(id, codeAt(5), codeAt(6))).isFalse();
  }

  @Test
  void tenTriesAnHourAreEnough() {
    ResyncLimit limit = new ResyncLimit(new MemoryAttemptStore(clock), clock);
    for (int i = 0; i < 10; i++) {
      assertThat(limit.permits(ALICE)).isTrue();
    }
    assertThat(limit.permits(ALICE)).isFalse();
    assertThat(limit.permits(SubjectId.of("bob"))).isTrue();
    clock.advance(Duration.ofMinutes(6));
    assertThat(limit.permits(ALICE)).isTrue();
    assertThat(limit.permits(ALICE)).isFalse();
  }

  @Test
  void appsAndTokensAreListedWithTheirLabels() {
    CredentialId first = app();
    TotpProvisioning second = enroller.begin(ALICE, TotpParameters.COMPATIBLE, "tablet");
    clock.advance(STEP);
    CredentialId fob =
        new HotpEnroller(store, clock, new SecureRandom(), "Acme")
            .begin(ALICE, HotpParameters.of(6), "key fob")
            .credential();

    List<AuthenticatorDevice> listed = devices.list(ALICE);
    assertThat(listed)
        .extracting(AuthenticatorDevice::credential)
        .containsExactly(first, second.credential(), fob);
    assertThat(listed)
        .extracting(AuthenticatorDevice::label)
        .containsExactly("telephone", "tablet", "key fob");
    assertThat(listed)
        .extracting(AuthenticatorDevice::confirmed)
        .containsExactly(true, false, false);
    assertThat(listed.get(2).factor()).isEqualTo(FactorType.HOTP);
    assertThat(listed.get(2).addedAt()).isEqualTo(clock.instant());
    assertThat(devices.list(SubjectId.of("bob"))).isEmpty();
  }

  @Test
  void aLabelChangesAndNothingElse() {
    CredentialId id = app();
    TotpProvisioning pending = enroller.begin(ALICE, TotpParameters.COMPATIBLE, "tablet");
    assertThat(devices.rename(ALICE, id, "old telephone")).contains(FactorType.TOTP);
    assertThat(devices.rename(ALICE, pending.credential(), "\u30bf\u30d6")).isPresent();
    assertThat(devices.rename(ALICE, new CredentialId("other"), "x")).isEmpty();
    assertThat(devices.rename(SubjectId.of("bob"), id, "x")).isEmpty();
    for (String label : List.of("", "\t", "a\u2029b", "x".repeat(65))) {
      assertThatThrownBy(() -> devices.rename(ALICE, id, label))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(devices.list(ALICE))
        .extracting(AuthenticatorDevice::label)
        .containsExactly("old telephone", "\u30bf\u30d6");
    assertThat(devices.list(ALICE))
        .extracting(AuthenticatorDevice::confirmed)
        .containsExactly(true, false);
    assertThat(verify(codeAt(0))).isInstanceOf(Verification.Verified.class);
  }

  @Test
  void manyLostRacesAreAFaultWithACure() {
    CredentialId id = app();
    store.loseRaces();
    assertThatThrownBy(() -> devices.rename(ALICE, id, "x"))
        .isInstanceOf(FaceLockException.Store.class)
        .hasMessageContaining("try again");
  }

  private Verification verify(String code) {
    return factor.verify(
        Logins.of(ALICE, clock.instant()), FactorState.empty(), Response.totp(code));
  }
}
