package io.github.facelock.core.presence;

import io.github.facelock.api.SubjectId;
import io.github.facelock.api.presence.Presence;
import io.github.facelock.api.presence.PresenceListener;
import io.github.facelock.api.presence.PresenceRules;
import io.github.facelock.api.presence.PresenceSession;
import io.github.facelock.spi.Alerts;
import io.github.facelock.spi.AuditLog;
import io.github.facelock.spi.face.FaceRecogniser;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;

/** Begins sessions of presence. Holds none of them, has no thread of its own. Thread-safe. */
public final class PresenceMonitor implements Presence {

  private final Optional<FaceRecogniser> faces;
  private final AuditLog audit;
  private final Alerts alerts;
  private final Clock clock;

  /**
   * Makes a monitor.
   *
   * @param faces tells who is seen; empty if there is no face pipeline
   * @param audit is told how each session ended
   * @param alerts is told when another face took over
   * @param clock tells the time
   */
  public PresenceMonitor(
      Optional<FaceRecogniser> faces, AuditLog audit, Alerts alerts, Clock clock) {
    this.faces = Objects.requireNonNull(faces, "faces");
    this.audit = Objects.requireNonNull(audit, "audit");
    this.alerts = Objects.requireNonNull(alerts, "alerts");
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  @Override
  public PresenceSession watch(SubjectId subject, PresenceRules rules, PresenceListener listener) {
    FaceRecogniser recogniser =
        faces.orElseThrow(
            () ->
                new IllegalStateException(
                    "No policy asks for a face, so there is no face pipeline: add a step with"
                        + " FactorType.FACE to the policy"));
    return new WatchedPresence(
        Objects.requireNonNull(subject, "subject"),
        Objects.requireNonNull(rules, "rules"),
        Objects.requireNonNull(listener, "listener"),
        recogniser,
        audit,
        alerts,
        clock);
  }
}
