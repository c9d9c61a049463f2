package io.github.facelock.core;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.PasswordEnrolment;
import io.github.facelock.api.enrolment.PasswordVerdict;
import io.github.facelock.core.password.PasswordEnroller;
import io.github.facelock.spi.AuditEvent;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Passwords and PINs, guarded and audited. */
final class PasswordEnrolments implements PasswordEnrolment {

  private final PasswordEnroller passwords;
  private final PasswordEnroller pins;
  private final EnrolmentGuard guard;

  PasswordEnrolments(PasswordEnroller passwords, PasswordEnroller pins, EnrolmentGuard guard) {
    this.passwords = passwords;
    this.pins = pins;
    this.guard = guard;
  }

  @Override
  public PasswordVerdict setPassword(SubjectId subject, Secret password) {
    PasswordVerdict verdict =
        set(FactorType.PASSWORD, subject, () -> passwords.set(subject, password), Map.of());
    return endTrust(subject, verdict);
  }

  @Override
  public PasswordVerdict setPin(SubjectId subject, Secret pin) {
    PasswordVerdict verdict = set(FactorType.PIN, subject, () -> pins.set(subject, pin), Map.of());
    return endTrust(subject, verdict);
  }

  private PasswordVerdict endTrust(SubjectId subject, PasswordVerdict verdict) {
    if (verdict == PasswordVerdict.ACCEPTED) {
      guard.endTrust(subject);
    }
    return verdict;
  }

  @Override
  public PasswordVerdict setDuressPin(SubjectId subject, Secret pin) {
    return set(
        FactorType.PIN,
        subject,
        () -> pins.setDuress(subject, pin),
        Map.of("change", "duress-pin-set"));
  }

  @Override
  public boolean removeDuressPin(SubjectId subject) {
    if (!pins.removeDuress(subject)) {
      return false;
    }
    tell(subject, Map.of("change", "duress-pin-removed"));
    return true;
  }

  @Override
  public void importPasswordHash(SubjectId subject, Secret encoded) {
    guard.requireActive(subject);
    passwords.importHash(subject, encoded);
    guard.requireStillThere(subject);
    guard.endTrust(subject);
    guard.changed(
        AuditEvent.Type.CREDENTIAL_SET, subject, FactorType.PASSWORD, Map.of("change", "imported"));
  }

  private PasswordVerdict set(
      FactorType factor,
      SubjectId subject,
      Supplier<PasswordVerdict> setting,
      Map<String, String> details) {
    if (!guard.isActive(subject)) {
      return PasswordVerdict.UNKNOWN_SUBJECT;
    }
    PasswordVerdict verdict = setting.get();
    if (guard.erasedMeanwhile(subject)) {
      return PasswordVerdict.UNKNOWN_SUBJECT;
    }
    if (verdict == PasswordVerdict.ACCEPTED) {
      guard.changed(AuditEvent.Type.CREDENTIAL_SET, subject, factor, details, Map.of());
    } else {
      guard.refused(subject, factor, verdict.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
    return verdict;
  }

  /** Whoever stands beside the subject may read the notice: it speaks of the PIN, and no more. */
  private void tell(SubjectId subject, Map<String, String> details) {
    guard.changed(AuditEvent.Type.CREDENTIAL_SET, subject, FactorType.PIN, details, Map.of());
  }
}
