package io.github.facelock.core;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.admin.Role;
import io.github.facelock.api.enrolment.AuthenticatorDevice;
import io.github.facelock.api.enrolment.CodeEnrolment;
import io.github.facelock.api.enrolment.Consent;
import io.github.facelock.api.enrolment.Enrolment;
import io.github.facelock.api.enrolment.FaceEnrolment;
import io.github.facelock.api.enrolment.FaceReference;
import io.github.facelock.api.enrolment.FaceReferenceEnrolment;
import io.github.facelock.api.enrolment.HotpParameters;
import io.github.facelock.api.enrolment.HotpProvisioning;
import io.github.facelock.api.enrolment.PasswordEnrolment;
import io.github.facelock.api.enrolment.PasswordVerdict;
import io.github.facelock.api.enrolment.TotpParameters;
import io.github.facelock.api.enrolment.TotpProvisioning;
import io.github.facelock.api.face.Capture;
import io.github.facelock.core.alert.NoticeAddress;
import io.github.facelock.core.face.FaceEnroller;
import io.github.facelock.core.otp.AuthenticatorDevices;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.store.Credential;
import io.github.facelock.spi.store.CredentialStore;
import io.github.facelock.spi.store.Subject;
import io.github.facelock.spi.store.SubjectStore;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts the enrolments of the factors behind one interface. The guard keeps them to active subjects
 * and writes the audit trail.
 */
final class SubjectEnrolment implements Enrolment {

  private static final int MOST_RACES = 20;

  private final SubjectStore subjects;
  private final CredentialStore credentials;
  private final PasswordEnrolment passwords;
  private final CodeEnrolment codes;
  private final FaceReferenceEnrolment references;
  private final Optional<FaceEnroller> faces;
  private final List<FactorType> factors;
  private final EnrolmentGuard guard;
  private final Clock clock;

  SubjectEnrolment(
      SubjectStore subjects,
      CredentialStore credentials,
      PasswordEnrolment passwords,
      CodeEnrolment codes,
      FaceReferenceEnrolment references,
      Optional<FaceEnroller> faces,
      List<FactorType> factors,
      EnrolmentGuard guard,
      Clock clock) {
    this.subjects = subjects;
    this.credentials = credentials;
    this.passwords = passwords;
    this.codes = codes;
    this.references = references;
    this.faces = faces;
    this.factors = List.copyOf(factors);
    this.guard = guard;
    this.clock = clock;
  }

