package io.github.facelock.spi;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import java.util.Optional;

/** Trusts no device. */
enum NoDeviceTrust implements DeviceTrust {
  INSTANCE;

  @Override
  public Optional<CredentialId> recognise(FactorContext context) {
    return Optional.empty();
  }

  @Override
  public boolean isTrusted(SubjectId subject, CredentialId device) {
    return false;
  }

  @Override
  public Optional<Secret> renew(FactorContext context, CredentialId device) {
    return Optional.empty();
  }
}
