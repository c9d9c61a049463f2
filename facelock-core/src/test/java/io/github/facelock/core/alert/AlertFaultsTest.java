package io.github.facelock.core.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.core.alert.Desk.Sink;
import io.github.facelock.core.store.memory.MemoryOutboxStore;
import io.github.facelock.spi.Alert;
import io.github.facelock.spi.AlertMessage;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.store.OutboxEntry;
import io.github.facelock.spi.store.OutboxEntry.State;
import io.github.facelock.spi.store.OutboxStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Processes that die, stores that fail, sinks that hang: nothing is lost or told twice. */
@Timeout(60)
class AlertFaultsTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Desk world = new Desk();
  private final Sink guard = new Sink();

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
  void anOutboxThatFailsAgainHalfWayKeepsTheOrderOfWhatWaits() {
    Cut full = new Cut(new MemoryOutboxStore());
    full.full = true;
    world.outbox = full;
    AlertDesk desk = world.open(Desk.telling(guard));
    for (int i = 0; i < 5; i++) {
      desk.raise(world.alert(Alert.Cause.LOCKED, "subject-" + i, "door"));
    }
    for (int left = 4; left >= 0; left--) {
      full.allowed.set(1);
      desk.deliverDue();
      assertThat(desk.waitingInMemory()).isEqualTo(left);
    }
    assertThat(guard.taken)
        .extracting(message -> message.alert().subject().orElseThrow().value())
        .containsExactly("subject-0", "subject-1", "subject-2", "subject-3", "subject-4");
  }

  @Test
  void whatNeitherOutboxNorMemoryHasRoomForIsCounted() {
    Cut failing = new Cut(new MemoryOutboxStore());
    failing.fault = true;
    world.outbox = failing;
    AlertDesk desk = world.open(Desk.telling(guard).stormCap(10_000, MINUTE));
    for (int i = 0; i < 1003; i++) {
      desk.raise(world.alert(Alert.Cause.LOCKED, "subject-" + i, "door"));
    }
    assertThat(desk.waitingInMemory()).isEqualTo(1000);
    assertThat(desk.lost()).isEqualTo(3);
    failing.fault = false;
    desk.deliverDue();
    assertThat(guard.taken).hasSize(1000);
    assertThat(desk.waitingInMemory()).isZero();
    assertThat(desk.lost()).isEqualTo(3);
  }

  @Test
  void aRunningDeskCatchesUpWhenTheOutboxIsBackAndPurgesByItself() throws Exception {
    Cut failing = new Cut(new MemoryOutboxStore());
    failing.fault = true;
    world.outbox = failing;
    CountDownLatch told = new CountDownLatch(1);
    try (AlertDesk desk = world.open(Desk.telling(message -> told.countDown()))) {
      desk.raise(world.alert(Alert.Cause.LOCKED));
      desk.start();
      desk.start();
      failing.fault = false;
      assertThat(told.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(desk.waitingInMemory()).isZero();
      assertThat(failing.purged.getCount()).as("not before its hour").isEqualTo(1);
      world.later(Duration.ofHours(1));
      assertThat(failing.purged.await(30, TimeUnit.SECONDS)).isTrue();
    }
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

  /** A store that a test can cut off, as the death of a process does, or make fail. */
  private static final class Cut implements OutboxStore {
    final OutboxStore store;
    volatile boolean cut;
    volatile boolean fault;
    final CountDownLatch purged = new CountDownLatch(1);
    final AtomicInteger allowed = new AtomicInteger();
    volatile boolean full;

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
      if (full && allowed.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
        throw new FaceLockException.Store("The store is full");
      }
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
      purged.countDown();
      return store.purge(createdBefore);
    }
  }
}