  @Override
  public boolean register(SubjectId subject) {
    boolean added =
        subjects.insert(new Subject(subject, Set.of(Role.USER), false, clock.instant(), 1));
    if (added) {
      guard.write(AuditEvent.Type.SUBJECT_REGISTERED, subject, Optional.empty(), Map.of());
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
        // Also at the end of a suspension: a device that was trusted while it began goes too.
        guard.endTrust(id);
        guard.write(type, id, Optional.empty(), Map.of());
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
    int removed = guard.removeAll(subject);
    boolean erased = subjects.delete(subject);
    // Once more, for an enrolment that began before the suspension and ended meanwhile; one that
    // ends later still finds the subject gone and removes what it stored.
    removed += guard.removeAll(subject);
    guard.write(
        AuditEvent.Type.SUBJECT_ERASED,
        subject,
        Optional.empty(),
        Map.of("credentials", Integer.toString(removed)));
    return erased;
  }

  @Override
  public PasswordVerdict setPassword(SubjectId subject, Secret password) {
    return passwords.setPassword(subject, password);
  }

  @Override
  public void importPasswordHash(SubjectId subject, Secret encoded) {
    passwords.importPasswordHash(subject, encoded);
  }

  @Override
  public PasswordVerdict setPin(SubjectId subject, Secret pin) {
    return passwords.setPin(subject, pin);
  }

  @Override
  public PasswordVerdict setDuressPin(SubjectId subject, Secret pin) {
    return passwords.setDuressPin(subject, pin);
  }

  @Override
  public boolean removeDuressPin(SubjectId subject) {
    return passwords.removeDuressPin(subject);
  }

  @Override
  public void setEmail(SubjectId subject, Secret address) {
    codes.setEmail(subject, address);
  }

  @Override
  public void setPhone(SubjectId subject, Secret number) {
    codes.setPhone(subject, number);
  }

  @Override
  public CredentialId beginAddress(
      SubjectId subject, FactorType factor, Secret address, RequestContext request) {
    return codes.beginAddress(subject, factor, address, request);
  }

  @Override
  public boolean confirmAddress(SubjectId subject, CredentialId credential, Secret code) {
    return codes.confirmAddress(subject, credential, code);
  }

  @Override
  public TotpProvisioning beginTotp(SubjectId subject, TotpParameters parameters, String label) {
    return codes.beginTotp(subject, parameters, label);
  }

  @Override
  public boolean confirmTotp(SubjectId subject, CredentialId credential, Secret code) {
    return codes.confirmTotp(subject, credential, code);
  }

  @Override
  public HotpProvisioning beginHotp(SubjectId subject, HotpParameters parameters, String label) {
    return codes.beginHotp(subject, parameters, label);
  }

  @Override
  public boolean confirmHotp(SubjectId subject, CredentialId credential, Secret code) {
    return codes.confirmHotp(subject, credential, code);
  }

  @Override
  public boolean resynchronise(
      SubjectId subject, CredentialId credential, Secret first, Secret second) {
    return codes.resynchronise(subject, credential, first, second);
  }

  @Override
  public List<AuthenticatorDevice> devices(SubjectId subject) {
    return codes.devices(subject);
  }

  @Override
  public boolean rename(SubjectId subject, CredentialId credential, String label) {
    return codes.rename(subject, credential, label);
  }

  @Override
  public List<Secret> regenerateRecoveryCodes(SubjectId subject) {
    return codes.regenerateRecoveryCodes(subject);
  }

  @Override
  public int recoveryCodesLeft(SubjectId subject) {
    return codes.recoveryCodesLeft(subject);
  }

  @Override
  public FaceEnrolment enrolFace(SubjectId subject, Capture capture, Consent consent) {
    return references.enrolFace(subject, capture, consent);
  }

  @Override
  public FaceEnrolment enrolFaceFromUpload(SubjectId subject, Capture pictures, Consent consent) {
    return references.enrolFaceFromUpload(subject, pictures, consent);
  }

  @Override
  public List<FaceReference> faceReferences(SubjectId subject) {
    return references.faceReferences(subject);
  }

  @Override
  public int undoFaceAdaptation(SubjectId subject) {
    return references.undoFaceAdaptation(subject);
  }

  @Override
  public Set<FactorType> enrolledFactors(SubjectId subject) {
    Set<FactorType> enrolled = new LinkedHashSet<>();
    for (FactorType factor : factors) {
      if (credentials.find(subject, factor).stream().anyMatch(this::isUsable)) {
        enrolled.add(factor);
      }
    }
    return Set.copyOf(enrolled);
  }

  private boolean isUsable(Credential credential) {
    return credential.factor().equals(FactorType.RECOVERY_CODE)
        ? codes.recoveryCodesLeft(credential.subject()) > 0
        : AuthenticatorDevices.isConfirmed(credential);
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
    List<NoticeAddress> former = guard.addresses(subject);
    if (factor.isEmpty() || !delete(subject, factor.get(), credential)) {
      return false;
    }
    Map<String, String> details = Map.of("credential", credential.value());
    guard.changed(
        AuditEvent.Type.CREDENTIAL_REMOVED, subject, factor.get(), details, details, former);
    return true;
  }

  private boolean delete(SubjectId subject, FactorType factor, CredentialId credential) {
    // A face must leave the search index too.
    if (faces.isPresent() && factor.equals(FactorType.FACE)) {
      return faces.get().remove(subject, credential);
    }
    return credentials.delete(subject, credential);
  }

  private static FaceLockException contended() {
    return new FaceLockException.Store("The subject was changed by others all the time: try again");
  }
}
