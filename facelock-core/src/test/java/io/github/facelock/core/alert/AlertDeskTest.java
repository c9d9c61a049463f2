package io.github.facelock.core.alert;

import static io.github.facelock.core.alert.Desk.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.Secret;
import io.github.facelock.api.face.CapturedFrame;
import io.github.facelock.api.face.Picture;
import io.github.facelock.core.alert.Desk.Sink;
import io.github.facelock.core.image.DecodeLimits;
import io.github.facelock.core.image.JpegWriter;
import io.github.facelock.core.image.SafePictureDecoder;
import io.github.facelock.core.store.memory.MemoryOutboxStore;
import io.github.facelock.spi.Alert;
import io.github.facelock.spi.AlertMessage;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.NoticeChannel;
import io.github.facelock.spi.face.PictureDecoder;
import io.github.facelock.spi.store.OutboxEntry;
import io.github.facelock.spi.store.OutboxEntry.State;
import io.github.facelock.spi.store.OutboxStore;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
  void anEntryThatNobodyCanReadIsGivenUpAndHoldsUpNoOther() {
    AlertDesk desk = world.open(Desk.telling(guard));
    desk.raise(world.alert(Alert.Cause.LOCKED));
    world.keys = Desk.ring("other");
    AlertDesk without = world.open(Desk.telling(guard));
    without.raise(world.alert(Alert.Cause.DURESS));

    without.deliverDue();

    assertThat(guard.taken).extracting(m -> m.alert().cause()).containsExactly(Alert.Cause.DURESS);
    AlertRecord dead = without.list(EnumSet.of(State.DEAD), 0, 10).get(0);
    assertThat(dead.alert()).isEmpty();
    assertThat(world.audited(AuditEvent.Type.ALERT_NOT_SENT).get(0).details())
        .containsEntry("cause", "unreadable");
  }

  @Test
  void aProcessThatDiesBetweenDecisionAndSendingLosesNothing() {
    world.open(Desk.telling(guard)).raise(world.alert(Alert.Cause.LOCKED));

    AlertDesk next = world.open(Desk.telling(guard));
    next.deliverDue();

    assertThat(guard.taken).hasSize(1);
  }

  @Test
  void aProcessThatDiesWhileItSendsCausesOneDuplicateAtMostWithTheSameId() {
    List<String> ids = new ArrayList<>();
    world.outbox = new Cut(world.outbox);
    AlertDesk dying = world.open(settingsOf(ids, (Cut) world.outbox));
    dying.raise(world.alert(Alert.Cause.LOCKED));
    dying.deliverDue();
    assertThat(ids).hasSize(1);

    world.outbox = ((Cut) world.outbox).store;
    AlertDesk next = world.open(Desk.telling(guard));
    next.deliverDue();
    assertThat(guard.taken).as("still leased").isEmpty();
    world.later(AlertCourier.LEASE);
    next.deliverDue();
    world.later(AlertCourier.LEASE);
    next.deliverDue();

    assertThat(guard.taken).hasSize(1);
    assertThat(guard.taken.get(0).id()).isEqualTo(ids.get(0));
  }

  private static AlertSettings settingsOf(List<String> ids, Cut store) {
    return Desk.telling(
        message -> {
          ids.add(message.id());
          store.cut = true;
        });
  }

  @Test
  void anEntryThatKillsEveryProcessIsGivenUp() {
    AlertSettings settings =
        Desk.telling(guard).retries(Duration.ofSeconds(1), Duration.ofSeconds(1), 3);
    world.open(settings).raise(world.alert(Alert.Cause.LOCKED));
    OutboxStore store = world.outbox;
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Cut cut = new Cut(store);
      world.outbox = cut;
      world
          .open(settingsOf(ids, cut).retries(Duration.ofSeconds(1), Duration.ofSeconds(1), 3))
          .deliverDue();
      world.later(AlertCourier.LEASE);
    }
    world.outbox = store;
    world.open(settings).deliverDue();
    assertThat(ids).hasSize(3);
    assertThat(guard.taken).isEmpty();
    assertThat(world.onlyEntry().state()).isEqualTo(State.DEAD);
  }

  @Test
  void twoNodesShareOneOutboxAndTellOnce() {
    AlertDesk one = world.open(Desk.telling(guard));
    AlertDesk two = world.open(Desk.telling(guard));
    for (int i = 0; i < 15; i++) {
      one.raise(world.alert(Alert.Cause.DURESS, "s" + i, "door"));
    }
    Thread other = new Thread(two::deliverDue);
    other.start();
    one.deliverDue();
    join(other);
    assertThat(guard.taken).hasSize(15);
    assertThat(guard.taken).extracting(AlertMessage::id).doesNotHaveDuplicates();
  }

  private static void join(Thread thread) {
    try {
      thread.join(30_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void anOutboxThatFailsChangesNoVerdictAndLosesNothing() {
    Cut failing = new Cut(new MemoryOutboxStore());
    failing.fault = true;
    world.outbox = failing;
    AlertDesk desk = world.open(Desk.telling(guard));

    desk.raise(world.alert(Alert.Cause.LOCKED));

    assertThat(desk.waitingInMemory()).isEqualTo(1);
    failing.fault = false;
    desk.deliverDue();
    assertThat(guard.taken).hasSize(1);
    assertThat(desk.waitingInMemory()).isZero();
    assertThat(desk.lost()).isZero();
  }

  @Test
  void aSinkThatHangsHoldsUpNoOther() throws Exception {
    CountDownLatch hanging = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch told = new CountDownLatch(1);
    AlertDesk desk =
        world.open(
            AlertSettings.ofDefaults()
                .escalation(
                    EscalationPolicy.atOnce(
                        AlertTarget.of(
                            "stuck",
                            message -> {
                              hanging.countDown();
                              await(never);
                            }),
                        AlertTarget.of("guard", message -> told.countDown()))));
    desk.start();
    desk.raise(world.alert(Alert.Cause.LOCKED));
    assertThat(hanging.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(told.await(30, TimeUnit.SECONDS)).isTrue();
    desk.raise(world.alert(Alert.Cause.DURESS));
    never.countDown();
    desk.close();
    desk.close();
  }

  @Test
  void aBurstForASlowSinkCostsNoTryAndLosesNothing() throws Exception {
    int alerts = SinkLane.QUEUE + 20;
    CountDownLatch never = new CountDownLatch(1);
    AlertDesk desk =
        world.open(
            Desk.telling(
                    message -> {
                      await(never);
                      guard.deliver(message);
                    })
                .stormCap(1000, MINUTE)
                .retries(Duration.ofSeconds(1), Duration.ofSeconds(1), 1));
    for (int i = 0; i < alerts; i++) {
      desk.raise(world.alert(Alert.Cause.LOCKED, "subject-" + i, "door"));
    }
    Thread all = new Thread(desk::deliverDue);
    all.start();
    never.countDown();
    all.join(30_000);
    for (int i = 0; i < 10 && guard.taken.size() < alerts; i++) {
      world.later(Duration.ofSeconds(5));
      desk.deliverDue();
    }
    assertThat(guard.taken).extracting(AlertMessage::id).hasSize(alerts).doesNotHaveDuplicates();
    assertThat(desk.list(EnumSet.of(State.DEAD), 0, 10)).isEmpty();
  }

  private static void await(CountDownLatch latch) {
    try {
      boolean unused = latch.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
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

  private static byte[] photograph() {
    Picture.Builder picture = Picture.builder(1000, 500);
    for (int i = 0; i < picture.pixels().length; i++) {
      picture.pixels()[i] = (byte) (i / 977);
    }
    return JpegWriter.encode(picture.build(), 2000);
  }

  @Test
  void aSnapshotIsKeptOnlyWhereAskedForSealedEncodedAnewAndForItsTime() {
    CapturedFrame frame = CapturedFrame.encoded(Duration.ZERO, photograph());
    AlertDesk without = world.open(Desk.telling(guard));
    without.raise(world.alert(Alert.Cause.WATCH_LIST), Optional.of(frame));
    without.deliverDue();
    assertThat(without.snapshot(world.onlyEntry().id())).isEmpty();
    assertThat(guard.taken.get(0).snapshot()).isEmpty();

    world.later(MINUTE.multipliedBy(10));
    AlertDesk desk = world.open(Desk.telling(guard).snapshots(Duration.ofDays(7)));
    desk.raise(world.alert(Alert.Cause.LOCKED), Optional.of(frame));
    desk.raise(world.alert(Alert.Cause.WATCH_LIST), Optional.of(frame));
    desk.deliverDue();

    AlertMessage message =
        guard.taken.stream()
            .filter(m -> m.alert().cause() == Alert.Cause.WATCH_LIST && m.snapshot().isPresent())
            .findFirst()
            .orElseThrow();
    byte[] jpeg = message.snapshot().orElseThrow().jpeg();
    PictureDecoder.Decoded decoded = new SafePictureDecoder(DecodeLimits.defaults()).decode(jpeg);
    assertThat(((PictureDecoder.Decoded.Usable) decoded).picture().width()).isEqualTo(640);
    String id = message.id().substring(0, message.id().indexOf('.'));
    byte[] stored = world.snapshots.find(id, world.clock.instant()).orElseThrow();
    assertThat(new String(stored, StandardCharsets.ISO_8859_1))
        .doesNotContain(new String(jpeg, 0, 20, StandardCharsets.ISO_8859_1));
    assertThat(guard.taken.stream().filter(m -> m.alert().cause() == Alert.Cause.LOCKED))
        .allMatch(m -> m.snapshot().isEmpty());

    world.later(Duration.ofDays(7).minusMillis(1));
    desk.purge();
    assertThat(desk.snapshot(id)).isPresent();
    world.later(Duration.ofMillis(1));
    desk.purge();
    assertThat(desk.snapshot(id)).isEmpty();
    assertThat(world.snapshots.find(id, Desk.START)).isEmpty();
  }

  @Test
  void aFileThatIsNoPictureIsNotKeptAndTheAlertGoesOutAllTheSame() {
    AlertDesk desk = world.open(Desk.telling(guard).snapshots(Duration.ofDays(7)));
    desk.raise(
        world.alert(Alert.Cause.ATTACK_SUSPECTED),
        Optional.of(CapturedFrame.encoded(Duration.ZERO, new byte[] {1, 2, 3})));
    desk.deliverDue();
    assertThat(guard.taken.get(0).snapshot()).isEmpty();
    assertThat(world.snapshots.deleteExpired(Instant.MAX)).isZero();
  }

  @Test
  void theSnapshotsOfAnErasedSubjectGo() {
    AlertDesk desk = world.open(Desk.telling(guard).snapshots(Duration.ofDays(7)));
    CapturedFrame frame = CapturedFrame.decoded(Duration.ZERO, Picture.copyOf(2, 2, new byte[12]));
    desk.raise(world.alert(Alert.Cause.WATCH_LIST), Optional.of(frame));
    desk.raise(world.alert(Alert.Cause.WATCH_LIST, "bob", "door"), Optional.of(frame));

    assertThat(desk.eraseSnapshots(ALICE)).isEqualTo(1);
    assertThat(desk.eraseSnapshots(ALICE)).isZero();
    assertThat(world.snapshots.deleteExpired(Instant.MAX)).isEqualTo(1);
  }

  @Test
  void finishedAlertsGoAfterTheirTime() {
    AlertDesk desk = world.open(Desk.telling(guard).keepFinished(Duration.ofDays(10)));
    desk.raise(world.alert(Alert.Cause.LOCKED));
    desk.deliverDue();
    world.later(Duration.ofDays(1));
    desk.deliverDue();
    desk.purge();
    assertThat(world.entries()).hasSize(1);
    world.later(Duration.ofDays(9).plusMillis(1));
    desk.purge();
    assertThat(world.entries()).isEmpty();
  }

  private record Notice(String destination, AlertMessage message) {}

  private static final class Notices implements NoticeChannel {
    final List<Notice> sent = new ArrayList<>();

    @Override
    public FactorType addresses() {
      return FactorType.EMAIL_CODE;
    }

    @Override
    public synchronized void notify(Secret destination, Locale locale, AlertMessage message) {
      sent.add(new Notice(new String(destination.reveal()), message));
    }
  }

  @Test
  void subjectsAreToldAtTheOldAndTheNewAddressAndAdministratorsApart() {
    Notices notices = new Notices();
    AlertDesk desk = world.open(Desk.telling(guard).tellSubjectsBy(notices));
    NoticeAddress now = new NoticeAddress(FactorType.EMAIL_CODE, Secret.of("new@example.org"));
    NoticeAddress before = new NoticeAddress(FactorType.EMAIL_CODE, Secret.of("old@example.org"));
    NoticeAddress phone = new NoticeAddress(FactorType.SMS_CODE, Secret.of("+491701234567"));
    world.addresses.put(ALICE, List.of(now, phone));

    desk.raiseChanged(world.alert(Alert.Cause.CREDENTIALS_CHANGED), List.of(before, now));
    desk.deliverDue();

    assertThat(notices.sent)
        .extracting(Notice::destination)
        .containsExactlyInAnyOrder("old@example.org", "new@example.org");
    assertThat(notices.sent).allMatch(notice -> notice.message().acknowledge().isEmpty());
    assertThat(guard.taken).hasSize(1);
    assertThat(desk.list(EnumSet.allOf(State.class), 0, 10).stream().filter(AlertRecord::notice))
        .hasSize(1);
    assertThat(world.audited(AuditEvent.Type.ALERT_SENT).toString()).doesNotContain("example.org");
    desk.raise(world.alert(Alert.Cause.LOCKED));
    desk.deliverDue();
    assertThat(notices.sent).as("a lock is no change of one's own").hasSize(2);
  }

  /** A store that a test can cut off, as the death of a process does, or make fail. */
  private static final class Cut implements OutboxStore {
    final OutboxStore store;
    volatile boolean cut;
    volatile boolean fault;

    Cut(OutboxStore store) {
      this.store = store;
    }

    private void pass() {
      if (fault || cut) {
        throw new FaceLockException.Store("The store is away");
      }
    }

    @Override
    public boolean insert(OutboxEntry entry) {
      pass();
      return store.insert(entry);
    }

    @Override
    public List<OutboxEntry> claim(Instant now, Instant leaseUntil, int limit) {
      return cut ? List.of() : store.claim(now, leaseUntil, limit);
    }

    @Override
    public boolean replace(OutboxEntry next) {
      pass();
      return store.replace(next);
    }

    @Override
    public Optional<OutboxEntry> find(String id) {
      pass();
      return store.find(id);
    }

    @Override
    public List<OutboxEntry> list(Set<State> states, int offset, int limit) {
      return store.list(states, offset, limit);
    }

    @Override
    public boolean delete(String id) {
      return store.delete(id);
    }

    @Override
    public int purge(Instant createdBefore) {
      return store.purge(createdBefore);
    }
  }
}
