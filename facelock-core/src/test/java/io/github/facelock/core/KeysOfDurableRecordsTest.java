package io.github.facelock.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.admin.AuditQuery;
import io.github.facelock.api.policy.Policy;
import io.github.facelock.core.audit.AuditVerification;
import io.github.facelock.core.crypto.FixedKeys;
import io.github.facelock.core.store.jdbc.JdbcStores;
import io.github.facelock.spi.Alert;
import io.github.facelock.spi.store.AuditRecord;
import io.github.facelock.test.MutableClock;
import io.github.facelock.test.RecordingAlertSink;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Alerts that wait and a trail that is kept, in a database, while keys change and time passes. */
@Timeout(120)
class KeysOfDurableRecordsTest {

  private static final SubjectId ANN = SubjectId.of("ann");

  @TempDir Path folder;

  private final MutableClock clock = MutableClock.at(Instant.parse("2030-01-01T12:00:00Z"));
  private final RecordingAlertSink guard = new RecordingAlertSink();

  private static SecretKey key(int fill) {
    byte[] bytes = new byte[32];
    bytes[5] = (byte) fill;
    return new SecretKeySpec(bytes, "AES");
  }

  private FaceLockBuilder on(JdbcStores stores, String current, Map<String, SecretKey> keys) {
    return FaceLock.builder()
        .policy(Policy.named("door").step(FactorType.PIN).step(FactorType.TOTP).build())
        .clock(clock)
        .keys(new FixedKeys(current, keys))
        .stores(stores)
        .alertSink(guard);
  }

  private Alert sensor() {
    return new Alert(
        clock.instant(), Alert.Cause.SENSOR, Optional.empty(), Optional.empty(), "door", Map.of());
  }

  @Test
  void aKeyIsRetiredWhenNoAlertAndNoRecordOfTheTrailNeedsIt() {
    guard.refuse();
    try (JdbcStores stores = JdbcStores.inFile(folder.resolve("db"), clock)) {
      try (FaceLock first = on(stores, "k1", Map.of("k1", key(1))).build()) {
        first.enrolment().register(ANN);
        first.alerts().raise(sensor());
      }
      try (FaceLock second = on(stores, "k2", Map.of("k1", key(1), "k2", key(2))).build()) {
        assertThat(second.keyRotation().needs("k1"))
            .containsEntry("alerts", 1L)
            .containsKey("audit trail");
        while (!second.keyRotation().step(10).complete()) {
          Thread.onSpinWait();
        }
        assertThat(second.keyRotation().progress().done()).isPositive();
        assertThat(second.keyRotation().needs("k1")).containsOnlyKeys("audit trail");
        assertThatThrownBy(() -> second.keyRotation().retire("k1"))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("audit trail");

        second.enrolment().register(SubjectId.of("ben"));
        long last =
            second.audit().orElseThrow().search(AuditQuery.all()).stream()
                .filter(record -> record.keyId().equals("k1"))
                .mapToLong(AuditRecord::number)
                .max()
                .orElseThrow();
        assertThat(second.audit().orElseThrow().cut(last)).isPositive();
        second.keyRotation().retire("k1");
      }
      guard.accept();
      clock.advance(Duration.ofHours(1));
      try (FaceLock third = on(stores, "k2", Map.of("k2", key(2))).build()) {
        guard.await(Alert.Cause.SENSOR);
        assertThat(third.audit().orElseThrow().verify())
            .isInstanceOf(AuditVerification.Intact.class);
      }
    }
  }

  @Test
  void housekeepingCutsTheTrailAndCleansTheDatabase() {
    try (JdbcStores stores = JdbcStores.inFile(folder.resolve("db"), clock)) {
      stores.transactions().put("expired", new byte[] {1}, clock.instant().plusSeconds(60));
      try (FaceLock before = on(stores, "k1", Map.of("k1", key(1))).build()) {
        before.enrolment().register(ANN);
      }
      clock.advance(Duration.ofDays(400));
      try (FaceLock faceLock =
          on(stores, "k1", Map.of("k1", key(1)))
              .housekeeping(HousekeepingSettings.ofDefaults().auditKept(Duration.ofDays(365)))
              .build()) {
        faceLock.enrolment().register(SubjectId.of("ben"));

        await(() -> faceLock.audit().orElseThrow().search(AuditQuery.all()).size() == 1);
        // The trail is the last chore; asked for as of a time when it lived, the login is gone.
        assertThat(stores.transactions().take("expired", Instant.EPOCH)).isEmpty();
        assertThat(faceLock.audit().orElseThrow().search(AuditQuery.all()).get(0).event().subject())
            .contains(SubjectId.of("ben"));
        assertThat(faceLock.audit().orElseThrow().verify())
            .isInstanceOf(AuditVerification.Intact.class);
      }
    }
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }
}
