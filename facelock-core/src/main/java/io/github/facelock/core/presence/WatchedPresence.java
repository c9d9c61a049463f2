package io.github.facelock.core.presence;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.face.Capture;
import io.github.facelock.api.face.CapturedFrame;
import io.github.facelock.api.presence.PresenceEnd;
import io.github.facelock.api.presence.PresenceListener;
import io.github.facelock.api.presence.PresenceRules;
import io.github.facelock.api.presence.PresenceSession;
import io.github.facelock.spi.Alert;
import io.github.facelock.spi.Alerts;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.AuditLog;
import io.github.facelock.spi.face.FaceRecogniser;
import io.github.facelock.spi.face.FaceRecogniser.Sighting;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session. Two stretches of time grow as the clock goes on: since the subject was recognised,
 * and since anybody was seen. A clock that is put back adds nothing and takes nothing away, so it
 * cannot lengthen a session; one that jumps ahead ends it.
 */
final class WatchedPresence implements PresenceSession {

  private static final Logger LOG = LoggerFactory.getLogger(PresenceMonitor.class);

  private static final String SOURCE = "application";

  private final SubjectId subject;
  private final PresenceRules rules;
  private final PresenceListener listener;
  private final FaceRecogniser faces;
  private final AuditLog audit;
  private final Alerts alerts;
  private final Clock clock;
  private final AtomicBoolean looking = new AtomicBoolean();
  private final AtomicBoolean ended = new AtomicBoolean();

  /** Guards the times. */
  private final Object times = new Object();

  private Instant lastTime;
  private Duration unproven = Duration.ZERO;
  private Duration unseen = Duration.ZERO;
  private Duration sinceLook;

  WatchedPresence(
      SubjectId subject,
      PresenceRules rules,
      PresenceListener listener,
      FaceRecogniser faces,
      AuditLog audit,
      Alerts alerts,
      Clock clock) {
    this.subject = subject;
    this.rules = rules;
    this.listener = listener;
    this.faces = faces;
    this.audit = audit;
    this.alerts = alerts;
    this.clock = clock;
    this.lastTime = clock.instant();
    this.sinceLook = rules.lookEvery();
  }

  @Override
  public SubjectId subject() {
    return subject;
  }

  @Override
  public boolean isActive() {
    return !ended.get();
  }

  @Override
  public void see(Capture capture) {
    Objects.requireNonNull(capture, "capture");
    tick();
    if (ended.get() || !isTime() || !looking.compareAndSet(false, true)) {
      return;
    }
    try {
      note(look(capture), capture);
    } finally {
      looking.set(false);
    }
  }

  /** A fault is no proof: nobody can tell who is there, and not for long. */
  private Sighting look(Capture capture) {
    try {
      return faces.look(subject, capture);
    } catch (RuntimeException | Error fault) {
      LOG.error("Could not look who is present: {}", fault.getClass().getName());
      return Sighting.UNCLEAR;
    }
  }

  private boolean isTime() {
    synchronized (times) {
      if (sinceLook.compareTo(rules.lookEvery()) < 0) {
        return false;
      }
      sinceLook = Duration.ZERO;
      return true;
    }
  }

  private void note(Sighting sighting, Capture capture) {
    synchronized (times) {
      if (sighting != Sighting.NOBODY) {
        unseen = Duration.ZERO;
      }
      if (sighting == Sighting.SUBJECT) {
        unproven = Duration.ZERO;
      }
    }
    if (sighting == Sighting.SOMEBODY_ELSE) {
      end(PresenceEnd.REPLACED, () -> alertReplaced(capture));
    }
  }

  /** The session has ended by now, whatever becomes of the alert. */
  private void alertReplaced(Capture capture) {
    try {
      List<CapturedFrame> frames = capture.frames();
      alerts.raise(
          new Alert(
              clock.instant(),
              Alert.Cause.FACE_CHANGED,
              Optional.of(subject),
              Optional.of(FactorType.FACE),
              SOURCE,
              Map.of()),
          Optional.of(frames.get(frames.size() / 2)));
    } catch (RuntimeException | Error fault) {
      LOG.error("Could not alert that a face was replaced: {}", fault.getClass().getName());
    }
  }

  @Override
  public void tick() {
    Optional<PresenceEnd> over;
    synchronized (times) {
      Instant now = clock.instant();
      Duration passed = Duration.between(lastTime, now);
      lastTime = now;
      if (passed.isNegative()) {
        passed = Duration.ZERO;
      }
      unproven = unproven.plus(passed);
      unseen = unseen.plus(passed);
      sinceLook = sinceLook.plus(passed);
      over = over();
    }
    over.ifPresent(this::end);
  }

  private Optional<PresenceEnd> over() {
    if (unseen.compareTo(rules.absentAfter()) >= 0) {
      return Optional.of(PresenceEnd.ABSENT);
    }
    return unproven.compareTo(rules.unprovenAfter()) >= 0
        ? Optional.of(PresenceEnd.UNPROVEN)
        : Optional.empty();
  }

  @Override
  public void close() {
    end(PresenceEnd.STOPPED);
  }

  private void end(PresenceEnd end) {
    end(end, () -> {});
  }

  private void end(PresenceEnd end, Runnable alert) {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    try {
      listener.ended(subject, end);
    } finally {
      alert.run();
      audit.append(
          new AuditEvent(
              clock.instant(),
              AuditEvent.Type.PRESENCE_ENDED,
              "",
              Optional.of(subject),
              Optional.of(FactorType.FACE),
              SOURCE,
              Map.of("cause", end.name().toLowerCase(Locale.ROOT))));
    }
  }
}
