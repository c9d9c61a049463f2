package io.github.facelock.core;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.admin.Role;
import io.github.facelock.api.enrolment.Consent;
import io.github.facelock.api.enrolment.Enrolment;
import io.github.facelock.api.enrolment.FaceEnrolment;
import io.github.facelock.api.enrolment.PasswordVerdict;
import io.github.facelock.api.enrolment.TotpParameters;
import io.github.facelock.api.enrolment.TotpProvisioning;
import io.github.facelock.api.face.Capture;
import io.github.facelock.core.face.FaceEnroller;
import io.github.facelock.core.otp.AddressEnroller;
import io.github.facelock.core.otp.TotpEnroller;
import io.github.facelock.core.password.PasswordEnroller;
import io.github.facelock.spi.Alert;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.AuditLog;
import io.github.facelock.spi.store.Credential;
import io.github.facelock.spi.store.CredentialStore;
import io.github.facelock.spi.store.Subject;
import io.github.facelock.spi.store.SubjectStore;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Puts the enrolments of the factors behind one interface, guards them by the subject's state, and
 * writes the audit trail. The trail is written before a caller learns of success.
 */
final class SubjectEnrolment implements Enrolment {

  /** Enrolment is an act of the application, which guards it; no request context reaches it. */
  private static final String SOURCE = "application";

  private static final int MOST_RACES = 20;

  private final SubjectStore subjects;
  private final CredentialStore credentials;
  private final PasswordEnroller passwords;
  private final PasswordEnroller pins;
  private final TotpEnroller totp;
  private final AddressEnroller mailAddresses;
  private final Optional<FaceEnroller> faces;
  private final List<FactorType> factors;
  private final AuditLog audit;
  private final Consumer<? super Alert> alerts;
  private final Clock clock;

  SubjectEnrolment(
      SubjectStore subjects,
      CredentialStore credentials,
      PasswordEnroller passwords,
      PasswordEnroller pins,
      TotpEnroller totp,
      AddressEnroller mailAddresses,
      Optional<FaceEnroller> faces,
      List<FactorType> factors,
      AuditLog audit,
      Consumer<? super Alert> alerts,
      Clock clock) {
    this.subjects = subjects;
    this.credentials = credentials;
    this.passwords = passwords;
    this.pins = pins;
    this.totp = totp;
    this.mailAddresses = mailAddresses;
    this.faces = faces;
    this.factors = List.copyOf(factors);
    this.audit = audit;
    this.alerts = alerts;
    this.clock = clock;
  }

  @Override
  public boolean register(SubjectId subject) {
    boolean added =
        subjects.insert(new Subject(subject, Set.of(Role.USER), false, clock.instant(), 1));
    if (added) {
      write(AuditEvent.Type.SUBJECT_REGISTERED, subject, Optional.empty(), Map.of());
    }
    return added;
  }

  @Override
  public boolean suspend(SubjectId subject) {
    return setSuspended(subject, true, AuditEvent.Type.SUBJECT_SUSPENDED);
  }

  @Override
  public boolean reactivate(SubjectId subject) {
    return setSuspended(subject, false, AuditEvent.Type.SUBJECT_REACTIVATED);
  }

  private boolean setSuspended(SubjectId id, boolean suspended, AuditEvent.Type type) {
    for (int race = 0; race < MOST_RACES; race++) {
      Optional<Subject> found = subjects.find(id);
      if (found.isEmpty()) {
        return false;
      }
      if (found.get().suspended() == suspended) {
        return true;
      }
      if (subjects.replace(found.get().withSuspended(suspended))) {
        write(type, id, Optional.empty(), Map.of());
        return true;
      }
    }
    throw contended();
  }

  @Override
  public boolean erase(SubjectId subject) {
    // Suspended first: from here on nobody gets in by what is left while the rest is removed.
    if (!setSuspended(subject, true, AuditEvent.Type.SUBJECT_SUSPENDED)) {
      return false;
    }
    int removed = removeAll(subject);
    boolean erased = subjects.delete(subject);
    // Once more, for an enrolment that began before the suspension and ended meanwhile; one that
    // ends later still finds the subject gone and removes what it stored.
    removed += removeAll(subject);
    write(
        AuditEvent.Type.SUBJECT_ERASED,
        subject,
        Optional.empty(),
        Map.of("credentials", Integer.toString(removed)));
    return erased;
  }

  private int removeAll(SubjectId subject) {
    return faces.map(enroller -> enroller.removeAll(subject)).orElse(0)
        + credentials.deleteAll(subject);
  }

  /** Whoever is registered next under the name of an erased subject must not inherit anything. */
  private boolean erasedMeanwhile(SubjectId subject) {
    if (subjects.find(subject).isPresent()) {
      return false;
    }
    removeAll(subject);
    return true;
  }

  @Override
  public PasswordVerdict setPassword(SubjectId subject, Secret password) {
    return set(passwords, FactorType.PASSWORD, subject, password);
  }

  @Override
  public PasswordVerdict setPin(SubjectId subject, Secret pin) {
    return set(pins, FactorType.PIN, subject, pin);
  }

  private PasswordVerdict set(
      PasswordEnroller enroller, FactorType factor, SubjectId subject, Secret secret) {
    if (!isActive(subject)) {
      return PasswordVerdict.UNKNOWN_SUBJECT;
    }
    PasswordVerdict verdict = enroller.set(subject, secret);
    if (erasedMeanwhile(subject)) {
      return PasswordVerdict.UNKNOWN_SUBJECT;
    }
    if (verdict == PasswordVerdict.ACCEPTED) {
      changed(AuditEvent.Type.CREDENTIAL_SET, subject, factor, Map.of());
    } else {
      write(
          AuditEvent.Type.ENROLMENT_REFUSED,
          subject,
          Optional.of(factor),
          Map.of("cause", verdict.name().toLowerCase(Locale.ROOT)));
    }
    return verdict;
  }

