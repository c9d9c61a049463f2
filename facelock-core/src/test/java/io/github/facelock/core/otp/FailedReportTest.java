package io.github.facelock.core.otp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.core.crypto.FixedKeys;
import io.github.facelock.core.crypto.KeyRing;
import io.github.facelock.core.fixtures.StoppedClock;
import io.github.facelock.core.store.memory.MemoryAttemptStore;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.OtpMessage;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A provider took a code and reports later that it failed: who is given it then, and who not. */
@Timeout(30)
class FailedReportTest {

  private static final Duration LIFE = Duration.ofMinutes(5);
  private static final String REFERENCE = "ref-1";

  private final StoppedClock clock = new StoppedClock(Instant.parse("2026-11-21T12:00:00Z"));
  private final RecordingAudit audit = new RecordingAudit();
  private final ScriptedChannel first = new ScriptedChannel(FactorType.SMS_CODE);
  private final ScriptedChannel second = new ScriptedChannel(FactorType.SMS_CODE);

  private CodeDispatcher dispatcher(int capacity, ScriptedChannel... channels) {
    return new CodeDispatcher(List.of(channels), audit, clock, settings(capacity));
  }

  private static DeliverySettings settings(int capacity) {
    Duration pause = Duration.ofMillis(1);
    return new DeliverySettings(1, capacity, pause, pause, Duration.ofSeconds(5));
  }

  private CodeDelivery delivery(String transaction, String id) {
    return new CodeDelivery(
        new OtpMessage(id, Secret.of("+4915123456789"), Secret.of("12345678"), LIFE, Locale.ROOT),
        FactorType.SMS_CODE,
        SubjectId.of("alice"),
        transaction,
        "192.0.2.7",
        clock.instant().plus(LIFE));
  }

  private void assertSent(String... insteadOf) throws Exception {
    AuditEvent event = audit.next();
    assertThat(event.type()).isEqualTo(AuditEvent.Type.CODE_SENT);
    assertThat(event.transaction()).startsWith("tx-");
    if (insteadOf.length > 0) {
      assertThat(event.details()).containsEntry("instead-of", insteadOf[0]);
    } else {
      assertThat(event.details()).doesNotContainKey("instead-of");
    }
  }

  @Test
  void theNextChannelGetsTheSameMessageOnce() throws Exception {
    try (CodeDispatcher dispatcher = dispatcher(10, first, second)) {
      dispatcher.dispatch(delivery("tx-1", "m1"));
      assertSent();
      dispatcher.undelivered(second, REFERENCE);
      dispatcher.undelivered(first, "another");
      dispatcher.undelivered(first, REFERENCE);
      assertSent("sms-code");
      dispatcher.undelivered(first, REFERENCE);
      // The last channel has failed too: nobody is left.
      dispatcher.undelivered(second, REFERENCE);
    }
    assertThat(first.asked()).extracting(OtpMessage::id).containsExactly("m1");
    assertThat(second.asked()).extracting(OtpMessage::id).containsExactly("m1");
    assertThat(audit.all()).hasSize(2);
  }

  @Test
  void aThirdChannelFollowsTheSecond() throws Exception {
    ScriptedChannel third = new ScriptedChannel(FactorType.SMS_CODE);
    try (CodeDispatcher dispatcher = dispatcher(10, first, second, third)) {
      dispatcher.dispatch(delivery("tx-1", "m1"));
      assertSent();
      dispatcher.undelivered(first, REFERENCE);
      assertSent("sms-code");
      dispatcher.undelivered(second, REFERENCE);
      assertSent("sms-code");
    }
    assertThat(third.asked()).hasSize(1);
    assertThat(first.asked()).hasSize(1);
  }

  @Test
  void anExpiredCodeIsNotSentOn() throws Exception {
    try (CodeDispatcher dispatcher = dispatcher(10, first, second)) {
      dispatcher.dispatch(delivery("tx-1", "m1"));
      assertSent();
      clock.advance(LIFE);
      dispatcher.undelivered(first, REFERENCE);
    }
    assertThat(second.asked()).isEmpty();
    assertThat(audit.all()).hasSize(1);
  }

  @Test
  void aCodeThatANewerOneReplacedIsNotSentOn() {
    Reportable memory = new Reportable(10);
    memory.keep(first, "r1", kept("tx-1"), clock.instant());
    memory.keep(first, "r2", kept("tx-2"), clock.instant());
    memory.supersede(delivery("tx-1", "newer"));
    assertThat(memory.take(first, "r1", clock.instant())).isEmpty();
    assertThat(memory.take(first, "r2", clock.instant())).isPresent();
  }

  private Reportable.Kept kept(String transaction) {
    return new Reportable.Kept(delivery(transaction, "m"), List.of(second));
  }

  @Test
  void whoMayHaveItAlreadyIsNotGivenItAgain() throws Exception {
    ScriptedChannel perhaps =
        new ScriptedChannel(
            FactorType.SMS_CODE,
            message -> {
              throw FaceLockException.Delivery.uncertain("broke off", new IOException("reset"));
            });
    try (CodeDispatcher dispatcher = dispatcher(10, perhaps, first)) {
      dispatcher.dispatch(delivery("tx-1", "m1"));
      assertSent();
      dispatcher.undelivered(first, REFERENCE);
    }
    assertThat(perhaps.asked()).hasSize(1);
    assertThat(audit.all()).hasSize(1);
  }

  @Test
  void anotherMessageIsChargedAnew() throws Exception {
    KeyRing keys =
        new KeyRing(
            new FixedKeys("k1", Map.of("k1", new SecretKeySpec(new byte[32], "AES"))),
            new SecureRandom());
    RateLimit one = RateLimit.of(1, Duration.ofHours(1));
    SendBudgets budgets = SendBudgets.ofDefaults().withPersonal(one, one, one);
    try (CodeDispatcher dispatcher =
        new CodeDispatcher(
            List.of(first, second),
            budgets,
            new MemoryAttemptStore(clock),
            keys,
            audit,
            alert -> {},
            clock,
            settings(10))) {
      dispatcher.dispatch(delivery("tx-1", "m1"));
      assertSent();
      dispatcher.undelivered(first, REFERENCE);
      AuditEvent event = audit.next();
      assertThat(event.type()).isEqualTo(AuditEvent.Type.CODE_NOT_SENT);
      assertThat(event.details()).containsEntry("cause", "budget").containsKey("instead-of");
    }
    assertThat(second.asked()).isEmpty();
  }

  @Test
  void nothingIsSentOnAfterTheEnd() throws Exception {
    CodeDispatcher dispatcher = dispatcher(10, first, second);
    dispatcher.dispatch(delivery("tx-1", "m1"));
    assertSent();
    dispatcher.close();
    dispatcher.undelivered(first, REFERENCE);
    assertThat(second.asked()).isEmpty();
    assertThat(audit.all()).hasSize(1);
  }

  @Test
  void theOldestMessageMakesRoom() {
    Reportable memory = new Reportable(1);
    memory.keep(first, "r1", kept("tx-1"), clock.instant());
    memory.keep(first, "r2", kept("tx-2"), clock.instant());
    assertThat(memory.take(first, "r1", clock.instant())).isEmpty();
    assertThat(memory.take(first, "r2", clock.instant())).isPresent();
  }
}
