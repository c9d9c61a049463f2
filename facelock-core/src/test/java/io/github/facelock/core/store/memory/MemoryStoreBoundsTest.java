package io.github.facelock.core.store.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.store.AttemptRecord;
import io.github.facelock.test.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Hostile names and abandoned logins cannot fill the memory, nor flush what protects a victim. */
class MemoryStoreBoundsTest {

  private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");
  private final MutableClock clock = MutableClock.at(NOON);

  @Test
  void theOldestLoginGivesWayWhenTheRoomIsUsedUp() {
    MemoryTransactionStore store = new MemoryTransactionStore(clock, 128 << 10);
    Instant later = NOON.plusSeconds(60);
    for (int i = 0; i < 1000; i++) {
      store.put("key" + i, new byte[1024], later);
    }
    // 128 KiB hold 102 states of 1 KiB with 256 bytes of overhead each.
    assertThat(store.size()).isEqualTo(102);
    assertThat(store.take("key999", NOON)).isPresent();
    assertThat(store.take("key898", NOON)).isPresent();
    assertThat(store.take("key897", NOON)).isEmpty();
    assertThat(store.size()).isEqualTo(100);
  }

  @Test
  void aTakenLoginGivesItsRoomBack() {
    MemoryTransactionStore store = new MemoryTransactionStore(clock, 128 << 10);
    store.put("first", new byte[64 << 10], NOON.plusSeconds(60));
    for (int i = 0; i < 100; i++) {
      store.put("key" + i, new byte[60 << 10], NOON.plusSeconds(60));
      assertThat(store.take("key" + i, NOON)).isPresent();
    }
    store.put("first again", new byte[1], NOON.plusSeconds(60));
    store.put("first again", new byte[60 << 10], NOON.plusSeconds(60));
    assertThat(store.take("first", NOON)).isPresent();
  }

  @Test
  void expiredLoginsAreSweptAlsoAfterTheClockWasSetBack() {
    MemoryTransactionStore store = new MemoryTransactionStore(clock);
    for (int i = 0; i < 100; i++) {
      store.put("key" + i, new byte[10], NOON.plusSeconds(30));
    }
    clock.advance(Duration.ofSeconds(59));
    store.put("a", new byte[10], NOON.plusSeconds(600));
    assertThat(store.size()).isEqualTo(101);
    clock.advance(Duration.ofSeconds(1));
    store.put("b", new byte[10], NOON.plusSeconds(600));
    assertThat(store.size()).isEqualTo(2);

    clock.set(NOON.minus(Duration.ofDays(1)));
    store.put("old", new byte[10], NOON.minus(Duration.ofDays(2)));
    assertThat(store.size()).isEqualTo(3);
    clock.advance(Duration.ofSeconds(60));
    store.put("c", new byte[10], NOON.plusSeconds(600));
    assertThat(store.size()).isEqualTo(3);
  }

  @Test
  void aRoomTooSmallForOneStateIsRefused() {
    assertThatThrownBy(() -> new MemoryTransactionStore(clock, (128 << 10) - 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new MemoryAttemptStore(clock, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new MemoryAuditLog(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aFloodOfInventedNamesDoesNotFlushAVictimsRecord() {
    MemoryAttemptStore store = new MemoryAttemptStore(clock, 100);
    assertThat(store.replace("victim", record(4, NOON, 1))).isTrue();
    for (int i = 0; i < 10_000; i++) {
      clock.advance(Duration.ofSeconds(1));
      assertThat(store.replace("invented" + i, record(1, clock.instant(), 1))).isTrue();
    }
    assertThat(store.find("victim")).contains(record(4, NOON, 1));
    assertThat(store.find("invented9999")).isPresent();
    assertThat(store.find("invented9901")).isPresent();
    assertThat(store.find("invented9900")).as("the oldest of the least").isEmpty();
  }

  @Test
  void aRecordThatBlocksNeverGivesWay() {
    MemoryAttemptStore store = new MemoryAttemptStore(clock, 2);
    Instant until = NOON.plusSeconds(30);
    assertThat(store.replace("low", new AttemptRecord(1, until, NOON, 1))).isTrue();
    assertThat(store.replace("high", record(50, NOON, 1))).isTrue();

    assertThat(store.replace("new", new AttemptRecord(1, Instant.MAX, NOON, 1))).isTrue();
    assertThat(store.find("high")).isEmpty();
    assertThat(store.find("low")).isPresent();

    assertThatThrownBy(() -> store.replace("one more", record(1, NOON, 1)))
        .isInstanceOf(FaceLockException.Store.class)
        .hasMessageContaining("more room");
    assertThat(store.find("one more")).isEmpty();
    assertThat(store.replace("low", new AttemptRecord(2, until, NOON, 2)))
        .as("records that are there can change")
        .isTrue();

    clock.set(until);
    assertThat(store.replace("one more", record(1, NOON, 1))).isTrue();
    assertThat(store.find("low")).isEmpty();
  }

  @Test
  void aDeletedRecordGivesItsRoomBack() {
    MemoryAttemptStore store = new MemoryAttemptStore(clock, 2);
    assertThat(store.replace("a", record(1, NOON, 1))).isTrue();
    assertThat(store.replace("b", record(2, NOON, 1))).isTrue();
    store.delete("b");
    assertThat(store.replace("c", record(3, NOON, 1))).isTrue();
    assertThat(store.find("a")).isPresent();
    assertThat(store.replace("d", record(3, NOON, 1))).isTrue();
    assertThat(store.find("a")).isEmpty();
  }

  @Test
  void theAuditLogKeepsTheLatestEvents() {
    MemoryAuditLog log = new MemoryAuditLog(3);
    for (int i = 0; i < 10; i++) {
      log.append(
          new AuditEvent(
              NOON.plusSeconds(i),
              AuditEvent.Type.CHALLENGED,
              "t" + i,
              Optional.empty(),
              Optional.empty(),
              "door",
              Map.of()));
    }
    assertThat(log.events()).extracting(AuditEvent::transaction).containsExactly("t7", "t8", "t9");
  }

  private static AttemptRecord record(int failures, Instant at, long version) {
    return new AttemptRecord(failures, at, at, version);
  }
}
