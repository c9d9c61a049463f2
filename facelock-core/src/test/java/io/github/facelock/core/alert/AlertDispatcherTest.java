package io.github.facelock.core.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.SubjectId;
import io.github.facelock.spi.Alert;
import io.github.facelock.spi.AlertSink;
import io.github.facelock.test.RecordingAlertSink;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class AlertDispatcherTest {

  private static final Duration GRACE = Duration.ofSeconds(10);

  private static Alert alert(Alert.Cause cause) {
    return new Alert(
        Instant.EPOCH,
        cause,
        Optional.of(SubjectId.of("alice")),
        Optional.empty(),
        "door\nforged line",
        Map.of("cause", "locked"));
  }

  @Test
  void everySinkIsTold() {
    RecordingAlertSink first = new RecordingAlertSink();
    RecordingAlertSink second = new RecordingAlertSink();
    AlertDispatcher dispatcher =
        new AlertDispatcher(List.of(first, new LogAlertSink(), second), 10, GRACE);
    dispatcher.raise(alert(Alert.Cause.LOCKED));
    dispatcher.close();
    assertThat(first.alerts()).containsExactly(alert(Alert.Cause.LOCKED));
    assertThat(second.alerts()).containsExactly(alert(Alert.Cause.LOCKED));
    assertThat(dispatcher.dropped()).isZero();
    assertThat(dispatcher.failed()).isZero();
  }

  @Test
  void aFailingSinkStopsNeitherItsLaterAlertsNorOtherSinks() {
    RecordingAlertSink sound = new RecordingAlertSink();
    AtomicBoolean ours = new AtomicBoolean();
    AlertSink failing =
        alert -> {
          if (ours.getAndSet(true)) {
            throw new IllegalStateException("secret");
          }
          throw new FaceLockException.Delivery("The mail server is away", true, null);
        };
    AlertDispatcher dispatcher = new AlertDispatcher(List.of(failing, sound), 10, GRACE);
    dispatcher.raise(alert(Alert.Cause.LOCKED));
    dispatcher.raise(alert(Alert.Cause.NOT_VERIFIED));
    dispatcher.close();
    assertThat(dispatcher.failed()).isEqualTo(2);
    assertThat(sound.alerts()).hasSize(2);
  }

  @Test
  void aHangingSinkHoldsUpNobodyAndWhatFindsNoRoomIsCounted() throws Exception {
    CountDownLatch hanging = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    AtomicBoolean daemon = new AtomicBoolean();
    AlertSink stuck =
        alert -> {
          daemon.set(Thread.currentThread().isDaemon());
          hanging.countDown();
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    RecordingAlertSink sound = new RecordingAlertSink();
    AlertDispatcher dispatcher =
        new AlertDispatcher(List.of(stuck, sound), 2, Duration.ofMillis(50));
    dispatcher.raise(alert(Alert.Cause.LOCKED));
    hanging.await();
    assertThat(daemon).isTrue();
    assertThat(sound.await(Alert.Cause.LOCKED)).isNotNull();
    dispatcher.raise(alert(Alert.Cause.NOT_VERIFIED));
    assertThat(sound.await(Alert.Cause.NOT_VERIFIED)).isNotNull();
    dispatcher.raise(alert(Alert.Cause.ATTACK_SUSPECTED));
    assertThat(sound.await(Alert.Cause.ATTACK_SUSPECTED)).isNotNull();
    assertThat(dispatcher.dropped()).isZero();
    dispatcher.raise(alert(Alert.Cause.CREDENTIALS_CHANGED));
    assertThat(sound.await(Alert.Cause.CREDENTIALS_CHANGED)).isNotNull();
    assertThat(dispatcher.dropped()).as("one hangs, two wait, one found no room").isEqualTo(1);

    dispatcher.close();
    assertThat(dispatcher.dropped()).as("those that waited are lost too").isEqualTo(3);
    dispatcher.close();
    dispatcher.raise(alert(Alert.Cause.LOCKED));
    assertThat(dispatcher.dropped()).as("both sinks missed one after the end").isEqualTo(5);
  }

  @Test
  void aClosingThreadThatIsInterruptedStaysInterrupted() {
    AlertDispatcher dispatcher =
        new AlertDispatcher(List.of(new RecordingAlertSink(), new RecordingAlertSink()));
    Thread.currentThread().interrupt();
    dispatcher.close();
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aDispatcherWithoutRoomIsRefused() {
    assertThatThrownBy(() -> new AlertDispatcher(List.of(), 0, GRACE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new AlertDispatcher(List.of(), 1, GRACE.negated()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
