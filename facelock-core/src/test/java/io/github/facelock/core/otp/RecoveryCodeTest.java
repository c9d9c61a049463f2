package io.github.facelock.core.otp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.Response;
import io.github.facelock.api.SubjectId;
import io.github.facelock.core.AtOnce;
import io.github.facelock.core.fixtures.Logins;
import io.github.facelock.core.fixtures.MapCredentialStore;
import io.github.facelock.core.fixtures.StoppedClock;
import io.github.facelock.spi.Alert;
import io.github.facelock.spi.FactorState;
import io.github.facelock.spi.Verification;
import io.github.facelock.spi.store.Credential;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecoveryCodeTest {

  private static final SubjectId ALICE = SubjectId.of("alice");

  private final MapCredentialStore store = new MapCredentialStore();
  private final StoppedClock clock = new StoppedClock(Instant.parse("2026-11-21T12:00:00Z"));
  private final List<Alert> alerts = new CopyOnWriteArrayList<>();
  private final RecoveryCodes lists = new RecoveryCodes(store, clock, new SecureRandom(), 12);
  private final RecoveryCodeFactor factor = new RecoveryCodeFactor(store, alerts::add);

  private List<String> codes() {
    return lists.regenerate(ALICE).stream().map(code -> new String(code.reveal())).toList();
  }

  @Test
  void aListHasTwelveDifferentCodesOfEightyBits() {
    List<String> codes = codes();
    assertThat(codes).hasSize(12).allMatch(code -> code.matches("[A-Z2-7]{4}(-[A-Z2-7]{4}){3}"));
    assertThat(new HashSet<>(codes)).hasSize(12);
    assertThat(lists.left(ALICE)).isEqualTo(12);
    assertThat(store.rows())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.factor()).isEqualTo(FactorType.RECOVERY_CODE);
              assertThat(row.attributes()).containsOnlyKeys("made-at");
              String stored = new String(row.secretData(), StandardCharsets.ISO_8859_1);
              codes.forEach(code -> assertThat(stored).doesNotContain(code.substring(0, 4)));
            });
  }

  @Test
  void eachCodeWorksOnceAndTellsHowManyAreLeft() {
    List<String> codes = codes();
    for (int i = 0; i < 12; i++) {
      String left = Integer.toString(11 - i);
      assertThat(verify(codes.get(i)))
          .isEqualTo(new Verification.Verified(ALICE, Map.of("left", left)));
      assertThat(verify(codes.get(i))).isEqualTo(new Verification.Refused("code-reused", Map.of()));
      assertThat(lists.left(ALICE)).isEqualTo(11 - i);
      Alert alert = alerts.get(i);
      assertThat(alert.cause()).isEqualTo(Alert.Cause.RECOVERY_CODE_USED);
      assertThat(alert.subject()).contains(ALICE);
      assertThat(alert.factor()).contains(FactorType.RECOVERY_CODE);
      assertThat(alert.details()).containsOnly(Map.entry("left", left));
    }
    assertThat(alerts).hasSize(12);
  }

  @Test
  void peopleTypeAsTheyLike() {
    List<String> codes = codes();
    assertThat(verify(codes.get(0).toLowerCase(Locale.ROOT)))
        .isInstanceOf(Verification.Verified.class);
    assertThat(verify(codes.get(1).replace("-", ""))).isInstanceOf(Verification.Verified.class);
    assertThat(verify(" " + codes.get(2).replace('-', ' ')))
        .isInstanceOf(Verification.Verified.class);
    assertThat(verify(codes.get(3).replace('O', '0').replace('I', '1').replace('B', '8')))
        .isInstanceOf(Verification.Verified.class);
  }

  @Test
  void newCodesEndTheOldOnes() {
    List<String> old = codes();
    clock.advance(Duration.ofDays(1));
    List<String> fresh = codes();
    assertThat(verify(old.get(0))).isEqualTo(new Verification.Refused("code-wrong", Map.of()));
    assertThat(verify(fresh.get(0))).isInstanceOf(Verification.Verified.class);
    assertThat(store.rows()).hasSize(1);
    assertThat(store.rows().get(0).attributes()).containsEntry("made-at", "2026-11-22T12:00:00Z");
  }

  @Test
  void aCodeWorksOnceUnderAHundredTriesAtATime() {
    String code = codes().get(5);
    List<Verification> verdicts = AtOnce.call(100, i -> verify(code));
    assertThat(verdicts).filteredOn(Verification.Verified.class::isInstance).hasSize(1);
    assertThat(alerts).hasSize(1);
  }

  @Test
  void differentCodesAtATimeAllWork() {
    List<String> codes = codes();
    List<Verification> verdicts = AtOnce.call(12, i -> verify(codes.get(i)));
    assertThat(verdicts).allMatch(Verification.Verified.class::isInstance);
    assertThat(lists.left(ALICE)).isZero();
  }

  @Test
  void whoIsUnknownOrHasNoListIsRefused() {
    String code = codes().get(0);
    Verification refused = new Verification.Refused("code-wrong", Map.of("detail", "not-enrolled"));
    assertThat(
            factor.verify(
                Logins.ofUnknown(ALICE, clock.instant()),
                FactorState.empty(),
                Response.recoveryCode(code)))
        .isEqualTo(refused);
    assertThat(
            factor.verify(
                Logins.of(SubjectId.of("bob"), clock.instant()),
                FactorState.empty(),
                Response.recoveryCode(code)))
        .isEqualTo(refused);
    assertThat(
            factor.verify(
                Logins.ofNobody(clock.instant()), FactorState.empty(), Response.recoveryCode(code)))
        .isEqualTo(refused);
    assertThat(lists.left(SubjectId.of("bob"))).isZero();
    assertThat(alerts).isEmpty();
    assertThat(lists.left(ALICE)).isEqualTo(12);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "AAAA",
        "AAAA-AAAA-AAAA-AAA",
        "AAAA-AAAA-AAAA-AAAAA",
        "AAAA-AAAA-AAAA-AAA9",
        "AAAA-AAAA-AAAA-AAA\u0661",
        "AAAA-AAAA-AAAA-AAA{"
      })
  void malformedAnswersAreRefused(String typed) {
    codes();
    assertThat(verify(typed))
        .isEqualTo(new Verification.Refused("code-wrong", Map.of("detail", "malformed")));
  }

  @Test
  void anotherKindOfAnswerIsRefused() {
    assertThat(
            factor.verify(
                Logins.of(ALICE, clock.instant()),
                FactorState.empty(),
                new Response.Fields(FactorType.RECOVERY_CODE, Map.of())))
        .isEqualTo(new Verification.Refused("code-wrong", Map.of("detail", "not-text")));
    assertThat(factor.type()).isEqualTo(FactorType.RECOVERY_CODE);
    assertThat(factor.start(Logins.of(ALICE, clock.instant())).parameters()).isEmpty();
  }

  @Test
  void manyLostRacesLetNobodyIn() {
    String code = codes().get(0);
    store.loseRaces();
    assertThat(verify(code))
        .isEqualTo(new Verification.Refused("code-reused", Map.of("detail", "contended")));
    assertThat(alerts).isEmpty();
    assertThatThrownBy(() -> lists.regenerate(ALICE))
        .isInstanceOf(FaceLockException.Store.class)
        .hasMessageContaining("try again");
  }

  @Test
  void otherNumbersOfCodesAreRefused() {
    for (int count : new int[] {9, 21}) {
      assertThatThrownBy(() -> new RecoveryCodes(store, clock, new SecureRandom(), count))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(new RecoveryCodes(store, clock, new SecureRandom(), 10).regenerate(ALICE))
        .hasSize(10);
    assertThat(new RecoveryCodes(store, clock, new SecureRandom(), 20).regenerate(ALICE))
        .hasSize(20);
    assertThat(lists.left(ALICE)).isEqualTo(20);
  }

  @Test
  void aDamagedListIsAFaultNotAVerdict() {
    String code = codes().get(0);
    Credential good = store.rows().get(0);
    for (byte[] head : new byte[][] {{2, 12}, {1, 0}, {1, 21}, {1, 11}, {1, -1}}) {
      byte[] damaged = good.secretData();
      damaged[0] = head[0];
      damaged[1] = head[1];
      assertFault(good.withSecretData(damaged), code);
    }
    assertFault(good.withSecretData(new byte[0]), code);
    assertFault(
        good.withSecretData(Arrays.copyOf(good.secretData(), good.secretData().length - 1)), code);
  }

  private void assertFault(Credential damaged, String code) {
    store.overwrite(0, damaged);
    assertThatThrownBy(() -> verify(code))
        .isInstanceOf(FaceLockException.Store.class)
        .hasMessageContaining("new codes");
  }

  private Verification verify(String code) {
    return factor.verify(
        Logins.of(ALICE, clock.instant()), FactorState.empty(), Response.recoveryCode(code));
  }

  @Test
  void theCodesNeverPrint() {
    assertThat(lists.regenerate(ALICE).toString()).contains("redacted").doesNotContain("-");
  }
}
