package io.github.facelock.core.alert;

import static io.github.facelock.core.alert.Desk.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.Secret;
import io.github.facelock.core.alert.Desk.Sink;
import io.github.facelock.spi.Alert;
import io.github.facelock.spi.AlertMessage;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.store.OutboxEntry.State;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AlertDeskTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final URI PAGE = URI.create("https://alerts.example/ack");

  private final Desk world = new Desk();
  private final Sink guard = new Sink();

  @Test
  void anAlertIsInTheOutboxBeforeRaiseReturnsAndGoesOutOnce() {
    AlertDesk desk = world.open(Desk.telling(guard));

    desk.raise(world.alert(Alert.Cause.LOCKED));

    assertThat(world.onlyEntry().state()).isEqualTo(State.WAITING);
    assertThat(guard.taken).isEmpty();
    desk.deliverDue();
    desk.deliverDue();
    assertThat(guard.taken).hasSize(1);
    assertThat(guard.taken.get(0).alert()).isEqualTo(world.alert(Alert.Cause.LOCKED));
    assertThat(guard.taken.get(0).severity()).isEqualTo(Alert.Severity.WARNING);
    AuditEvent sent = world.audited(AuditEvent.Type.ALERT_SENT).get(0);
    assertThat(sent.details())
        .containsEntry("target", "guard")
        .containsEntry("by", "Sink")
        .containsEntry("tries", "1");
    world.later(MINUTE.multipliedBy(6));
    desk.deliverDue();
    assertThat(world.onlyEntry().state()).isEqualTo(State.DONE);
    assertThat(guard.taken).hasSize(1);
  }

  @Test
  void theStoreHoldsNothingReadable() {
    AlertDesk desk = world.open(Desk.telling(guard));
    desk.raise(world.alert(Alert.Cause.LOCKED, "alice-in-clear", "front-door-in-clear"));

    String stored = new String(world.onlyEntry().contents(), StandardCharsets.ISO_8859_1);

    assertThat(stored + world.onlyEntry().id()).doesNotContain("alice", "front-door", "LOCKED");
  }

  @Test
  void whatTheRulesAreSilentAboutIsNotKept() {
    AlertDesk desk =
        world.open(Desk.telling(guard).rules(AlertRules.ofDefaults().without(Alert.Cause.LOCKED)));

    desk.raise(world.alert(Alert.Cause.LOCKED));
    desk.raise(world.alert(Alert.Cause.ATTEMPT_FAILED));

    assertThat(world.entries()).isEmpty();
  }

  @Test
  void theHighestSeverityOfAllRulesCountsAndConditionsNarrow() {
    AlertRules rules =
        AlertRules.none()
            .and(AlertRule.on(Alert.Cause.SENSOR, Alert.Severity.INFO))
            .and(
                AlertRule.on(Alert.Cause.SENSOR, Alert.Severity.CRITICAL)
                    .when(event -> event.source().equals("safe")));

    assertThat(rules.judge(world.alert(Alert.Cause.SENSOR, "a", "hall")))
        .contains(Alert.Severity.INFO);
    assertThat(rules.judge(world.alert(Alert.Cause.SENSOR, "a", "safe")))
        .contains(Alert.Severity.CRITICAL);
    assertThat(rules.judge(world.alert(Alert.Cause.LOCKED))).isEmpty();
  }

  @Test
  void theFifthFailureWithinTheTimeIsToldOnceForOneSubject() {
    AlertDesk desk = world.open(Desk.telling(guard));
    for (int i = 0; i < 4; i++) {
      desk.raise(world.alert(Alert.Cause.ATTEMPT_FAILED, "alice", "source-" + i));
      desk.raise(world.alert(Alert.Cause.ATTEMPT_FAILED, "bob-" + i, "source-" + i));
    }
    desk.deliverDue();
    assertThat(guard.taken).isEmpty();

    desk.raise(world.alert(Alert.Cause.ATTEMPT_FAILED));
    desk.raise(world.alert(Alert.Cause.ATTEMPT_FAILED));
    desk.deliverDue();

    assertThat(guard.taken).hasSize(1);
    Alert told = guard.taken.get(0).alert();
    assertThat(told.cause()).isEqualTo(Alert.Cause.FAILURES_REPEATED);
    assertThat(told.subject()).contains(ALICE);
    assertThat(told.details()).containsEntry("count", "5").containsEntry("within", "PT10M");
  }

  @Test
  void failuresThatAreFarApartAreNotTold() {
    AlertDesk desk = world.open(Desk.telling(guard));
    for (int i = 0; i < 12; i++) {
      desk.raise(world.alert(Alert.Cause.ATTEMPT_FAILED));
      world.later(MINUTE.multipliedBy(3));
    }
    desk.deliverDue();
    assertThat(guard.taken).isEmpty();
  }

  @Test
  void aClockThatIsSetBackCountsAnew() {
    AlertDesk desk = world.open(Desk.telling(guard));
    for (int i = 0; i < 4; i++) {
      desk.raise(world.alert(Alert.Cause.ATTEMPT_FAILED));
    }
    world.clock.set(Desk.START.minus(Duration.ofDays(1)));
    desk.raise(world.alert(Alert.Cause.ATTEMPT_FAILED));
    desk.deliverDue();
    assertThat(guard.taken).isEmpty();
  }

  @Test
  void repetitionsAreOneAlertWithACountReportedAtTheEnd() {
    AlertDesk desk = world.open(Desk.telling(guard));
    desk.raise(world.alert(Alert.Cause.LOCKED));
    desk.deliverDue();
    for (int i = 0; i < 56; i++) {
      desk.raise(world.alert(Alert.Cause.LOCKED));
    }
    desk.deliverDue();
    assertThat(guard.taken).as("told once at first").hasSize(1);

    world.later(MINUTE.multipliedBy(5));
    desk.deliverDue();
    world.later(MINUTE.multipliedBy(60));
    desk.deliverDue();

    assertThat(guard.taken).extracting(AlertMessage::count).containsExactly(1, 57);
    assertThat(guard.taken.get(1).id()).isNotEqualTo(guard.taken.get(0).id());
    assertThat(world.onlyEntry().state()).isEqualTo(State.DONE);
  }

  @Test
  void anotherSubjectSourceCauseOrTimeIsAnotherAlert() {
    AlertDesk desk = world.open(Desk.telling(guard));
    desk.raise(world.alert(Alert.Cause.LOCKED));
    desk.raise(world.alert(Alert.Cause.LOCKED, "bob", "192.0.2.7"));
    desk.raise(world.alert(Alert.Cause.LOCKED, "alice", "192.0.2.8"));
    desk.raise(world.alert(Alert.Cause.NOT_VERIFIED));
    world.later(MINUTE.multipliedBy(5));
    desk.raise(world.alert(Alert.Cause.LOCKED));
    desk.deliverDue();
    assertThat(guard.taken).hasSize(5);
  }

  @Test
  void aStormIsCappedAndSummedUpAndNothingIsLost() {
    AlertDesk desk = world.open(Desk.telling(guard).stormCap(3, MINUTE));
    for (int i = 0; i < 10; i++) {
      desk.raise(world.alert(Alert.Cause.NOT_VERIFIED, "subject-" + i, "192.0.2.7"));
    }
    desk.raise(world.alert(Alert.Cause.DURESS));
    desk.deliverDue();
    assertThat(guard.taken).as("three, and the one of another cause").hasSize(4);
    assertThat(desk.list(EnumSet.of(State.DONE), 0, 100)).hasSize(7).allMatch(AlertRecord::held);

    world.later(MINUTE);
    desk.deliverDue();

    AlertMessage summary = guard.taken.get(4);
    assertThat(guard.taken).hasSize(5);
    assertThat(summary.alert().cause()).isEqualTo(Alert.Cause.STORM);
    assertThat(summary.alert().details()).containsEntry("of", "NOT_VERIFIED");
    assertThat(summary.count()).isEqualTo(7);
    desk.raise(world.alert(Alert.Cause.NOT_VERIFIED, "later", "192.0.2.7"));
    desk.deliverDue();
    assertThat(guard.taken).as("the next window tells again").hasSize(6);
  }

  @Test
  void theNextLevelIsToldWhenNobodyAcknowledges() {
    Sink boss = new Sink();
    Sink owner = new Sink();
    AlertDesk desk =
        world.open(
            AlertSettings.ofDefaults()
                .acknowledgeAt(PAGE, Duration.ofHours(1))
                .escalation(
                    EscalationPolicy.atOnce(AlertTarget.of("guard", guard))
                        .then(MINUTE, AlertTarget.of("boss", boss))
                        .then(MINUTE.multipliedBy(2), AlertTarget.of("owner", owner))));
    desk.raise(world.alert(Alert.Cause.SENSOR_OPENED));
    desk.deliverDue();
    world.later(MINUTE.minusMillis(1));
    desk.deliverDue();
    assertThat(boss.taken).isEmpty();
    world.later(Duration.ofMillis(1));
    desk.deliverDue();
    assertThat(boss.taken).hasSize(1);
    assertThat(boss.taken.get(0).level()).isEqualTo(2);
    assertThat(world.audited(AuditEvent.Type.ALERT_ESCALATED)).hasSize(1);

    assertThat(desk.acknowledge(Desk.secretToken(boss.taken.get(0))))
        .isEqualTo(Acknowledgement.ACKNOWLEDGED);
    assertThat(desk.acknowledge(Desk.secretToken(guard.taken.get(0))))
        .isEqualTo(Acknowledgement.ALREADY);
    world.later(Duration.ofHours(2));
    desk.deliverDue();

    assertThat(owner.taken).isEmpty();
    assertThat(guard.taken).hasSize(1);
    assertThat(world.onlyEntry().state()).isEqualTo(State.DONE);
    AuditEvent event = world.audited(AuditEvent.Type.ALERT_ACKNOWLEDGED).get(0);
    assertThat(event.details()).containsEntry("by", "boss");
    AlertRecord record = desk.list(EnumSet.of(State.DONE), 0, 10).get(0);
    assertThat(desk.find(record.id())).contains(record);
    assertThat(desk.find("unknown")).isEmpty();
    assertThat(record.acknowledgedBy()).contains("boss");
    assertThat(record.acknowledgedAt()).contains(Desk.START.plus(MINUTE));
  }

  @Test
  void aLevelThatCannotBeReachedEscalatesAtOnce() {
    Sink boss = new Sink();
    AlertDesk desk =
        world.open(
            AlertSettings.ofDefaults()
                .escalation(
                    EscalationPolicy.atOnce(AlertTarget.of("guard", guard.refusing(false)))
                        .then(Duration.ofHours(8), AlertTarget.of("boss", boss))));
    desk.raise(world.alert(Alert.Cause.SENSOR_OPENED));
    desk.deliverDue();
    assertThat(boss.taken).hasSize(1);
    assertThat(world.audited(AuditEvent.Type.ALERT_NOT_SENT).get(0).details())
        .containsEntry("target", "guard")
        .containsEntry("cause", "refused");
  }

  @Test
  void severitiesMayHavePoliciesOfTheirOwn() {
    Sink boss = new Sink();
    AlertDesk desk =
        world.open(
            Desk.telling(guard)
                .escalation(
                    Alert.Severity.CRITICAL,
                    EscalationPolicy.atOnce(AlertTarget.of("boss", boss))));
    desk.raise(world.alert(Alert.Cause.LOCKED));
    desk.raise(world.alert(Alert.Cause.DURESS));
    desk.deliverDue();
    assertThat(guard.taken).extracting(m -> m.alert().cause()).containsExactly(Alert.Cause.LOCKED);
    assertThat(boss.taken).extracting(m -> m.alert().cause()).containsExactly(Alert.Cause.DURESS);
  }

  @Test
  void whereOneSinkFailsTheNextOneOfTheTargetIsUsed() {
    Sink sms = new Sink();
    AlertDesk desk =
        world.open(
            AlertSettings.ofDefaults()
                .escalation(
                    EscalationPolicy.atOnce(
                        AlertTarget.of("guard", guard.refusing(true)).orElse(sms))));
    desk.raise(world.alert(Alert.Cause.LOCKED));
    desk.deliverDue();
    world.later(Duration.ofHours(1));
    desk.deliverDue();
    assertThat(sms.taken).hasSize(1);
    assertThat(guard.tries).isEqualTo(1);
  }

  @Test
  void aTargetThatMayTakeItLaterIsTriedAgainWithGrowingPauses() {
    AlertDesk desk =
        world.open(
            Desk.telling(guard.refusing(true))
                .retries(Duration.ofSeconds(10), Duration.ofSeconds(40), 20));
    desk.raise(world.alert(Alert.Cause.LOCKED));
    desk.deliverDue();
    world.later(Duration.ofMillis(4_999));
    desk.deliverDue();
    assertThat(guard.tries).as("a pause has half its length at least").isEqualTo(1);
    world.later(Duration.ofMillis(5_001));
    desk.deliverDue();
    assertThat(guard.tries).isEqualTo(2);
    guard.accept();
    world.later(Duration.ofSeconds(20));
    desk.deliverDue();
    assertThat(guard.taken).hasSize(1);
    assertThat(world.audited(AuditEvent.Type.ALERT_SENT).get(0).details())
        .containsEntry("tries", "3");
  }

  @Test
  void pausesDoubleUpToTheLongest() {
    AlertSettings settings =
        AlertSettings.ofDefaults().retries(Duration.ofSeconds(10), Duration.ofSeconds(35), 5);
    assertThat(settings.pauseAfter(1, 0)).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.pauseAfter(2, 0)).isEqualTo(Duration.ofSeconds(20));
    assertThat(settings.pauseAfter(3, 0)).isEqualTo(Duration.ofSeconds(35));
    assertThat(settings.pauseAfter(100, 0)).isEqualTo(Duration.ofSeconds(35));
    assertThat(settings.pauseAfter(2, 0.5)).isEqualTo(Duration.ofSeconds(15));
  }

  @Test
  void whatNobodyTakesIsDeadAndVisible() {
    AlertDesk desk =
        world.open(
            Desk.telling(guard.refusing(true))
                .retries(Duration.ofSeconds(10), Duration.ofSeconds(10), 3));
    desk.raise(world.alert(Alert.Cause.LOCKED));
    for (int i = 0; i < 10; i++) {
      desk.deliverDue();
      world.later(Duration.ofSeconds(10));
    }
    assertThat(guard.tries).isEqualTo(3);
    AlertRecord dead = desk.list(EnumSet.of(State.DEAD), 0, 10).get(0);
    assertThat(dead.alert().orElseThrow().cause()).isEqualTo(Alert.Cause.LOCKED);
    assertThat(dead.targets()).containsExactly(new AlertRecord.Target("guard", 1, "FAILED", 3));
    assertThat(world.audited(AuditEvent.Type.ALERT_NOT_SENT).get(0).details())
        .containsEntry("cause", "gave-up");
  }

  @Test
  void anythingButARightTokenAcknowledgesNothing() {
    AlertDesk desk = world.open(Desk.telling(guard).acknowledgeAt(PAGE, Duration.ofHours(1)));
    desk.raise(world.alert(Alert.Cause.SENSOR_OPENED));
    desk.deliverDue();
    String token = Desk.token(guard.taken.get(0));
    assertThat(new String(guard.taken.get(0).acknowledge().orElseThrow().reveal()))
        .startsWith("https://alerts.example/ack?token=");

    for (String forged :
        List.of(
            "",
            "x",
            token + "A",
            token.substring(1),
            token.replace(".guard.", ".boss."),
            token.replaceFirst("\\.[0-9]+\\.", ".9999999999."),
            token.replaceFirst("[^.]+$", "A".repeat(43)))) {
      assertThat(desk.acknowledge(Secret.of(forged + " ".repeat(forged.isEmpty() ? 1 : 0))))
          .as(forged)
          .isEqualTo(Acknowledgement.UNKNOWN);
    }
    world.keys = Desk.ring("other");
    assertThat(world.open(Desk.telling(guard)).acknowledge(Secret.of(token)))
        .isEqualTo(Acknowledgement.UNKNOWN);
    world.later(Duration.ofHours(1));
    assertThat(desk.acknowledge(Secret.of(token))).isEqualTo(Acknowledgement.EXPIRED);
    assertThat(desk.acknowledge(world.onlyEntry().id(), "admin carol"))
        .isEqualTo(Acknowledgement.ACKNOWLEDGED);
    assertThat(desk.acknowledge("nothing", "admin carol")).isEqualTo(Acknowledgement.UNKNOWN);
  }
}
