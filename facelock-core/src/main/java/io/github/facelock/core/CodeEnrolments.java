package io.github.facelock.core;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.AuthenticatorDevice;
import io.github.facelock.api.enrolment.CodeEnrolment;
import io.github.facelock.api.enrolment.HotpParameters;
import io.github.facelock.api.enrolment.HotpProvisioning;
import io.github.facelock.api.enrolment.TotpParameters;
import io.github.facelock.api.enrolment.TotpProvisioning;
import io.github.facelock.core.alert.NoticeAddress;
import io.github.facelock.core.otp.AddressConfirmation;
import io.github.facelock.core.otp.AddressEnroller;
import io.github.facelock.core.otp.AuthenticatorDevices;
import io.github.facelock.core.otp.HotpEnroller;
import io.github.facelock.core.otp.RecoveryCodes;
import io.github.facelock.core.otp.ResyncLimit;
import io.github.facelock.core.otp.TotpEnroller;
import io.github.facelock.spi.AuditEvent;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Addresses, apps, tokens and recovery codes, guarded and audited. */
final class CodeEnrolments implements CodeEnrolment {

  /** What does the work. */
  record Enrollers(
      AddressEnroller mailAddresses,
      AddressEnroller telephones,
      AddressConfirmation confirmation,
      TotpEnroller totp,
      HotpEnroller hotp,
      AuthenticatorDevices devices,
      RecoveryCodes recovery,
      ResyncLimit resyncLimit) {}

  private final Enrollers with;
  private final EnrolmentGuard guard;

  CodeEnrolments(Enrollers enrollers, EnrolmentGuard guard) {
    this.with = enrollers;
    this.guard = guard;
  }

  @Override
  public void setEmail(SubjectId subject, Secret address) {
    guard.requireActive(subject);
    use(subject, FactorType.EMAIL_CODE, address, Map.of());
  }

  @Override
  public void setPhone(SubjectId subject, Secret number) {
    guard.requireActive(subject);
    use(subject, FactorType.SMS_CODE, number, Map.of());
  }

  private void use(
      SubjectId subject, FactorType factor, Secret address, Map<String, String> details) {
    List<NoticeAddress> former = guard.addresses(subject);
    (factor.equals(FactorType.SMS_CODE) ? with.telephones() : with.mailAddresses())
        .set(subject, address);
    guard.requireStillThere(subject);
    guard.changed(AuditEvent.Type.CREDENTIAL_SET, subject, factor, details, details, former);
  }

  @Override
  public CredentialId beginAddress(
      SubjectId subject, FactorType factor, Secret address, RequestContext request) {
    if (!factor.equals(FactorType.EMAIL_CODE) && !factor.equals(FactorType.SMS_CODE)) {
      throw new IllegalArgumentException("Codes of " + factor + " go to no address");
    }
    guard.requireActive(subject);
    CredentialId pending = with.confirmation().begin(subject, factor, address, request);
    guard.requireStillThere(subject);
    return pending;
  }

  @Override
  public boolean confirmAddress(SubjectId subject, CredentialId credential, Secret code) {
    if (!guard.isActive(subject)) {
      return false;
    }
    Optional<AddressConfirmation.Confirmed> confirmed =
        with.confirmation().confirm(subject, credential, code);
    confirmed.ifPresent(
        found -> use(subject, found.factor(), found.address(), Map.of("change", "confirmed")));
    return confirmed.isPresent();
  }

  @Override
  public TotpProvisioning beginTotp(SubjectId subject, TotpParameters parameters, String label) {
    guard.requireActive(subject);
    TotpProvisioning provisioning = with.totp().begin(subject, parameters, label);
    guard.requireStillThere(subject);
    return provisioning;
  }

  @Override
  public boolean confirmTotp(SubjectId subject, CredentialId credential, Secret code) {
    return guard.isActive(subject)
        && with.totp().confirm(subject, credential, code)
        && told(subject, FactorType.TOTP, credential, "added");
  }

  @Override
  public HotpProvisioning beginHotp(SubjectId subject, HotpParameters parameters, String label) {
    guard.requireActive(subject);
    HotpProvisioning provisioning = with.hotp().begin(subject, parameters, label);
    guard.requireStillThere(subject);
    return provisioning;
  }

  @Override
  public boolean confirmHotp(SubjectId subject, CredentialId credential, Secret code) {
    return guard.isActive(subject)
        && with.hotp().confirm(subject, credential, code)
        && told(subject, FactorType.HOTP, credential, "added");
  }

  @Override
  public boolean resynchronise(
      SubjectId subject, CredentialId credential, Secret first, Secret second) {
    if (!guard.isActive(subject)) {
      return false;
    }
    Optional<FactorType> factor =
        devices(subject).stream()
            .filter(device -> device.credential().equals(credential))
            .map(AuthenticatorDevice::factor)
            .findFirst();
    if (factor.isEmpty()) {
      return false;
    }
    if (!with.resyncLimit().permits(subject)) {
      guard.refused(subject, factor.get(), "too-many-resynchronisations");
      return false;
    }
    boolean found =
        factor.get().equals(FactorType.TOTP)
            ? with.totp().resynchronise(subject, credential, first, second)
            : with.hotp().resynchronise(subject, credential, first, second);
    if (!found) {
      guard.refused(subject, factor.get(), "not-resynchronised");
      return false;
    }
    return told(subject, factor.get(), credential, "resynchronised");
  }

  @Override
  public List<AuthenticatorDevice> devices(SubjectId subject) {
    return with.devices().list(subject);
  }

  @Override
  public boolean rename(SubjectId subject, CredentialId credential, String label) {
    Optional<FactorType> factor = with.devices().rename(subject, credential, label);
    return factor.isPresent() && told(subject, factor.get(), credential, "renamed");
  }

  @Override
  public List<Secret> regenerateRecoveryCodes(SubjectId subject) {
    guard.requireActive(subject);
    List<Secret> codes = with.recovery().regenerate(subject);
    guard.requireStillThere(subject);
    guard.changed(
        AuditEvent.Type.CREDENTIAL_SET,
        subject,
        FactorType.RECOVERY_CODE,
        Map.of("codes", Integer.toString(codes.size())));
    return codes;
  }

  @Override
  public int recoveryCodesLeft(SubjectId subject) {
    return with.recovery().left(subject);
  }

  private boolean told(
      SubjectId subject, FactorType factor, CredentialId credential, String change) {
    guard.changed(
        AuditEvent.Type.CREDENTIAL_SET,
        subject,
        factor,
        Map.of("credential", credential.value(), "change", change));
    return true;
  }
}
