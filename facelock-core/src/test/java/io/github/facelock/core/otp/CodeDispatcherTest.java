package io.github.facelock.core.otp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.core.fixtures.StoppedClock;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.OtpMessage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CodeDispatcherTest {

  private static final SubjectId ALICE = SubjectId.of("alice");
  private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");

  private final StoppedClock clock = new StoppedClock(START);
  private final RecordingAudit audit = new RecordingAudit();

  @Test
  void aSentCodeIsAuditedOnceWithoutAddressOrCode() throws Exception {
    ScriptedChannel mail = new ScriptedChannel(FactorType.EMAIL_CODE);
    try (CodeDispatcher dispatcher = dispatcher(10, mail)) {
      dispatcher.dispatch(delivery("m1"));
      AuditEvent event = audit.next();
      assertThat(event.type()).isEqualTo(AuditEvent.Type.CODE_SENT);
      assertThat(event.subject()).contains(ALICE);
      assertThat(event.factor()).contains(FactorType.EMAIL_CODE);
      assertThat(event.transaction()).isEqualTo("tx-1");
      assertThat(event.source()).isEqualTo("192.0.2.7");
      assertThat(event.at()).isEqualTo(START);
      assertThat(event.details())
          .containsOnly(
              Map.entry("tries", "1"),
              Map.entry("channel", "email-code"),
              Map.entry("status", "queued"),
              Map.entry("reference", "ref-1"));
    }
    assertThat(audit.all()).hasSize(1);
    assertThat(mail.taken()).hasSize(1);
  }

  @Test
  void whatMaySucceedLaterIsTriedAgainWithTheSameMessage() throws Exception {
    ScriptedChannel mail =
        new ScriptedChannel(FactorType.EMAIL_CODE, ScriptedChannel.LATER, ScriptedChannel.LATER);
    try (CodeDispatcher dispatcher = dispatcher(10, mail)) {
      dispatcher.dispatch(delivery("m1"));
      AuditEvent event = audit.next();
      assertThat(event.type()).isEqualTo(AuditEvent.Type.CODE_SENT);
      assertThat(event.details()).containsEntry("tries", "3");
    }
    assertThat(mail.asked()).extracting(OtpMessage::id).containsExactly("m1", "m1", "m1");
  }

  @Test
  void theNextChannelOfTheFactorTakesOver() throws Exception {
    ScriptedChannel sms = new ScriptedChannel(FactorType.SMS_CODE);
    ScriptedChannel first = new ScriptedChannel(FactorType.EMAIL_CODE, ScriptedChannel.NEVER);
    ScriptedChannel second = new ScriptedChannel(FactorType.EMAIL_CODE);
    try (CodeDispatcher dispatcher = dispatcher(10, sms, first, second)) {
      dispatcher.dispatch(delivery("m1"));
      assertThat(audit.next().type()).isEqualTo(AuditEvent.Type.CODE_SENT);
    }
    assertThat(sms.asked()).isEmpty();
    assertThat(second.taken()).hasSize(1);
  }

  @Test
  void aChannelThatBreaksWithAnErrorIsAuditedAndGivesItsRoomBack() throws Exception {
    Consumer<OtpMessage> overflow =
        m -> {
          throw new StackOverflowError();
        };
    ScriptedChannel mail = new ScriptedChannel(FactorType.EMAIL_CODE, overflow);
    try (CodeDispatcher dispatcher = dispatcher(1, mail)) {
      dispatcher.dispatch(delivery("m1"));
      AuditEvent event = audit.next();
      assertThat(event.type()).isEqualTo(AuditEvent.Type.CODE_NOT_SENT);
      assertThat(event.details()).containsEntry("cause", "refused");
    }
  }

  @Test
  void aChannelThatRefusedForGoodIsNotAskedAgain() throws Exception {
    ScriptedChannel first = new ScriptedChannel(FactorType.EMAIL_CODE, ScriptedChannel.NEVER);
    ScriptedChannel second = new ScriptedChannel(FactorType.EMAIL_CODE, ScriptedChannel.LATER);
    try (CodeDispatcher dispatcher = dispatcher(10, first, second)) {
      dispatcher.dispatch(delivery("m1"));
      assertThat(audit.next().details()).containsEntry("tries", "2");
    }
    assertThat(first.asked()).hasSize(1);
    assertThat(second.asked()).hasSize(2);
  }

  @Test
  void aRefusalForGoodAndAFaultAreAuditedAsNotSent() throws Exception {
    Consumer<OtpMessage> fault =
        m -> {
          throw new IllegalStateException("a@b.c 12345678");
        };
    for (Consumer<OtpMessage> script : List.of(ScriptedChannel.NEVER, fault)) {
      try (CodeDispatcher dispatcher =
          dispatcher(10, new ScriptedChannel(FactorType.EMAIL_CODE, script))) {
        dispatcher.dispatch(delivery("m1"));
        assertNotSent(audit.next(), "refused");
      }
    }
  }

  @Test
  void aMessageThatMayHaveBeenTakenIsTriedOnceMoreAtMost() throws Exception {
    Consumer<OtpMessage> perhaps =
        m -> {
          throw FaceLockException.Delivery.uncertain("broke off", new IOException("reset"));
        };
    ScriptedChannel lost = new ScriptedChannel(FactorType.EMAIL_CODE, perhaps, perhaps, perhaps);
    try (CodeDispatcher dispatcher = dispatcher(10, lost)) {
      dispatcher.dispatch(delivery("m1"));
      assertNotSent(audit.next(), "uncertain");
    }
    assertThat(lost.asked()).hasSize(2);

    ScriptedChannel once = new ScriptedChannel(FactorType.EMAIL_CODE, perhaps);
    try (CodeDispatcher dispatcher = dispatcher(10, once)) {
      dispatcher.dispatch(delivery("m2"));
      assertThat(audit.next().type()).isEqualTo(AuditEvent.Type.CODE_SENT);
    }
    ScriptedChannel first = new ScriptedChannel(FactorType.EMAIL_CODE, perhaps, perhaps);
    ScriptedChannel second = new ScriptedChannel(FactorType.EMAIL_CODE, perhaps, perhaps);
    ScriptedChannel third = new ScriptedChannel(FactorType.EMAIL_CODE);
    try (CodeDispatcher dispatcher = dispatcher(10, first, second, third)) {
      dispatcher.dispatch(delivery("m3"));
      assertNotSent(audit.next(), "uncertain");
    }
    assertThat(third.asked()).as("two may have arrived already").isEmpty();
  }

  @Test
  void aChannelThatAsksForPatienceIsLeftAloneSoLong() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    Consumer<OtpMessage> patience =
        m -> {
          asked.countDown();
          throw FaceLockException.Delivery.after(
              "busy", Duration.ofMinutes(2), new IOException("429"));
        };
    ScriptedChannel busy = new ScriptedChannel(FactorType.EMAIL_CODE, patience);
    ScriptedChannel other =
        new ScriptedChannel(
            FactorType.EMAIL_CODE,
            ScriptedChannel.LATER,
            ScriptedChannel.LATER,
            ScriptedChannel.LATER);
    try (CodeDispatcher dispatcher = dispatcher(10, busy, other)) {
      dispatcher.dispatch(delivery("m1"));
      assertThat(audit.next().details()).containsEntry("tries", "4");
    }
    assertThat(busy.asked()).as("its two minutes are not over").hasSize(1);
    assertThat(other.asked()).hasSize(4);
  }

  @Test
  void aWaitBeyondTheCodesLifeEndsTheTries() throws Exception {
    Consumer<OtpMessage> tomorrow =
        m -> {
          throw FaceLockException.Delivery.after(
              "busy", Duration.ofMinutes(5), new IOException("429"));
        };
    try (CodeDispatcher dispatcher =
        dispatcher(10, new ScriptedChannel(FactorType.EMAIL_CODE, tomorrow))) {
      dispatcher.dispatch(delivery("m1"));
      assertNotSent(audit.next(), "expired");
    }
  }

  @Test
  void withoutAChannelNothingIsSent() throws Exception {
    try (CodeDispatcher dispatcher = dispatcher(10, new ScriptedChannel(FactorType.SMS_CODE))) {
      dispatcher.dispatch(delivery("m1"));
      assertNotSent(audit.next(), "no-channel");
    }
  }

  @Test
  void triesEndWhenTheCodeExpires() throws Exception {
    Consumer<OtpMessage> slow =
        m -> {
          clock.advance(Duration.ofMinutes(5));
          ScriptedChannel.LATER.accept(m);
        };
    try (CodeDispatcher dispatcher =
        dispatcher(10, new ScriptedChannel(FactorType.EMAIL_CODE, slow))) {
      dispatcher.dispatch(delivery("m1"));
      assertNotSent(audit.next(), "expired");
    }
  }

  @Test
  void anExpiredCodeIsNotSent() throws Exception {
    ScriptedChannel mail = new ScriptedChannel(FactorType.EMAIL_CODE);
    CodeDelivery old = delivery("m1");
    clock.advance(Duration.ofMinutes(5));
    try (CodeDispatcher dispatcher = dispatcher(10, mail)) {
      dispatcher.dispatch(old);
      assertNotSent(audit.next(), "expired");
    }
    assertThat(mail.asked()).isEmpty();
  }

  @Test
  void whenTheQueueIsFullAMessageIsDroppedAndTheCallerDoesNotWait() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    ScriptedChannel mail = new ScriptedChannel(FactorType.EMAIL_CODE, m -> await(release));
    try (CodeDispatcher dispatcher = dispatcher(2, mail)) {
      dispatcher.dispatch(delivery("m1"));
      dispatcher.dispatch(delivery("m2"));
      dispatcher.dispatch(delivery("m3"));
      assertNotSent(audit.next(), "queue-full");
      release.countDown();
      assertThat(audit.next().type()).isEqualTo(AuditEvent.Type.CODE_SENT);
      assertThat(audit.next().type()).isEqualTo(AuditEvent.Type.CODE_SENT);
      dispatcher.dispatch(delivery("m4"));
      assertThat(audit.next().type())
          .as("there is room again")
          .isEqualTo(AuditEvent.Type.CODE_SENT);
    }
  }

  @Test
  void namesWithoutAnAddressTakeNoRoomAndLeaveNoTrace() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    ScriptedChannel mail = new ScriptedChannel(FactorType.EMAIL_CODE, m -> await(release));
    try (CodeDispatcher dispatcher = dispatcher(2, mail)) {
      dispatcher.dispatch(delivery("m1"));
      for (int i = 0; i < 1000; i++) {
        dispatcher.pretend(delivery("nobody-" + i));
      }
      dispatcher.dispatch(delivery("m2"));
      release.countDown();
      assertThat(audit.next().type()).isEqualTo(AuditEvent.Type.CODE_SENT);
      assertThat(audit.next().type()).isEqualTo(AuditEvent.Type.CODE_SENT);
      dispatcher.pretend(delivery("nobody"));
    }
    assertThat(audit.all()).hasSize(2);
    assertThat(mail.taken()).hasSize(2);
  }

  @Test
  void codesGoOutOnDaemonThreadsOfTheirOwn() throws Exception {
    AtomicReference<Thread> thread = new AtomicReference<>();
    ScriptedChannel mail =
        new ScriptedChannel(FactorType.EMAIL_CODE, m -> thread.set(Thread.currentThread()));
    try (CodeDispatcher dispatcher = dispatcher(10, mail)) {
      dispatcher.dispatch(delivery("m1"));
      audit.next();
    }
    assertThat(thread.get().getName()).startsWith("facelock-delivery-");
    assertThat(thread.get().isDaemon()).isTrue();
  }

  @Test
  void closingSendsWhatIsQueued() {
    ScriptedChannel mail = new ScriptedChannel(FactorType.EMAIL_CODE);
    CodeDispatcher dispatcher = dispatcher(50, mail);
    for (int i = 0; i < 20; i++) {
      dispatcher.dispatch(delivery("m" + i));
    }
    dispatcher.close();
    assertThat(mail.taken()).hasSize(20);
    assertThat(audit.all()).hasSize(20).allMatch(e -> e.type() == AuditEvent.Type.CODE_SENT);
  }

  @Test
  void afterClosingNothingIsTaken() throws Exception {
    CodeDispatcher dispatcher = dispatcher(10, new ScriptedChannel(FactorType.EMAIL_CODE));
    dispatcher.close();
    dispatcher.close();
    dispatcher.dispatch(delivery("m1"));
    assertNotSent(audit.next(), "shut-down");
  }

  @Test
  void closingDoesNotWaitForAChannelThatHangs() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch entered = new CountDownLatch(1);
    ScriptedChannel mail =
        new ScriptedChannel(
            FactorType.EMAIL_CODE,
            m -> {
              entered.countDown();
              await(never);
            });
    CodeDispatcher dispatcher =
        new CodeDispatcher(
            List.of(mail),
            audit,
            clock,
            new DeliverySettings(
                1, 10, Duration.ofMillis(1), Duration.ofMillis(4), Duration.ofMillis(50)));
    dispatcher.dispatch(delivery("m1"));
    assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();
    dispatcher.dispatch(delivery("m2"));
    dispatcher.close();
    assertThat(audit.all()).hasSize(2).allMatch(e -> e.type() == AuditEvent.Type.CODE_NOT_SENT);
  }

  @Test
  void whatWaitsForAnotherTryIsAuditedWhenClosing() throws Exception {
    CountDownLatch tried = new CountDownLatch(1);
    ScriptedChannel mail =
        new ScriptedChannel(
            FactorType.EMAIL_CODE,
            m -> {
              tried.countDown();
              ScriptedChannel.LATER.accept(m);
            });
    CodeDispatcher dispatcher =
        new CodeDispatcher(
            List.of(mail),
            audit,
            clock,
            new DeliverySettings(
                1, 10, Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofSeconds(5)));
    dispatcher.dispatch(delivery("m1"));
    assertThat(tried.await(20, TimeUnit.SECONDS)).isTrue();
    dispatcher.close();
    assertThat(audit.all()).hasSize(1);
    assertNotSent(audit.next(), "shut-down");
  }

  @Test
  void aFailingAuditDoesNotStopDelivery() throws Exception {
    ScriptedChannel mail = new ScriptedChannel(FactorType.EMAIL_CODE);
    CountDownLatch appended = new CountDownLatch(2);
    CodeDispatcher dispatcher =
        new CodeDispatcher(
            List.of(mail),
            event -> {
              appended.countDown();
              throw new IllegalStateException("disk full");
            },
            clock,
            DeliverySettings.ofDefaults());
    try (dispatcher) {
      dispatcher.dispatch(delivery("m1"));
      dispatcher.dispatch(delivery("m2"));
      assertThat(appended.await(20, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(mail.taken()).hasSize(2);
  }

  @Test
  void settingsOutOfRangeAreRefused() {
    Duration second = Duration.ofSeconds(1);
    assertThat(new DeliverySettings(32, 100_000, second, second, Duration.ZERO)).isNotNull();
    assertThat(new DeliverySettings(1, 1, Duration.ofMillis(1), second, second)).isNotNull();
    for (int threads : new int[] {0, 33}) {
      assertThatThrownBy(() -> new DeliverySettings(threads, 1, second, second, second))
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (int capacity : new int[] {0, 100_001}) {
      assertThatThrownBy(() -> new DeliverySettings(1, capacity, second, second, second))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new DeliverySettings(1, 1, Duration.ZERO, second, second))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new DeliverySettings(1, 1, second, Duration.ofMillis(999), second))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new DeliverySettings(1, 1, second, second, second.negated()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void pausesDoubleUpToTheLongest() {
    DeliverySettings settings =
        new DeliverySettings(1, 1, Duration.ofSeconds(5), Duration.ofMinutes(1), Duration.ZERO);
    assertThat(settings.pauseAfter(1)).isEqualTo(Duration.ofSeconds(5));
    assertThat(settings.pauseAfter(2)).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.pauseAfter(4)).isEqualTo(Duration.ofSeconds(40));
    assertThat(settings.pauseAfter(5)).isEqualTo(Duration.ofMinutes(1));
    assertThat(settings.pauseAfter(1_000)).isEqualTo(Duration.ofMinutes(1));
  }

  private CodeDispatcher dispatcher(int capacity, ScriptedChannel... channels) {
    return new CodeDispatcher(
        List.of(channels),
        audit,
        clock,
        new DeliverySettings(
            1, capacity, Duration.ofMillis(1), Duration.ofMillis(4), Duration.ofSeconds(20)));
  }

  private CodeDelivery delivery(String id) {
    return new CodeDelivery(
        new OtpMessage(
            id, Secret.of("a@b.c"), Secret.of("12345678"), Duration.ofMinutes(5), Locale.ENGLISH),
        FactorType.EMAIL_CODE,
        ALICE,
        "tx-1",
        "192.0.2.7",
        clock.instant().plus(Duration.ofMinutes(5)));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static void assertNotSent(AuditEvent event, String cause) {
    assertThat(event.type()).isEqualTo(AuditEvent.Type.CODE_NOT_SENT);
    assertThat(event.details()).containsOnlyKeys("tries", "cause").containsEntry("cause", cause);
  }
}
