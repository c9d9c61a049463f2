package io.github.facelock.core.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.face.Capture;
import io.github.facelock.api.face.CapturedFrame;
import io.github.facelock.api.presence.PresenceEnd;
import io.github.facelock.api.presence.PresenceRules;
import io.github.facelock.api.presence.PresenceSession;
import io.github.facelock.core.AtOnce;
import io.github.facelock.core.store.memory.MemoryAuditLog;
import io.github.facelock.spi.Alert;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.face.FaceRecogniser.Sighting;
import io.github.facelock.test.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class PresenceMonitorTest {

  private static final SubjectId ANN = SubjectId.of("ann");
  private static final Capture FRAME = Capture.ofImage(new byte[] {1});

  private final MutableClock clock = MutableClock.at(Instant.parse("2030-01-01T12:00:00Z"));
  private final MemoryAuditLog audit = new MemoryAuditLog();
  private final List<PresenceEnd> ends = new CopyOnWriteArrayList<>();
  private final AtomicInteger looks = new AtomicInteger();
  private volatile Sighting sighting = Sighting.SUBJECT;
  private volatile boolean faulty;
  private final PresenceMonitor monitor =
      new PresenceMonitor(
          Optional.of(
              (subject, capture) -> {
                looks.incrementAndGet();
                if (faulty) {
                  throw new UnsatisfiedLinkError("no native library");
                }
                return sighting;
              }),
          audit,
          this::raise,
          clock);
  private final PresenceSession session =
      monitor.watch(ANN, PresenceRules.ofDefaults(), (subject, end) -> ends.add(end));

  private final List<Alert> alerts = new CopyOnWriteArrayList<>();
  private volatile boolean alertsFail;

  private void raise(Alert alert, Optional<CapturedFrame> evidence) {
    if (alertsFail) {
      throw new IllegalStateException("no outbox");
    }
    assertThat(evidence).map(CapturedFrame::encoded).hasValue(new byte[] {1});
    alerts.add(alert);
  }

  private void seeFor(int seconds) {
    for (int i = 0; i < seconds; i++) {
      session.see(FRAME);
      clock.advance(Duration.ofSeconds(1));
    }
    session.tick();
  }

  @Test
  void whoStaysIsLookedAtEveryTwoSecondsAndStays() {
    seeFor(600);

    assertThat(session.isActive()).isTrue();
    assertThat(session.subject()).isEqualTo(ANN);
    assertThat(looks).hasValue(300);
    assertThat(ends).isEmpty();
  }

  @Test
  void whoIsGoneForTenSecondsIsLoggedOutOnce() {
    seeFor(20);
    sighting = Sighting.NOBODY;
    session.see(FRAME);
    clock.advance(Duration.ofMillis(7999));
    session.see(FRAME);
    assertThat(session.isActive()).as("9.999 s after the last proof").isTrue();
    clock.advance(Duration.ofMillis(1));
    session.tick();
    assertThat(session.isActive()).isFalse();
    seeFor(30);
    session.close();

    assertThat(ends).containsExactly(PresenceEnd.ABSENT);
    assertThat(audit.events())
        .extracting(AuditEvent::type)
        .containsExactly(AuditEvent.Type.PRESENCE_ENDED);
    assertThat(audit.events().get(0).details()).containsEntry("cause", "absent");
  }

  @Test
  void aCameraThatGivesNothingShowsNobody() {
    seeFor(4);
    for (int i = 0; i < 9; i++) {
      clock.advance(Duration.ofSeconds(1));
      session.tick();
    }
    assertThat(ends).containsExactly(PresenceEnd.ABSENT);
  }

  @Test
  void anotherFaceEndsTheSessionAtOnce() {
    seeFor(4);
    sighting = Sighting.SOMEBODY_ELSE;
    session.see(FRAME);

    assertThat(session.isActive()).isFalse();
    assertThat(ends).containsExactly(PresenceEnd.REPLACED);
  }

  @Test
  void anotherFaceIsAnAlertWithItsPictureAndNothingElseIs() {
    session.see(FRAME);
    assertThat(alerts).isEmpty();
    clock.advance(Duration.ofSeconds(2));
    sighting = Sighting.SOMEBODY_ELSE;
    session.see(FRAME);
    session.see(FRAME);
    assertThat(alerts)
        .containsExactly(
            new Alert(
                clock.instant(),
                Alert.Cause.FACE_CHANGED,
                Optional.of(ANN),
                Optional.of(FactorType.FACE),
                "application",
                Map.of()));

    PresenceSession stopped =
        monitor.watch(ANN, PresenceRules.ofDefaults(), (subject, end) -> ends.add(end));
    stopped.close();
    assertThat(alerts).hasSize(1);
  }

  @Test
  void anAlertThatCannotBeRaisedEndsTheSessionAllTheSame() {
    alertsFail = true;
    sighting = Sighting.SOMEBODY_ELSE;
    session.see(FRAME);
    assertThat(ends).containsExactly(PresenceEnd.REPLACED);
    assertThat(audit.events()).hasSize(1);
  }

  @Test
  void whoLooksAwayMayDoSoForHalfAMinute() {
    seeFor(4);
    sighting = Sighting.UNCLEAR;
    seeFor(27);
    assertThat(session.isActive()).isTrue();
    sighting = Sighting.SUBJECT;
    seeFor(2);
    sighting = Sighting.UNCLEAR;
    seeFor(29);
    assertThat(ends).containsExactly(PresenceEnd.UNPROVEN);
  }

  @Test
  void aFaultIsNoProof() {
    seeFor(4);
    faulty = true;
    seeFor(20);
    assertThat(session.isActive()).isTrue();
    seeFor(20);
    assertThat(ends).containsExactly(PresenceEnd.UNPROVEN);
  }

  @Test
  void aClockThatIsPutBackLengthensNothing() {
    seeFor(4);
    sighting = Sighting.NOBODY;
    seeFor(5);
    clock.advance(Duration.ofHours(-1));
    seeFor(4);

    assertThat(ends).containsExactly(PresenceEnd.ABSENT);
  }

  @Test
  void aClockThatJumpsAheadEndsTheSession() {
    seeFor(4);
    clock.advance(Duration.ofHours(1));
    session.see(FRAME);
    assertThat(ends).containsExactly(PresenceEnd.ABSENT);
  }

  @Test
  void theApplicationCanEndIt() {
    session.close();
    session.close();
    session.see(FRAME);
    assertThat(ends).containsExactly(PresenceEnd.STOPPED);
    assertThat(looks).hasValue(0);
  }

  @RepeatedTest(3)
  void manyThreadsEndItOnceAndLookOnce() {
    AtOnce.call(
        20,
        i -> {
          session.see(FRAME);
          return i;
        });
    assertThat(looks).hasValue(1);
    clock.advance(Duration.ofSeconds(10));
    AtOnce.call(
        20,
        i -> {
          session.tick();
          return i;
        });
    assertThat(ends).containsExactly(PresenceEnd.ABSENT);
    assertThat(audit.events()).hasSize(1);
  }

  @Test
  void aListenerThatFailsDoesNotHideTheEndFromTheTrail() {
    PresenceSession fragile =
        monitor.watch(
            ANN,
            PresenceRules.ofDefaults(),
            (subject, end) -> {
              throw new IllegalStateException("the screen is away");
            });
    assertThatThrownBy(fragile::close).isInstanceOf(IllegalStateException.class);
    assertThat(audit.events()).hasSize(1);
    assertThat(fragile.isActive()).isFalse();
  }

  @Test
  void rulesAreBoundedAndAPipelineIsNeeded() {
    Duration second = Duration.ofSeconds(1);
    Duration minute = Duration.ofMinutes(1);
    for (Duration wrong : List.of(Duration.ofMillis(99), minute.plusNanos(1))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new PresenceRules(wrong, Duration.ofHours(1), Duration.ofHours(1)));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PresenceRules(second.plusMillis(1), second, minute));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PresenceRules(second, Duration.ofMillis(999), minute));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PresenceRules(second, minute, Duration.ofSeconds(59)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PresenceRules(second, minute, Duration.ofHours(2)));
    assertThatThrownBy(
            () ->
                new PresenceMonitor(Optional.empty(), audit, this::raise, clock)
                    .watch(ANN, PresenceRules.ofDefaults(), (subject, end) -> {}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("FactorType.FACE");
  }
}
