package io.github.facelock.core.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.facelock.core.alert.Desk.Sink;
import io.github.facelock.core.alert.RepetitionRule.Per;
import io.github.facelock.spi.Alert;
import io.github.facelock.spi.AlertMessage;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Settings that cannot be meant are refused when they are made, not when somebody breaks in. */
class AlertSettingsTest {

  private static final AlertSettings DEFAULTS = AlertSettings.ofDefaults();
  private static final Duration MILLI = Duration.ofMillis(1);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final URI PAGE = URI.create("https://alerts.example/ack");

  private static final Sink GUARD = new Sink();
  private static final EscalationPolicy POLICY =
      EscalationPolicy.atOnce(AlertTarget.of("guard", GUARD));
  private static final AlertTarget BOSS = AlertTarget.of("boss", new Sink());

  /** What is just in its range. */
  static final List<ThrowingCallable> ACCEPTED =
      List.of(
          () -> DEFAULTS.foldWithin(SECOND),
          () -> DEFAULTS.foldWithin(DAY),
          () -> DEFAULTS.stormCap(1, SECOND),
          () -> DEFAULTS.stormCap(10_000, DAY),
          () -> DEFAULTS.snapshots(MINUTE),
          () -> DEFAULTS.snapshots(Duration.ofDays(400)),
          () -> DEFAULTS.acknowledgeAt(PAGE, MINUTE),
          () -> DEFAULTS.acknowledgeAt(PAGE, Duration.ofDays(30)),
          () -> DEFAULTS.retries(MILLI, MILLI, 1),
          () -> DEFAULTS.retries(MILLI, DAY, 100),
          () -> DEFAULTS.keepFinished(HOUR),
          () -> DEFAULTS.keepFinished(Duration.ofDays(3650)),
          () -> POLICY.then(SECOND, BOSS),
          () -> POLICY.then(Duration.ofDays(7), BOSS),
          () -> repetition(2, SECOND),
          () -> repetition(2, Duration.ofDays(30)),
          () -> AlertTemplates.of("A".repeat(64)),
          () -> new AlertTemplate("s".repeat(200), "t".repeat(20_000), "h".repeat(100_000)));

  /** What is just beyond. */
  static final List<ThrowingCallable> REFUSED =
      List.of(
          () -> DEFAULTS.foldWithin(SECOND.minus(MILLI)),
          () -> DEFAULTS.foldWithin(DAY.plus(MILLI)),
          () -> DEFAULTS.stormCap(1, Duration.ZERO),
          () -> DEFAULTS.stormCap(0, MINUTE),
          () -> DEFAULTS.stormCap(10_001, MINUTE),
          () -> DEFAULTS.snapshots(MINUTE.minus(MILLI)),
          () -> DEFAULTS.snapshots(Duration.ofDays(400).plus(MILLI)),
          () -> DEFAULTS.acknowledgeAt(PAGE, MINUTE.minus(MILLI)),
          () -> DEFAULTS.acknowledgeAt(URI.create("/ack"), HOUR),
          () -> DEFAULTS.acknowledgeAt(URI.create("mailto:a@b.example"), HOUR),
          () -> DEFAULTS.acknowledgeAt(URI.create(PAGE + "#top"), HOUR),
          () -> DEFAULTS.retries(Duration.ZERO, HOUR, 5),
          () -> DEFAULTS.retries(HOUR, MINUTE, 5),
          () -> DEFAULTS.retries(MILLI, DAY.plus(MILLI), 5),
          () -> DEFAULTS.retries(MILLI, DAY, 0),
          () -> DEFAULTS.retries(MILLI, DAY, 101),
          () -> DEFAULTS.keepFinished(HOUR.minus(MILLI)),
          () -> POLICY.then(SECOND.minus(MILLI), BOSS),
          () -> POLICY.then(Duration.ofDays(7).plus(MILLI), BOSS),
          () -> POLICY.then(HOUR, AlertTarget.of("guard", new Sink())),
          () -> repetition(1, HOUR),
          () -> repetition(2, SECOND.minus(MILLI)),
          () -> repetition(2, Duration.ofDays(30).plus(MILLI)),
          () -> new RepetitionRule(Alert.Cause.STORM, 2, HOUR, Per.SOURCE, Alert.Severity.INFO),
          () -> AlertTarget.of("two words", GUARD),
          () -> AlertTemplates.of(" "),
          () -> AlertTemplates.of("A".repeat(65)),
          () -> AlertTemplates.of("Acme\r\nBcc: eve"),
          () -> new AlertTemplate("s".repeat(201), "t", "h"),
          () -> new AlertTemplate("s", " ", "h"),
          () -> new AlertTemplate("s", "t", "h".repeat(100_001)),
          () -> new AlertTemplate("s", "t", "{secret}"));

