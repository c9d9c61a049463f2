package io.github.facelock.core.transaction;

import io.github.facelock.api.DenialReason;
import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.Feedback;
import io.github.facelock.api.Outcome;
import io.github.facelock.spi.Alert;
import io.github.facelock.spi.Alerts;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.AuditLog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the audit trail, the alerts and the log what requests came to. Thread-safe. */
final class Journal {

  static final String ATTACK_SUSPECTED = "attack-suspected";
  private static final String UNKNOWN_FACE = "unknown-face";

  private static final Logger LOG = LoggerFactory.getLogger(TransactionEngine.class);

  private final AuditLog audit;
  private final Alerts alerts;

  Journal(AuditLog audit, Alerts alerts) {
    this.audit = audit;
    this.alerts = alerts;
  }

  /** Writes an outcome to the audit trail. */
  void write(Visit visit, Ruling ruling) {
    Map<String, String> details = details(visit, ruling.details(), ruling.cause());
    details.putAll(
        ruling
            .outcome()
            .<Map<String, String>>fold(
                granted -> Map.of("level", granted.level().name()),
                challenge -> Map.of(),
                denied -> Map.of("reason", denied.reason().name()),
                locked -> Map.of("until", locked.until().toString())));
    AuditEvent.Type type =
        ruling
            .outcome()
            .fold(
                granted -> AuditEvent.Type.GRANTED,
                challenge -> AuditEvent.Type.CHALLENGED,
                denied -> AuditEvent.Type.DENIED,
                locked -> AuditEvent.Type.LOCKED);
    append(visit, type, details);
  }

  /** Writes that a login was given up. */
  void writeCancelled(Visit visit) {
    append(visit, AuditEvent.Type.CANCELLED, details(visit, Map.of(), "cancelled"));
  }

  private void append(Visit visit, AuditEvent.Type type, Map<String, String> details) {
    audit.append(
        new AuditEvent(
            visit.now,
            type,
            visit.transaction,
            visit.claimed,
            visit.factor,
            visit.request.source(),
            details));
  }

  private static Map<String, String> details(Visit visit, Map<String, String> given, String cause) {
    Map<String, String> details = new HashMap<>(given);
    details.putAll(visit.signals);
    if (visit.standing.isBarred()) {
      details.put("barred", visit.standing.barred());
    }
    details.put("cause", cause);
    visit.policy.ifPresent(policy -> details.put("policy", policy.name()));
    if (visit.step > 0) {
      details.put("step", Integer.toString(visit.step));
    }
    return details;
  }

  /** Raises the alerts of an outcome. A failing receiver changes nothing. */
  void alert(Visit visit, Ruling ruling) {
    for (Visit.Concern concern : visit.concerns) {
      raise(visit, concern.cause(), ruling, concern.details());
    }
    for (Alert.Cause cause : causes(ruling)) {
      // Without the factor's details: alerts leave the server, and scores must not.
      String entry = ruling.details().get(Circumstances.WATCH_LIST);
      raise(
          visit, cause, ruling, entry == null ? Map.of() : Map.of(Circumstances.WATCH_LIST, entry));
    }
  }

  private void raise(
      Visit visit, Alert.Cause cause, Ruling ruling, Map<String, String> moreDetails) {
    try {
      alerts.raise(
          new Alert(
              visit.now,
              cause,
              visit.claimed,
              visit.factor,
              visit.request.source(),
              details(visit, moreDetails, ruling.cause())),
          visit.evidence(ruling.details()));
    } catch (RuntimeException | Error e) {
      logFault(visit.transaction, "raise an alert", e);
    }
  }

  private static List<Alert.Cause> causes(Ruling ruling) {
    List<Alert.Cause> causes = new ArrayList<>();
    if (ruling.cause().equals(ATTACK_SUSPECTED)) {
      causes.add(Alert.Cause.ATTACK_SUSPECTED);
    }
    if (ruling.details().containsKey(Circumstances.WATCH_LIST)) {
      causes.add(Alert.Cause.WATCH_LIST);
    }
    if (ruling.cause().equals(UNKNOWN_FACE)) {
      causes.add(Alert.Cause.UNKNOWN_FACE);
    }
    boolean denied = ruling.outcome().equals(new Outcome.Denied(DenialReason.NOT_VERIFIED));
    if (denied
        || (ruling.outcome() instanceof Outcome.Challenge challenge
            && challenge.next().feedback() instanceof Feedback.NotVerified)) {
      causes.add(Alert.Cause.ATTEMPT_FAILED);
    }
    if (denied) {
      causes.add(Alert.Cause.NOT_VERIFIED);
    }
    if (ruling.outcome() instanceof Outcome.Locked
        || (ruling.outcome() instanceof Outcome.Challenge challenge
            && challenge.next().feedback() instanceof Feedback.FactorLocked)) {
      causes.add(Alert.Cause.LOCKED);
    }
    return causes;
  }

  /** Logs a fault. */
  void logFault(String transaction, String action, Throwable fault) {
    LOG.error("Login {}: could not {}: {}", transaction, action, describe(fault));
  }

  /**
   * Tells a fault without secrets. Only our own exceptions promise that their message holds none;
   * of another one ("For input string: ...") the class must do, and the place.
   */
  static String describe(Throwable fault) {
    StackTraceElement[] trace = fault.getStackTrace();
    return fault.getClass().getName()
        + (fault instanceof FaceLockException
            ? ": " + fault.getMessage()
            : " at " + (trace.length == 0 ? "an unknown place" : trace[0]));
  }
}
