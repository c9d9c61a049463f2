package io.github.facelock.core;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.core.alert.AlertDesk;
import io.github.facelock.core.alert.NoticeAddress;
import io.github.facelock.spi.Alert;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.AuditLog;
import io.github.facelock.spi.store.SubjectStore;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * Keeps every enrolment to active subjects, also where one is erased meanwhile, and writes the
 * audit trail before a caller learns of success. Thread-safe.
 */
final class EnrolmentGuard {

  /** Enrolment is an act of the application, which guards it; no request context reaches it. */
  private static final String SOURCE = "application";

  private final SubjectStore subjects;
  private final ToIntFunction<SubjectId> removal;
  private final Consumer<? super SubjectId> endOfTrust;
  private final AuditLog audit;
  private final AlertDesk alerts;
  private final Function<SubjectId, List<NoticeAddress>> addresses;
  private final Clock clock;

  /**
   * Makes a guard.
   *
   * @param removal removes all that a subject has, and counts it
   * @param endOfTrust ends the trust in a subject's devices
   */
  EnrolmentGuard(
      SubjectStore subjects,
      ToIntFunction<SubjectId> removal,
      Consumer<? super SubjectId> endOfTrust,
      AuditLog audit,
      AlertDesk alerts,
      Function<SubjectId, List<NoticeAddress>> addresses,
      Clock clock) {
    this.subjects = subjects;
    this.removal = removal;
    this.endOfTrust = endOfTrust;
    this.audit = audit;
    this.alerts = alerts;
    this.addresses = addresses;
    this.clock = clock;
  }

  int removeAll(SubjectId subject) {
    return removal.applyAsInt(subject);
  }

  /** Who changes a password, or is suspended, may have lost a device. */
  void endTrust(SubjectId subject) {
    endOfTrust.accept(subject);
  }

  /** Whoever is registered next under the name of an erased subject must not inherit anything. */
  boolean erasedMeanwhile(SubjectId subject) {
    if (subjects.find(subject).isPresent()) {
      return false;
    }
    removeAll(subject);
    return true;
  }

  boolean isActive(SubjectId id) {
    return subjects.find(id).filter(subject -> !subject.suspended()).isPresent();
  }

  void requireActive(SubjectId id) {
    if (!isActive(id)) {
      throw unknown();
    }
  }

  /** After something was stored. */
  void requireStillThere(SubjectId subject) {
    if (erasedMeanwhile(subject)) {
      throw unknown();
    }
  }

  private static IllegalArgumentException unknown() {
    return new IllegalArgumentException(
        "The subject is unknown or suspended: register or reactivate it first");
  }

  /** A credential changed: into the trail, and to whoever tells the subject. */
  void changed(
      AuditEvent.Type type, SubjectId subject, FactorType factor, Map<String, String> details) {
    changed(type, subject, factor, details, details);
  }

  /** The same, where the alert tells less than the trail. */
  void changed(
      AuditEvent.Type type,
      SubjectId subject,
      FactorType factor,
      Map<String, String> details,
      Map<String, String> told) {
    changed(type, subject, factor, details, told, List.of());
  }

  /** The same, where the subject was told about its account at other addresses before. */
  void changed(
      AuditEvent.Type type,
      SubjectId subject,
      FactorType factor,
      Map<String, String> details,
      Map<String, String> told,
      List<NoticeAddress> former) {
    write(type, subject, Optional.of(factor), details);
    alerts.raiseChanged(
        new Alert(
            clock.instant(),
            Alert.Cause.CREDENTIALS_CHANGED,
            Optional.of(subject),
            Optional.of(factor),
            SOURCE,
            told),
        former);
  }

  /** Where the subject is told about its account now. */
  List<NoticeAddress> addresses(SubjectId subject) {
    return addresses.apply(subject);
  }

  void refused(SubjectId subject, FactorType factor, String cause) {
    write(AuditEvent.Type.ENROLMENT_REFUSED, subject, Optional.of(factor), Map.of("cause", cause));
  }

  void write(
      AuditEvent.Type type,
      SubjectId subject,
      Optional<FactorType> factor,
      Map<String, String> details) {
    audit.append(
        new AuditEvent(clock.instant(), type, "", Optional.of(subject), factor, SOURCE, details));
  }
}