  private static RepetitionRule repetition(int times, Duration within) {
    return new RepetitionRule(
        Alert.Cause.LOCKED, times, within, Per.SUBJECT, Alert.Severity.WARNING);
  }

  @ParameterizedTest
  @FieldSource("ACCEPTED")
  void theEdgesOfTheRangesAreInThem(ThrowingCallable settings) {
    assertThatCode(settings).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @FieldSource("REFUSED")
  void whatIsBeyondARangeIsRefused(ThrowingCallable settings) {
    assertThatIllegalArgumentException().isThrownBy(settings);
  }

  @Test
  void whoIsAddedIsToldBesideThePoliciesOfEverySeverity() {
    Desk world = new Desk();
    Sink guard = new Sink();
    Sink also = new Sink();
    AlertDesk desk =
        world.open(
            AlertSettings.ofDefaults()
                .escalation(
                    Alert.Severity.CRITICAL,
                    EscalationPolicy.atOnce(AlertTarget.of("guard", guard)))
                .also(AlertTarget.of("also", also)));

    desk.raise(world.alert(Alert.Cause.LOCKED));
    desk.raise(world.alert(Alert.Cause.DURESS));
    desk.deliverDue();

    assertThat(causes(also)).containsExactlyInAnyOrder(Alert.Cause.LOCKED, Alert.Cause.DURESS);
    assertThat(causes(guard)).containsExactly(Alert.Cause.DURESS);
  }

  private static Stream<Alert.Cause> causes(Sink sink) {
    return sink.taken.stream().map(AlertMessage::alert).map(Alert::cause);
  }

  @Test
  void somebodyIsToldOnceThereIsAPolicy() {
    assertThat(DEFAULTS.tellsAnybody()).isFalse();
    assertThat(DEFAULTS.escalation(POLICY).tellsAnybody()).isTrue();
    assertThat(DEFAULTS.also(BOSS).tellsAnybody()).isTrue();
    assertThat(BOSS.orElse(GUARD)).hasToString("AlertTarget[boss, 2 sinks]");
  }

  @Test
  void pausesStayInTheirRangeHoweverOftenItWasTried() {
    AlertSettings settings = DEFAULTS.retries(MILLI, DAY, 100);
    for (int tries : List.of(0, 1, 31, 32, 64, 100)) {
      for (double luck : List.of(0.0, 1.0)) {
        assertThat(settings.pauseAfter(tries, luck)).isBetween(MILLI, DAY);
      }
    }
    assertThat(settings.pauseAfter(3, 1.0)).isEqualTo(Duration.ofMillis(2));
  }

  @Test
  void alertsWithinOneTimeOfFoldingAreOne() {
    Desk world = new Desk();
    Sink guard = new Sink();
    AlertDesk desk = world.open(Desk.telling(guard).foldWithin(HOUR));
    desk.raise(world.alert(Alert.Cause.LOCKED));
    world.later(MINUTE.multipliedBy(59));
    desk.raise(world.alert(Alert.Cause.LOCKED));
    assertThat(world.entries()).hasSize(1);
    world.later(MINUTE);
    desk.raise(world.alert(Alert.Cause.LOCKED));
    assertThat(world.entries()).hasSize(2);
  }

  @Test
  void picturesAreKeptOfTheCausesThatWereNamed() {
    AlertSettings settings = DEFAULTS.snapshots(Set.of(Alert.Cause.SENSOR), HOUR);
    assertThat(settings.keepsSnapshotOf(Alert.Cause.SENSOR)).isTrue();
    assertThat(settings.keepsSnapshotOf(Alert.Cause.WATCH_LIST)).isFalse();
    assertThat(settings.snapshotRetention()).isEqualTo(HOUR);
  }
}
