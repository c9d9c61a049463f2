package io.github.facelock.core;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.admin.Decision;
import io.github.facelock.api.admin.Refusal;
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
import io.github.facelock.api.face.LivenessChallenge;
import io.github.facelock.core.admin.OnBehalf;
import io.github.facelock.core.admin.SubjectRegister;
import io.github.facelock.core.alert.NoticeAddress;
import io.github.facelock.core.face.FaceEnroller;
import io.github.facelock.core.otp.AuthenticatorDevices;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.store.Credential;
import io.github.facelock.spi.store.CredentialStore;
import java.time.Duration;
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

  private final SubjectRegister register;
  private final CredentialStore credentials;
  private final PasswordEnrolment passwords;
  private final CodeEnrolment codes;
  private final FaceReferenceEnrolment references;
  private final Optional<FaceEnroller> faces;
  private final List<FactorType> factors;
  private final EnrolmentGuard guard;

  SubjectEnrolment(
      SubjectRegister register,
      CredentialStore credentials,
      PasswordEnrolment passwords,
      CodeEnrolment codes,
      FaceReferenceEnrolment references,
      Optional<FaceEnroller> faces,
      List<FactorType> factors,
      EnrolmentGuard guard) {
    this.register = register;
    this.credentials = credentials;
    this.passwords = passwords;
    this.codes = codes;
    this.references = references;
    this.faces = faces;
    this.factors = List.copyOf(factors);
    this.guard = guard;
  }

  @Override
  public boolean register(SubjectId subject) {
    return register
        .register(subject, Set.of(Role.USER), OnBehalf.application())
        .value()
        .isPresent();
  }

  @Override
  public boolean suspend(SubjectId subject) {
    return carriedOut(register.setSuspended(subject, true, OnBehalf.application()));
  }

  @Override
  public boolean reactivate(SubjectId subject) {
    return carriedOut(register.setSuspended(subject, false, OnBehalf.application()));
  }

  @Override
  public boolean erase(SubjectId subject) {
    return carriedOut(register.erase(subject, OnBehalf.application()));
  }

  private static boolean carriedOut(Decision<?> decision) {
    if (decision instanceof Decision.Refused<?> refused && refused.reason() == Refusal.LAST_ADMIN) {
      throw new IllegalStateException(
          "This is the last active administrator: make another one before");
    }
    return decision instanceof Decision.Done<?>;
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
  public Optional<LivenessChallenge> drawChallenge(SubjectId subject, RequestContext request) {
    return references.drawChallenge(subject, request);
  }

  @Override
  public FaceEnrolment enrolFace(
      SubjectId subject,
      Capture clip,
      Consent consent,
      LivenessChallenge challenge,
      Duration waited) {
    return references.enrolFace(subject, clip, consent, challenge, waited);
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
}
