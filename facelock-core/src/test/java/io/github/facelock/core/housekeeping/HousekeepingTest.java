package io.github.facelock.core.housekeeping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.facelock.core.store.memory.MemorySnapshotStore;
import io.github.facelock.test.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HousekeepingTest {

  private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

  private final MutableClock clock = MutableClock.at(START);

  @Test
  void choresRunWhenTheyAreDueByTheClock() {
    AtomicInteger minutes = new AtomicInteger();
    AtomicInteger hours = new AtomicInteger();
    try (Housekeeping housekeeping =
        new Housekeeping(
            List.of(
                new Chore("minutes", Duration.ofMinutes(1), now -> minutes.incrementAndGet()),
                new Chore("hours", Duration.ofHours(1), now -> hours.incrementAndGet())),
            clock)) {
      for (int minute = 0; minute < 120; minute++) {
        housekeeping.runDue();
        housekeeping.runDue();
        clock.advance(Duration.ofMinutes(1));
      }
      assertThat(minutes).hasValue(120);
      assertThat(hours).hasValue(2);
      // Set back: not before its time, and not never again.
      clock.advance(Duration.ofDays(-10));
      housekeeping.runDue();
      assertThat(hours).hasValue(3);
    }
  }

  @Test
  void aChoreThatFailsIsReportedAndStopsNoOther() {
    AtomicInteger runs = new AtomicInteger();
    try (Housekeeping housekeeping =
        new Housekeeping(
            List.of(
                new Chore(
                    "bad",
                    Duration.ofSeconds(1),
                    now -> {
                      if (runs.incrementAndGet() == 1) {
                        throw new IllegalStateException("the store is away");
                      }
                      return 5;
                    }),
                new Chore("good", Duration.ofSeconds(1), now -> 1)),
            clock)) {
      housekeeping.runDue();
      assertThat(housekeeping.reports().get(0).fault())
          .hasValueSatisfying(fault -> assertThat(fault).contains("away"));
      assertThat(housekeeping.reports().get(1).total()).isEqualTo(1);

      clock.advance(Duration.ofSeconds(1));
      housekeeping.runDue();
      assertThat(housekeeping.reports().get(0).fault()).isEmpty();
      assertThat(housekeeping.reports().get(0).total()).isEqualTo(5);
      assertThat(housekeeping.reports().get(0).lastRun()).contains(START.plusSeconds(1));
    }
  }

  @Test
  void anOwnThreadRunsThemUntilItIsClosed() throws Exception {
    CountDownLatch ran = new CountDownLatch(1);
    Housekeeping housekeeping =
        new Housekeeping(
            List.of(
                new Chore(
                    "once",
                    Duration.ofHours(1),
                    now -> {
                      ran.countDown();
                      return 0;
                    })),
            clock);
    housekeeping.start();
    housekeeping.start();
    assertThat(ran.await(30, TimeUnit.SECONDS)).isTrue();
    housekeeping.close();
    housekeeping.close();
  }

  @Test
  void snapshotsGoWhenTheirTimeHasCome() {
    MemorySnapshotStore snapshots = new MemorySnapshotStore();
    snapshots.put("one", new byte[] {1}, START.plusSeconds(60));
    snapshots.put("two", new byte[] {2}, START.plus(Duration.ofDays(1)));
    try (Housekeeping housekeeping =
        new Housekeeping(List.of(Retention.ofSnapshots(snapshots)), clock)) {
      clock.advance(Duration.ofMinutes(2));
      housekeeping.runDue();
      assertThat(housekeeping.reports().get(0).total()).isEqualTo(1);
      assertThat(snapshots.find("two", clock.instant())).isPresent();
    }
  }

  @Test
  void choresHaveNamesAndIntervals() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Chore(" ", Duration.ofHours(1), now -> 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Chore("busy", Duration.ofMillis(999), now -> 0));
  }
}
