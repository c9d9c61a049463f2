package io.github.facelock.core.alert;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.core.crypto.FixedKeys;
import io.github.facelock.core.crypto.KeyRing;
import io.github.facelock.core.store.memory.MemoryAttemptStore;
import io.github.facelock.core.store.memory.MemoryOutboxStore;
import io.github.facelock.core.store.memory.MemorySnapshotStore;
import io.github.facelock.spi.Alert;
import io.github.facelock.spi.AlertMessage;
import io.github.facelock.spi.AlertSink;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.store.OutboxEntry;
import io.github.facelock.spi.store.OutboxStore;
import io.github.facelock.test.MutableClock;
import io.github.facelock.test.RecordingAuditLog;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.spec.SecretKeySpec;

/** A desk over stores that outlive it, driven by hand. */
final class Desk {

  static final Instant START = Instant.parse("2030-01-01T12:00:00Z");
  static final SubjectId ALICE = SubjectId.of("alice");

  final MutableClock clock = MutableClock.at(START);
  final MemorySnapshotStore snapshots = new MemorySnapshotStore();
  final RecordingAuditLog audit = new RecordingAuditLog();
  final Map<SubjectId, List<NoticeAddress>> addresses = new HashMap<>();
  OutboxStore outbox = new MemoryOutboxStore();
  KeyRing keys = ring("k1");

  static KeyRing ring(String id) {
    byte[] key = new byte[32];
    key[0] = (byte) id.hashCode();
    return new KeyRing(
        new FixedKeys(id, Map.of(id, new SecretKeySpec(key, "AES"))), new SecureRandom());
  }

  AlertDesk open(AlertSettings settings) {
    return new AlertDesk(
        settings,
        new AlertDesk.Foundation(
            outbox,
            snapshots,
            new MemoryAttemptStore(clock),
            keys,
            audit,
            subject -> addresses.getOrDefault(subject, List.of()),
            clock,
            new SecureRandom()));
  }

  static AlertSettings telling(AlertSink sink) {
    return AlertSettings.ofDefaults()
        .escalation(EscalationPolicy.atOnce(AlertTarget.of("guard", sink)));
  }

  Alert alert(Alert.Cause cause) {
    return alert(cause, "alice", "192.0.2.7");
  }

  Alert alert(Alert.Cause cause, String subject, String source) {
    return new Alert(
        clock.instant(),
        cause,
        Optional.of(SubjectId.of(subject)),
        Optional.of(FactorType.FACE),
        source,
        Map.of("cause", "test"));
  }

  void later(Duration by) {
    clock.advance(by);
  }

  List<AuditEvent> audited(AuditEvent.Type type) {
    return audit.events().stream().filter(event -> event.type() == type).toList();
  }

  List<OutboxEntry> entries() {
    return outbox.list(EnumSet.allOf(OutboxEntry.State.class), 0, 10_000);
  }

  OutboxEntry onlyEntry() {
    List<OutboxEntry> entries = entries();
    if (entries.size() != 1) {
      throw new AssertionError("One entry expected: " + entries);
    }
    return entries.get(0);
  }

  static String token(AlertMessage message) {
    String link = new String(message.acknowledge().orElseThrow().reveal());
    return link.substring(link.indexOf("token=") + 6);
  }

  static Secret secretToken(AlertMessage message) {
    return Secret.of(token(message));
  }

  /** A sink that does what the test says. */
  static final class Sink implements AlertSink {
    final List<AlertMessage> taken = new CopyOnWriteArrayList<>();
    volatile Optional<RuntimeException> fault = Optional.empty();
    volatile int tries;

    @Override
    public synchronized void deliver(AlertMessage message) {
      tries++;
      if (fault.isPresent()) {
        throw fault.get();
      }
      taken.add(message);
    }

    Sink refusing(boolean retryable) {
      fault =
          Optional.of(
              new FaceLockException.Delivery(
                  "Away", retryable, new java.io.IOException("scripted")));
      return this;
    }

    void accept() {
      fault = Optional.empty();
    }
  }
}
