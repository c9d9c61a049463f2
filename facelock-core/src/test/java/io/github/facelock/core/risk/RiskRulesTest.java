package io.github.facelock.core.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.policy.Policies;
import io.github.facelock.core.AtOnce;
import io.github.facelock.core.fixtures.MapCredentialStore;
import io.github.facelock.core.risk.FailureVelocity.Per;
import io.github.facelock.core.store.memory.MemoryAttemptStore;
import io.github.facelock.spi.FactorContext;
import io.github.facelock.spi.RiskFinding;
import io.github.facelock.spi.RiskResponse;
import io.github.facelock.spi.RiskRule;
import io.github.facelock.spi.store.Credential;
import io.github.facelock.test.MutableClock;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class RiskRulesTest {

  private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");
  private static final SubjectId ANN = SubjectId.of("ann");
  private static final SubjectId BEN = SubjectId.of("ben");
  private static final SubjectId NOBODY = SubjectId.of("nobody");
  private static final Set<RiskResponse> STEP = Set.of(RiskResponse.ADD_STEP);

  private final MutableClock clock = MutableClock.at(NOON);
  private final MemoryAttemptStore attempts = new MemoryAttemptStore(clock);
  private final MapCredentialStore credentials = new MapCredentialStore();
  private final NewNetwork networks = new NewNetwork(credentials, new SecureRandom(), STEP);

  private static FactorContext at(Instant now) {
    return login(Optional.of(ANN), "192.0.2.7", now);
  }

  private static FactorContext login(Optional<SubjectId> claimed, String source, Instant now) {
    return new FactorContext(
        "tx",
        claimed,
        claimed.filter(subject -> !subject.equals(NOBODY)),
        RequestContext.from(source),
        Policies.door(),
        now);
  }

  private FactorContext from(SubjectId claimed, String source) {
    return login(Optional.of(claimed), source, clock.instant());
  }

  private boolean isNew(SubjectId claimed, String source) {
    RiskFinding finding = networks.assess(from(claimed, source));
    assertThat(finding).isIn(RiskFinding.nothing(), new RiskFinding(STEP, Map.of("new", "true")));
    return !finding.equals(RiskFinding.nothing());
  }

  @Test
  void aNetworkIsNewUntilALoginFromItWasGranted() {
    assertThat(isNew(ANN, "192.0.2.7")).isTrue();
    assertThat(isNew(ANN, "192.0.2.7")).as("looking is not logging in").isTrue();
    networks.granted(from(ANN, "192.0.2.7"));

    assertThat(isNew(ANN, "192.0.2.7")).isFalse();
    assertThat(isNew(ANN, "192.0.2.200")).as("the same 24 bits").isFalse();
    assertThat(isNew(ANN, "::ffff:192.0.2.1")).as("the same address, written otherwise").isFalse();
    assertThat(isNew(ANN, "192.0.3.7")).isTrue();
    assertThat(isNew(BEN, "192.0.2.7")).as("another subject's").isTrue();
    assertThat(isNew(NOBODY, "192.0.2.7")).isTrue();
  }

  @Test
  void longAddressesAreComparedByTheirFirst48BitsAndNamesWhole() {
    networks.granted(from(ANN, "2001:db8:1:2::9"));
    networks.granted(from(ANN, "front-door"));

    assertThat(isNew(ANN, "2001:db8:1:ffff::1")).isFalse();
    assertThat(isNew(ANN, "2001:db8:2::1")).isTrue();
    assertThat(isNew(ANN, "front-door")).isFalse();
    assertThat(isNew(ANN, "back-door")).isTrue();
  }

  @Test
  void theLatestTwentyNetworksAreRemembered() {
    for (int i = 0; i < 20; i++) {
      networks.granted(from(ANN, "10.0." + i + ".1"));
    }
    networks.granted(from(ANN, "10.0.0.1"));
    networks.granted(from(ANN, "10.1.0.1"));

    assertThat(isNew(ANN, "10.0.0.1")).as("used lately").isFalse();
    assertThat(isNew(ANN, "10.0.1.1")).as("used longest ago").isTrue();
    assertThat(isNew(ANN, "10.0.2.1")).isFalse();
    assertThat(isNew(ANN, "10.1.0.1")).isFalse();
    assertThat(credentials.rows()).hasSize(1);
  }

  @Test
  void networksAreKeptAsKeyedHashes() {
    networks.granted(from(ANN, "192.0.2.7"));
    networks.granted(from(BEN, "192.0.2.7"));

    List<Credential> rows = credentials.rows();
    assertThat(rows).extracting(row -> row.factor().id()).containsOnly("known-networks");
    assertThat(rows.get(0).secretData()).hasSize(1 + 32 + 16);
    assertThat(rows.get(0).secretData()).isNotEqualTo(rows.get(1).secretData());
    assertThat(new String(rows.get(0).secretData(), StandardCharsets.ISO_8859_1))
        .doesNotContain("192.0.2")
        .doesNotContain("c00002");
    assertThat(rows.get(0).attributes()).isEmpty();
  }

  @Test
  void aDamagedRecordOfNetworksIsAFault() {
    networks.granted(from(ANN, "192.0.2.7"));
    Credential row = credentials.rows().get(0);
    for (byte[] bytes : List.of(new byte[0], new byte[40], new byte[49])) {
      credentials.overwrite(0, row.withSecretData(bytes));
      assertThatThrownBy(() -> networks.assess(from(ANN, "192.0.2.7")))
          .isInstanceOf(FaceLockException.Store.class)
          .hasMessageContaining("known-networks");
    }
  }

  @Test
  void anIdentificationHasNoNetworksYet() {
    assertThat(networks.assess(login(Optional.empty(), "192.0.2.7", NOON)))
        .isEqualTo(RiskFinding.nothing());
  }

  @RepeatedTest(3)
  void parallelGrantsAreAllRemembered() {
    AtOnce.call(
        15,
        i -> {
          networks.granted(from(ANN, "10.0." + i + ".1"));
          return i;
        });
    for (int i = 0; i < 15; i++) {
      assertThat(isNew(ANN, "10.0." + i + ".1")).as("network %d", i).isFalse();
    }
  }

  @Test
  void aLostRaceIsGivenUpQuietly() {
    networks.granted(from(ANN, "192.0.2.7"));
    credentials.loseRaces();
    networks.granted(from(ANN, "10.0.0.1"));

    assertThat(isNew(ANN, "10.0.0.1")).as("strange the next time again").isTrue();
  }

  // Hours.

  private static ImpossibleHour hours(String zone, String from, String to, DayOfWeek... days) {
    return new ImpossibleHour(
        ZoneId.of(zone),
        LocalTime.parse(from),
        LocalTime.parse(to),
        Set.of(days),
        Set.of(RiskResponse.DENY));
  }

  private static boolean impossible(RiskRule rule, String instant) {
    return !rule.assess(at(Instant.parse(instant))).equals(RiskFinding.nothing());
  }

  @Test
  void officeHoursEndToTheSecond() {
    ImpossibleHour office = hours("UTC", "08:00", "18:00", DayOfWeek.MONDAY, DayOfWeek.TUESDAY);
    // 2030-01-01 is a Tuesday.
    assertThat(impossible(office, "2030-01-01T07:59:59.999Z")).isTrue();
    assertThat(impossible(office, "2030-01-01T08:00:00Z")).isFalse();
    assertThat(impossible(office, "2030-01-01T17:59:59.999Z")).isFalse();
    assertThat(impossible(office, "2030-01-01T18:00:00Z")).isTrue();
    assertThat(impossible(office, "2030-01-02T12:00:00Z")).as("Wednesday").isTrue();
    assertThat(office.assess(at(Instant.parse("2030-01-02T12:00:00Z"))).responses())
        .containsExactly(RiskResponse.DENY);
    assertThat(office.name()).isEqualTo("hour");
  }

  @Test
  void aNightShiftBelongsToTheDayOnWhichItBegins() {
    ImpossibleHour night = hours("UTC", "22:00", "06:00", DayOfWeek.TUESDAY);
    assertThat(impossible(night, "2030-01-01T21:59:59Z")).isTrue();
    assertThat(impossible(night, "2030-01-01T22:00:00Z")).isFalse();
    assertThat(impossible(night, "2030-01-02T05:59:59Z")).isFalse();
    assertThat(impossible(night, "2030-01-02T06:00:00Z")).isTrue();
    assertThat(impossible(night, "2030-01-01T03:00:00Z")).as("Monday's night").isTrue();
    assertThat(impossible(night, "2030-01-02T22:00:00Z")).as("Wednesday's night").isTrue();
  }

  @Test
  void hoursAreThoseOfTheWallInSummerToo() {
    ImpossibleHour office =
        new ImpossibleHour(
            ZoneId.of("Europe/Berlin"),
            LocalTime.of(8, 0),
            LocalTime.of(18, 0),
            EnumSet.allOf(DayOfWeek.class),
            STEP);
    assertThat(impossible(office, "2030-01-15T07:00:00Z")).isFalse();
    assertThat(impossible(office, "2030-07-15T06:00:00Z")).isFalse();
    assertThat(impossible(office, "2030-07-15T16:00:00Z")).isTrue();
    assertThat(impossible(office, "2030-01-15T16:59:59Z")).isFalse();
  }

  @Test
  void equalTimesMeanTheWholeDay() {
    ImpossibleHour tuesdays = hours("UTC", "00:00", "00:00", DayOfWeek.TUESDAY);
    assertThat(impossible(tuesdays, "2030-01-01T00:00:00Z")).isFalse();
    assertThat(impossible(tuesdays, "2030-01-01T23:59:59Z")).isFalse();
    assertThat(impossible(tuesdays, "2030-01-02T00:00:00Z")).isTrue();
    assertThatIllegalArgumentException().isThrownBy(() -> hours("UTC", "08:00", "09:00"));
  }

  // Failures.

  private boolean noticed(FailureVelocity rule, FactorContext context) {
    return !rule.assess(context).equals(RiskFinding.nothing());
  }

  @Test
  void failuresOfASourceAreNoticedWithinTheirWindow() {
    FailureVelocity rule =
        new FailureVelocity(attempts, Per.SOURCE, 3, Duration.ofMinutes(10), STEP);
    for (int i = 0; i < 3; i++) {
      assertThat(noticed(rule, from(ANN, "192.0.2.7"))).as("after %d", i).isFalse();
      rule.refused(from(i == 1 ? NOBODY : ANN, "192.0.2.7"));
      clock.advance(Duration.ofMinutes(2));
    }
    assertThat(rule.assess(from(BEN, "192.0.2.7")))
        .isEqualTo(new RiskFinding(STEP, Map.of("count", "3")));
    assertThat(noticed(rule, from(ANN, "192.0.2.8"))).isFalse();
    assertThat(noticed(rule, login(Optional.empty(), "192.0.2.7", clock.instant()))).isTrue();
    clock.advance(Duration.ofMinutes(4).minusNanos(1));
    assertThat(noticed(rule, from(ANN, "192.0.2.7"))).isTrue();
    clock.advance(Duration.ofNanos(1));
    assertThat(noticed(rule, from(ANN, "192.0.2.7"))).as("ten minutes after the first").isFalse();
    rule.refused(from(ANN, "192.0.2.7"));
    assertThat(noticed(rule, from(ANN, "192.0.2.7"))).as("a new window").isFalse();
  }

  @Test
  void failuresForANameAreCountedKnownOrNot() {
    FailureVelocity rule =
        new FailureVelocity(attempts, Per.SUBJECT, 2, Duration.ofMinutes(10), STEP);
    for (SubjectId each : List.of(ANN, NOBODY)) {
      rule.refused(from(each, "192.0.2.7"));
      assertThat(noticed(rule, from(each, "192.0.2.7"))).isFalse();
      rule.refused(from(each, "198.51.100.1"));
      assertThat(noticed(rule, from(each, "203.0.113.5"))).isTrue();
    }
    assertThat(noticed(rule, from(BEN, "192.0.2.7"))).isFalse();
    FactorContext nobodyNamed = login(Optional.empty(), "192.0.2.7", NOON);
    rule.refused(nobodyNamed);
    assertThat(noticed(rule, nobodyNamed)).isFalse();
  }

  @Test
  void aClockThatWasPutBackForgetsNothing() {
    FailureVelocity rule =
        new FailureVelocity(attempts, Per.SOURCE, 1, Duration.ofMinutes(10), STEP);
    rule.refused(from(ANN, "192.0.2.7"));
    clock.advance(Duration.ofDays(-2));
    assertThat(noticed(rule, from(ANN, "192.0.2.7"))).isTrue();
  }

  @RepeatedTest(3)
  void parallelFailuresAreAllCounted() {
    FailureVelocity rule =
        new FailureVelocity(attempts, Per.SOURCE, 40, Duration.ofMinutes(10), STEP);
    AtOnce.call(
        40,
        i -> {
          rule.refused(from(ANN, "192.0.2.7"));
          return i;
        });
    assertThat(rule.assess(from(ANN, "192.0.2.7")).signals()).containsEntry("count", "40");
  }

  @Test
  void failuresBlockNoRecordOfTheStore() {
    FailureVelocity rule =
        new FailureVelocity(
            new MemoryAttemptStore(clock, 10), Per.SUBJECT, 2, Duration.ofDays(1), STEP);
    for (int i = 0; i < 100; i++) {
      rule.refused(from(SubjectId.of("invented-" + i), "192.0.2.7"));
    }
    assertThat(noticed(rule, from(ANN, "192.0.2.7"))).isFalse();
  }

  @Test
  void whatWouldLetAnybodyLockAnybodyOutIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new FailureVelocity(
                    attempts, Per.SUBJECT, 5, Duration.ofMinutes(1), Set.of(RiskResponse.DENY)))
        .withMessageContaining("lock anybody out");
    for (int wrong : List.of(0, 1001)) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> new FailureVelocity(attempts, Per.SOURCE, wrong, Duration.ofMinutes(1), STEP));
    }
    for (Duration wrong : List.of(Duration.ofMillis(999), Duration.ofDays(1).plusNanos(1))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new FailureVelocity(attempts, Per.SOURCE, 1, wrong, STEP));
    }
  }

  // Settings.

  @Test
  void settingsMakeTheRulesInTheirOrder() {
    RiskRule own = hours("UTC", "08:00", "09:00", DayOfWeek.MONDAY);
    assertThat(RiskSettings.none().rules(credentials, attempts, new SecureRandom())).isEmpty();
    assertThat(
            RiskSettings.recommended().with(own).rules(credentials, attempts, new SecureRandom()))
        .extracting(RiskRule::name)
        .containsExactly("new-network", "failures-of-source", "failures-of-subject", "hour");
  }
}