  @Override
  public void setEmail(SubjectId subject, Secret address) {
    requireActive(subject);
    mailAddresses.set(subject, address);
    if (erasedMeanwhile(subject)) {
      throw unknown();
    }
    changed(AuditEvent.Type.CREDENTIAL_SET, subject, FactorType.EMAIL_CODE, Map.of());
  }

  @Override
  public TotpProvisioning beginTotp(SubjectId subject, TotpParameters parameters) {
    requireActive(subject);
    TotpProvisioning provisioning = totp.begin(subject, parameters);
    if (erasedMeanwhile(subject)) {
      throw unknown();
    }
    return provisioning;
  }

  @Override
  public boolean confirmTotp(SubjectId subject, CredentialId credential, Secret code) {
    if (!isActive(subject) || !totp.confirm(subject, credential, code)) {
      return false;
    }
    changed(
        AuditEvent.Type.CREDENTIAL_SET,
        subject,
        FactorType.TOTP,
        Map.of("credential", credential.value()));
    return true;
  }

  @Override
  public FaceEnrolment enrolFace(SubjectId subject, Capture capture, Consent consent) {
    FaceEnroller enroller =
        faces.orElseThrow(
            () ->
                new IllegalStateException(
                    "No policy asks for a face, so there is no face pipeline: add a step with"
                        + " FactorType.FACE to the policy"));
    if (!isActive(subject)) {
      return new FaceEnrolment.Refused(FaceEnrolment.Reason.UNKNOWN_SUBJECT);
    }
    FaceEnrolment enrolment = enroller.enrol(subject, capture, consent);
    if (erasedMeanwhile(subject)) {
      return new FaceEnrolment.Refused(FaceEnrolment.Reason.UNKNOWN_SUBJECT);
    }
    if (enrolment instanceof FaceEnrolment.Enrolled enrolled) {
      changed(
          AuditEvent.Type.CREDENTIAL_SET,
          subject,
          FactorType.FACE,
          Map.of(
              "references", Integer.toString(enrolled.references().size()),
              "consent", consent.document()));
    } else {
      write(
          AuditEvent.Type.ENROLMENT_REFUSED,
          subject,
          Optional.of(FactorType.FACE),
          Map.of("cause", causeOf(enrolment)));
    }
    return enrolment;
  }

  private static String causeOf(FaceEnrolment enrolment) {
    if (enrolment instanceof FaceEnrolment.NotAcquired unclear) {
      return unclear.guidance().code();
    }
    return ((FaceEnrolment.Refused) enrolment)
        .reason()
        .name()
        .toLowerCase(Locale.ROOT)
        .replace('_', '-');
  }

  @Override
  public Set<FactorType> enrolledFactors(SubjectId subject) {
    Set<FactorType> enrolled = new LinkedHashSet<>();
    for (FactorType factor : factors) {
      if (credentials.find(subject, factor).stream().anyMatch(SubjectEnrolment::isUsable)) {
        enrolled.add(factor);
      }
    }
    return Set.copyOf(enrolled);
  }

  private static boolean isUsable(Credential credential) {
    return !credential.factor().equals(FactorType.TOTP)
        || TotpEnroller.ACTIVE.equals(credential.attributes().get(TotpEnroller.STATE));
  }

  @Override
  public boolean remove(SubjectId subject, CredentialId credential) {
    Optional<FactorType> factor =
        factors.stream()
            .filter(
                each ->
                    credentials.find(subject, each).stream()
                        .anyMatch(found -> found.id().equals(credential)))
            .findFirst();
    if (factor.isEmpty() || !delete(subject, factor.get(), credential)) {
      return false;
    }
    changed(
        AuditEvent.Type.CREDENTIAL_REMOVED,
        subject,
        factor.get(),
        Map.of("credential", credential.value()));
    return true;
  }

  private boolean delete(SubjectId subject, FactorType factor, CredentialId credential) {
    // A face must leave the search index too.
    if (faces.isPresent() && factor.equals(FactorType.FACE)) {
      return faces.get().remove(subject, credential);
    }
    return credentials.delete(subject, credential);
  }

  private boolean isActive(SubjectId id) {
    return subjects.find(id).filter(subject -> !subject.suspended()).isPresent();
  }

  private void requireActive(SubjectId id) {
    if (!isActive(id)) {
      throw unknown();
    }
  }

  private static IllegalArgumentException unknown() {
    return new IllegalArgumentException(
        "The subject is unknown or suspended: register or reactivate it first");
  }

  private void changed(
      AuditEvent.Type type, SubjectId subject, FactorType factor, Map<String, String> details) {
    write(type, subject, Optional.of(factor), details);
    alerts.accept(
        new Alert(
            clock.instant(),
            Alert.Cause.CREDENTIALS_CHANGED,
            Optional.of(subject),
            Optional.of(factor),
            SOURCE,
            details));
  }

  private void write(
      AuditEvent.Type type,
      SubjectId subject,
      Optional<FactorType> factor,
      Map<String, String> details) {
    audit.append(
        new AuditEvent(clock.instant(), type, "", Optional.of(subject), factor, SOURCE, details));
  }

  private static FaceLockException contended() {
    return new FaceLockException.Store("The subject was changed by others all the time: try again");
  }
}
