package io.github.facelock.core.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.core.alert.Desk.Sink;
import io.github.facelock.spi.Alert;
import io.github.facelock.spi.AlertMessage;
import io.github.facelock.spi.AlertSink;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.store.OutboxEntry.State;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How alerts get to those who are told: one sink after the other, one level after the other. */
@Timeout(60)
class AlertCourierTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Desk world = new Desk();
  private final Sink guard = new Sink();

  private static AlertSettings telling(AlertTarget... targets) {
    return AlertSettings.ofDefaults().escalation(EscalationPolicy.atOnce(targets));
  }

  @Test
  void aSinkThatBreaksHandsOnToTheNextOneAndTheTrailNamesIt() {
    AlertSink broken =
        message -> {
          throw new IllegalStateException("secret-of-a-library");
        };
    AlertDesk desk = world.open(telling(AlertTarget.of("guard", broken).orElse(guard)));
    desk.raise(world.alert(Alert.Cause.LOCKED));

    assertThat(desk.deliverDue()).isEqualTo(1);

    assertThat(guard.taken).hasSize(1);
    AuditEvent sent = world.audited(AuditEvent.Type.ALERT_SENT).get(0);
    assertThat(sent.details())
        .containsEntry("by", "Sink")
        .containsEntry("alert-cause", "LOCKED")
        .containsEntry("alert", world.onlyEntry().id())
        .containsEntry("level", "1")
        .containsEntry("count", "1");
    assertThat(sent.source()).isEqualTo("192.0.2.7");
    assertThat(sent.subject()).contains(Desk.ALICE);
    assertThat(sent.toString()).doesNotContain("secret-of-a-library");
  }

  @Test
  void aSinkThatOnlyBreaksIsNotTriedAgain() {
    List<String> tries = new ArrayList<>();
    AlertDesk desk =
        world.open(
            Desk.telling(
                message -> {
                  tries.add(message.id());
                  throw new IllegalStateException("a fault of its own");
                }));
    desk.raise(world.alert(Alert.Cause.LOCKED));
    for (int i = 0; i < 5; i++) {
      desk.deliverDue();
      world.later(Duration.ofHours(1));
    }
    assertThat(tries).hasSize(1);
    assertThat(world.onlyEntry().state()).isEqualTo(State.DEAD);
  }

  @Test
  void ofTwoTargetsEachHasItsOwnFate() {
    Sink boss = new Sink().refusing(false);
    AlertDesk desk = world.open(telling(AlertTarget.of("boss", boss), AlertTarget.of("g", guard)));
    desk.raise(world.alert(Alert.Cause.LOCKED));
    desk.deliverDue();
    assertThat(desk.list(EnumSet.allOf(State.class), 0, 10).get(0).targets())
        .containsExactlyInAnyOrder(
            new AlertRecord.Target("boss", 1, "FAILED", 1),
            new AlertRecord.Target("g", 1, "SENT", 1));
    world.later(MINUTE.multipliedBy(6));
    desk.deliverDue();
    assertThat(world.onlyEntry().state()).as("somebody knows").isEqualTo(State.DONE);
    assertThat(boss.tries).isEqualTo(1);
  }

  @Test
  void aSinkThatAsksForPatienceGetsIt() {
    guard.fault =
        java.util.Optional.of(
            FaceLockException.Delivery.after("Busy", MINUTE.multipliedBy(20), new IOException("")));
    AlertDesk desk =
        world.open(Desk.telling(guard).retries(Duration.ofSeconds(1), Duration.ofSeconds(2), 5));
    desk.raise(world.alert(Alert.Cause.LOCKED));
    desk.deliverDue();
    guard.accept();
    world.later(MINUTE.multipliedBy(20).minusMillis(1));
    desk.deliverDue();
    assertThat(guard.taken).isEmpty();
    world.later(Duration.ofMillis(1));
    desk.deliverDue();
    assertThat(guard.taken).hasSize(1);
  }

  @Test
  void anAlertForATargetThatIsNoMoreIsGivenUpVisibly() {
    world.open(Desk.telling(guard)).raise(world.alert(Alert.Cause.LOCKED));
    world.open(telling(AlertTarget.of("other", guard))).deliverDue();
    assertThat(guard.taken).isEmpty();
    assertThat(world.onlyEntry().state()).isEqualTo(State.DEAD);
    assertThat(world.audited(AuditEvent.Type.ALERT_NOT_SENT).get(0).details())
        .containsEntry("cause", "target-gone");
  }

  @Test
  void aLaterLevelThatCannotBeReachedHandsOnAtOnceToo() {
    Sink owner = new Sink();
    AlertDesk desk =
        world.open(
            AlertSettings.ofDefaults()
                .escalation(
                    EscalationPolicy.atOnce(AlertTarget.of("guard", guard))
                        .then(MINUTE, AlertTarget.of("boss", new Sink().refusing(false)))
                        .then(Duration.ofDays(1), AlertTarget.of("owner", owner))));
    desk.raise(world.alert(Alert.Cause.SENSOR_OPENED));
    desk.deliverDue();
    assertThat(owner.taken).isEmpty();
    world.later(MINUTE);
    desk.deliverDue();
    assertThat(owner.taken).extracting(AlertMessage::level).containsExactly(3);
    assertThat(world.audited(AuditEvent.Type.ALERT_ESCALATED))
        .extracting(event -> event.details().get("level"))
        .containsExactly("2", "3");
  }

  /** A sink that takes nothing before it is told to. */
  private static final class Slow implements AlertSink {
    final CountDownLatch entered = new CountDownLatch(1);
    final CountDownLatch interrupted = new CountDownLatch(1);
    final CountDownLatch go = new CountDownLatch(1);
    final Sink taken = new Sink();

    @Override
    public void deliver(AlertMessage message) {
      entered.countDown();
      try {
        if (!go.await(50, TimeUnit.SECONDS)) {
          throw new IllegalStateException("nobody let it go");
        }
      } catch (InterruptedException e) {
        interrupted.countDown();
        throw new IllegalStateException("interrupted", e);
      }
      taken.deliver(message);
    }
  }

  private static Thread delivering(AlertDesk desk) {
    Thread thread = new Thread(desk::deliverDue);
    thread.start();
    return thread;
  }

  @Test
  void whatWaitedTooLongForItsSinkIsLeftToALaterTryAndToldOnce() throws Exception {
    Slow slow = new Slow();
    AlertDesk desk = world.open(Desk.telling(slow));
    desk.raise(world.alert(Alert.Cause.LOCKED));
    desk.raise(world.alert(Alert.Cause.DURESS));
    Thread first = delivering(desk);
    assertThat(slow.entered.await(30, TimeUnit.SECONDS)).isTrue();

    world.later(AlertCourier.LEASE.minus(AlertCourier.RESERVE));
    slow.go.countDown();
    first.join(30_000);
    desk.deliverDue();

    assertThat(slow.taken.taken)
        .extracting(message -> message.alert().cause())
        .containsExactlyInAnyOrder(Alert.Cause.LOCKED, Alert.Cause.DURESS);
    assertThat(world.audited(AuditEvent.Type.ALERT_SENT))
        .as("waiting is no try")
        .allMatch(event -> event.details().get("tries").equals("1"));
  }

  @Test
  void aBurstBeyondWhatASlowSinkHasRoomForGoesToTheNextSink() throws Exception {
    Slow slow = new Slow();
    int extra = 15;
    CountDownLatch second = new CountDownLatch(extra);
    AlertDesk desk =
        world.open(
            telling(AlertTarget.of("guard", slow).orElse(message -> second.countDown()))
                .stormCap(1000, MINUTE));
    // One is with the sink, and so many wait for it.
    int room = SinkLane.QUEUE + 1;
    for (int i = 0; i < room + extra; i++) {
      desk.raise(world.alert(Alert.Cause.LOCKED, "subject-" + i, "door"));
    }
    List<Thread> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      all.add(delivering(desk)); // Each claims sixteen, and waits for them.
    }
    assertThat(second.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(slow.taken.taken).isEmpty();
    slow.go.countDown();
    for (Thread thread : all) {
      thread.join(30_000);
    }
    assertThat(slow.taken.taken).hasSize(room);
    assertThat(world.audited(AuditEvent.Type.ALERT_SENT)).hasSize(room + extra);
  }

  @Test
  void aBurstForOneSlowSinkCostsNoTry() throws Exception {
    Slow slow = new Slow();
    AlertDesk desk =
        world.open(
            Desk.telling(slow)
                .stormCap(1000, MINUTE)
                .retries(Duration.ofSeconds(1), Duration.ofSeconds(1), 1));
    int alerts = 5 * 16;
    for (int i = 0; i < alerts; i++) {
      desk.raise(world.alert(Alert.Cause.LOCKED, "subject-" + i, "door"));
    }
    List<Thread> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      all.add(delivering(desk));
    }
    // Those for whom there was no room are given back, to be tried a little later.
    while (waiting(desk) < alerts - SinkLane.QUEUE - 1) {
      Thread.onSpinWait();
    }
    slow.go.countDown();
    for (Thread thread : all) {
      thread.join(30_000);
    }
    world.later(Duration.ofSeconds(5));
    desk.deliverDue();
    assertThat(slow.taken.taken)
        .extracting(AlertMessage::id)
        .hasSize(alerts)
        .doesNotHaveDuplicates();
    assertThat(desk.list(EnumSet.of(State.DEAD), 0, 100)).isEmpty();
  }

  private static long waiting(AlertDesk desk) {
    return desk.list(EnumSet.of(State.WAITING), 0, 200).stream()
        .filter(record -> record.targets().get(0).status().equals("PENDING"))
        .filter(record -> record.targets().get(0).tries() == 0)
        .count();
  }

  @Test
  void closingInterruptsASinkThatHangsAndTheAlertStaysInTheOutbox() throws Exception {
    Slow slow = new Slow();
    AlertDesk desk = world.open(Desk.telling(slow));
    desk.start();
    desk.raise(world.alert(Alert.Cause.LOCKED));
    assertThat(slow.entered.await(30, TimeUnit.SECONDS)).isTrue();

    desk.close();

    assertThat(slow.interrupted.await(30, TimeUnit.SECONDS)).isTrue();
    desk.raise(world.alert(Alert.Cause.DURESS));
    assertThat(world.entries()).as("raised after the end").hasSize(2);
  }

  @Test
  void aDeskThatWasNeverStartedSendsNothingWhenItIsClosed() {
    AlertDesk desk = world.open(Desk.telling(guard));
    desk.raise(world.alert(Alert.Cause.LOCKED));
    desk.close();
    assertThat(guard.taken).isEmpty();
    assertThat(world.open(Desk.telling(guard)).deliverDue()).isEqualTo(1);
  }

  @Test
  void whatIsRaisedJustBeforeTheEndStillGoesOut() {
    AlertDesk desk = world.open(Desk.telling(guard));
    desk.start();
    for (int i = 0; i < 10; i++) {
      desk.raise(world.alert(Alert.Cause.LOCKED, "subject-" + i, "door"));
    }
    desk.close();
    assertThat(guard.taken).hasSize(10);
  }

  @Test
  void theLinkIsAddedToAnAddressWithAndWithoutAQuery() {
    for (String page : List.of("https://alerts.example/ack", "https://alerts.example/ack?x=1")) {
      Sink sink = new Sink();
      AlertDesk desk =
          world.open(Desk.telling(sink).acknowledgeAt(URI.create(page), Duration.ofHours(1)));
      desk.raise(world.alert(Alert.Cause.LOCKED, "subject", page));
      desk.deliverDue();
      assertThat(new String(sink.taken.get(0).acknowledge().orElseThrow().reveal()))
          .startsWith(page + (page.contains("?") ? "&token=" : "?token="));
    }
  }
}
