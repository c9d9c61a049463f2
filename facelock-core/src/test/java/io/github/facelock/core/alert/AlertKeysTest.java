package io.github.facelock.core.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.core.crypto.FixedKeys;
import io.github.facelock.core.crypto.KeyRing;
import io.github.facelock.spi.Alert;
import io.github.facelock.spi.store.OutboxEntry;
import io.github.facelock.spi.store.OutboxEntry.State;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Alerts and their pictures while keys change. */
@Timeout(60)
class AlertKeysTest {

  private static final int ALERTS = 250;

  private final Desk world = new Desk();
  private final Desk.Sink guard = new Desk.Sink();

  private static KeyRing ring(String current, String... ids) {
    Map<String, SecretKey> keys = new TreeMap<>();
    for (String id : ids) {
      byte[] key = id.repeat(16).getBytes(StandardCharsets.US_ASCII);
      keys.put(id, new SecretKeySpec(key, "AES"));
    }
    return new KeyRing(new FixedKeys(current, keys), new SecureRandom());
  }

  private void raise(int alerts) {
    world.keys = ring("k1", "k1");
    AlertDesk desk = world.open(Desk.telling(guard).stormCap(ALERTS, Duration.ofMinutes(5)));
    for (int i = 0; i < alerts; i++) {
      desk.raise(world.alert(Alert.Cause.LOCKED, "subject-" + i, "192.0.2.7"));
    }
    assertThat(world.entries()).hasSize(alerts);
  }

  @Test
  void waitingAlertsMoveToTheNewKeyStepByStepAndGoOutUnderItAlone() {
    raise(ALERTS);
    AlertKeys rotation = new AlertKeys(world.outbox, ring("k2", "k1", "k2"));
    assertThat(rotation.countByKey()).containsOnly(Map.entry("k1", (long) ALERTS));

    assertThat(rotation.reseal(120)).isEqualTo(120);
    assertThat(rotation.countByKey()).containsEntry("k1", 130L).containsEntry("k2", 120L);
    // Another process goes on; what was added meanwhile is under the new key already.
    AlertKeys next = new AlertKeys(world.outbox, ring("k2", "k1", "k2"));
    assertThat(next.reseal(120)).isEqualTo(120);
    assertThat(next.reseal(120)).isEqualTo(10);
    assertThat(next.reseal(120)).isZero();
    assertThat(next.countByKey()).containsOnly(Map.entry("k2", (long) ALERTS));

    world.keys = ring("k2", "k2");
    AlertDesk desk = world.open(Desk.telling(guard).stormCap(ALERTS, Duration.ofMinutes(5)));
    for (int i = 0; i < 20; i++) {
      desk.deliverDue();
      world.later(Duration.ofSeconds(10));
    }
    assertThat(guard.taken).hasSize(ALERTS);
  }

  @Test
  void sealingAnewLeavesALeaseAlone() {
    raise(1);
    Instant lease = world.clock.instant().plusSeconds(60);
    OutboxEntry claimed = world.outbox.claim(world.clock.instant(), lease, 1).get(0);

    assertThat(new AlertKeys(world.outbox, ring("k2", "k1", "k2")).reseal(10)).isEqualTo(1);

    OutboxEntry now = world.onlyEntry();
    assertThat(now.version()).isEqualTo(claimed.version() + 1);
    assertThat(SealedOutbox.isHeld(now, lease)).isTrue();
    assertThat(world.outbox.claim(lease.minusMillis(1), lease.plusSeconds(60), 1)).isEmpty();
  }

  @Test
  void whatDoesNotOpenKeepsItsKeyAndHoldsUpNoOther() {
    raise(3);
    OutboxEntry damaged = world.entries().get(1);
    byte[] contents = damaged.contents();
    contents[contents.length - 1] ^= 1;
    world.outbox.replace(damaged.next(State.WAITING, damaged.dueAt(), contents));
    AlertKeys rotation = new AlertKeys(world.outbox, ring("k2", "k1", "k2"));

    assertThat(rotation.reseal(10)).isEqualTo(2);
    assertThat(rotation.reseal(10)).isZero();

    assertThat(rotation.countByKey()).containsEntry("k1", 1L).containsEntry("k2", 2L);
  }

  @Test
  void aPictureHoldsItsKeyUntilItExpires() {
    raise(2);
    String id = world.entries().get(0).id();
    Instant end = world.clock.instant().plus(Duration.ofDays(7));
    world.snapshots.put(id, world.keys.seal(new byte[] {1}, new byte[0]), end);
    SnapshotKeys pictures = new SnapshotKeys(world.outbox, world.snapshots, world.clock);

    assertThat(pictures.countByKey()).containsOnly(Map.entry("k1", 1L));
    world.later(Duration.ofDays(8));

    assertThat(pictures.countByKey()).isEmpty();
  }
}
