package io.github.facelock.core.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.Response;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.PasswordVerdict;
import io.github.facelock.core.fixtures.Logins;
import io.github.facelock.spi.Alert;
import io.github.facelock.spi.FactorContext;
import io.github.facelock.spi.FactorState;
import io.github.facelock.spi.Verification;
import io.github.facelock.spi.store.Credential;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A second PIN that opens like the first, and tells somebody in silence. */
class DuressPinTest {

  private static final SubjectId ANN = SubjectId.of("ann");
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final String PIN = "734285";
  private static final String FORCED = "190663";

  private final TinyCredentialStore store = new TinyCredentialStore();
  private final List<Alert> alerts = new ArrayList<>();
  private final Argon2idHasher hasher = hasher(64);
  private final PasswordEnroller pins = enroller(FactorType.PIN, hasher);
  private final PasswordFactor factor =
      new PasswordFactor(FactorType.PIN, store, hasher, alerts::add);

  private static Argon2idHasher hasher(int memory) {
    return new Argon2idHasher(new Argon2Parameters(memory, 1, 1), new SecureRandom());
  }

  private PasswordEnroller enroller(FactorType type, Argon2idHasher with) {
    return new PasswordEnroller(
        type, store, with, CommonSecrets.bundled(), Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private void annHasBoth() {
    assertThat(pins.set(ANN, Secret.of(PIN))).isEqualTo(PasswordVerdict.ACCEPTED);
    assertThat(pins.setDuress(ANN, Secret.of(FORCED))).isEqualTo(PasswordVerdict.ACCEPTED);
  }

  @Test
  void bothPinsOpenAndOneAlerts() {
    annHasBoth();
    assertThat(verify(PIN)).isEqualTo(new Verification.Verified(ANN, Map.of()));
    assertThat(alerts).isEmpty();

    assertThat(verify(FORCED)).isEqualTo(new Verification.Verified(ANN, Map.of("duress", "true")));
    assertThat(alerts)
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.cause()).isEqualTo(Alert.Cause.DURESS);
              assertThat(alert.subject()).contains(ANN);
              assertThat(alert.factor()).contains(FactorType.PIN);
              assertThat(alert.at()).isEqualTo(NOW);
              assertThat(alert.source()).isEqualTo("local");
              assertThat(alert.details()).containsOnly(Map.entry("transaction", "tx-1"));
            });
  }

  @Test
  void anyOtherPinIsWrongAndAlertsNobodyHere() {
    annHasBoth();
    assertThat(verify("555123"))
        .isEqualTo(new Verification.Refused("pin-wrong", Map.of("reason", "mismatch")));
    assertThat(alerts).isEmpty();
  }

  @Test
  void aSuspendedSubjectRaisesNoAlert() {
    annHasBoth();
    assertThat(verify(Logins.ofUnknown(ANN, NOW), FORCED))
        .isEqualTo(new Verification.Refused("pin-wrong", Map.of("reason", "not-enrolled")));
    assertThat(alerts).isEmpty();
  }

  /** One place to hash in that is used once: a second computation would find none. */
  @Test
  void oneComputationComparesWithBoth() {
    annHasBoth();
    String[] hashes = stored().split("\n", -1);
    assertThat(hashes).hasSize(2);
    String salt = hashes[0].split("\\$", -1)[4];
    assertThat(hashes[1].split("\\$", -1)[4]).isEqualTo(salt);
    assertThat(hashes[1]).isNotEqualTo(hashes[0]);
  }

  @Test
  void thePinsMustDiffer() {
    assertThat(pins.set(ANN, Secret.of(PIN))).isEqualTo(PasswordVerdict.ACCEPTED);
    assertThat(pins.setDuress(ANN, Secret.of(PIN))).isEqualTo(PasswordVerdict.SAME_AS_OTHER);
    assertThat(stored()).doesNotContain("\n");
    assertThat(pins.setDuress(ANN, Secret.of(FORCED))).isEqualTo(PasswordVerdict.ACCEPTED);
    String before = stored();
    assertThat(pins.set(ANN, Secret.of(FORCED))).isEqualTo(PasswordVerdict.SAME_AS_OTHER);
    assertThat(stored()).isEqualTo(before);
    assertThat(verify(PIN)).isEqualTo(new Verification.Verified(ANN, Map.of()));
  }

  @Test
  void theSecondPinNeedsAFirstOneAndTheSameRules() {
    assertThat(pins.setDuress(ANN, Secret.of(FORCED))).isEqualTo(PasswordVerdict.NO_PIN);
    assertThat(store.find(ANN, FactorType.PIN)).isEmpty();
    pins.set(ANN, Secret.of(PIN));
    assertThat(pins.setDuress(ANN, Secret.of("12"))).isEqualTo(PasswordVerdict.TOO_SHORT);
    assertThat(pins.setDuress(ANN, Secret.of("12a456"))).isEqualTo(PasswordVerdict.NOT_DIGITS);
    assertThat(pins.setDuress(ANN, Secret.of("111111"))).isEqualTo(PasswordVerdict.COMMON);
  }

  @Test
  void anotherPinLeavesTheSecondOneInForce() {
    annHasBoth();
    assertThat(pins.set(ANN, Secret.of("482905"))).isEqualTo(PasswordVerdict.ACCEPTED);
    assertThat(verify(PIN)).isInstanceOf(Verification.Refused.class);
    assertThat(verify("482905")).isEqualTo(new Verification.Verified(ANN, Map.of()));
    assertThat(verify(FORCED).details()).containsEntry("duress", "true");
  }

  @Test
  void theSecondPinCanBeReplacedAndRemoved() {
    annHasBoth();
    assertThat(pins.setDuress(ANN, Secret.of("482905"))).isEqualTo(PasswordVerdict.ACCEPTED);
    assertThat(verify(FORCED)).isInstanceOf(Verification.Refused.class);
    assertThat(verify("482905").details()).containsEntry("duress", "true");

    assertThat(pins.removeDuress(ANN)).isTrue();
    assertThat(pins.removeDuress(ANN)).isFalse();
    assertThat(verify("482905")).isInstanceOf(Verification.Refused.class);
    assertThat(verify(PIN)).isEqualTo(new Verification.Verified(ANN, Map.of()));
    assertThat(pins.removeDuress(SubjectId.of("ben"))).isFalse();
  }

  @Test
  void nothingInTheOpenTellsWhoHasASecondPin() {
    pins.set(ANN, Secret.of(PIN));
    Credential without = store.find(ANN, FactorType.PIN).get(0);
    pins.setDuress(ANN, Secret.of(FORCED));
    Credential with = store.find(ANN, FactorType.PIN).get(0);
    assertThat(with.attributes()).isEqualTo(without.attributes());
    assertThat(with.id()).isEqualTo(without.id());
    assertThat(store.find(ANN, FactorType.PIN)).hasSize(1);
  }

  /** A renewal would give one of them a salt of its own, and every later login two computations. */
  @Test
  void besideASecondPinAnOutdatedHashStays() {
    annHasBoth();
    String before = stored();
    PasswordFactor stricter = new PasswordFactor(FactorType.PIN, store, hasher(128), alerts::add);
    assertThat(stricter.verify(Logins.of(ANN, NOW), FactorState.empty(), Response.pin(PIN)))
        .isEqualTo(new Verification.Verified(ANN, Map.of()));
    assertThat(stored()).isEqualTo(before);
    pins.removeDuress(ANN);
    assertThat(stricter.verify(Logins.of(ANN, NOW), FactorState.empty(), Response.pin(PIN)))
        .isEqualTo(new Verification.Verified(ANN, Map.of("hash-renewed", "true")));
  }

  @Test
  void aPasswordHasNoSecondOne() {
    PasswordEnroller passwords = enroller(FactorType.PASSWORD, hasher);
    assertThatThrownBy(() -> passwords.setDuress(ANN, Secret.of(FORCED)))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> passwords.removeDuress(ANN)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void hashesThatDoNotBelongTogetherAreAFault() {
    annHasBoth();
    String other = hasher.hash(Secret.of(FORCED));
    assertFault(stored().split("\n", -1)[0] + "\n" + other);
    assertFault(stored().split("\n", -1)[0] + "\n");
  }

  private void assertFault(String secretData) {
    Credential credential = store.find(ANN, FactorType.PIN).get(0);
    assertThat(
            store.replace(
                credential.next(
                    credential.attributes(), secretData.getBytes(StandardCharsets.US_ASCII))))
        .isTrue();
    assertThatThrownBy(() -> verify(PIN)).isInstanceOf(FaceLockException.Store.class);
    assertThat(PasswordCredential.of(credential).toString()).contains("redacted");
  }

  @Test
  void whoeverFindsNoPlaceLearnsThatTheServerIsBusy() {
    annHasBoth();
    PasswordFactor full =
        new PasswordFactor(
            FactorType.PIN,
            store,
            new Argon2idHasher(
                new Argon2Parameters(64, 1, 1), new SecureRandom(), 0, Duration.ofMillis(1)),
            alerts::add);
    assertThatThrownBy(
            () -> full.verify(Logins.of(ANN, NOW), FactorState.empty(), Response.pin(PIN)))
        .isInstanceOf(FaceLockException.Busy.class);
  }

  private String stored() {
    return new String(
        store.find(ANN, FactorType.PIN).get(0).secretData(), StandardCharsets.US_ASCII);
  }

  private Verification verify(String pin) {
    return verify(Logins.of(ANN, NOW), pin);
  }

  private Verification verify(FactorContext context, String pin) {
    return factor.verify(context, FactorState.empty(), Response.pin(pin));
  }
}
