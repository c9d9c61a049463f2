package io.github.facelock.core.otp;

import io.github.facelock.api.Response;
import io.github.facelock.api.SubjectId;
import io.github.facelock.core.fixtures.Logins;
import io.github.facelock.core.fixtures.MapCredentialStore;
import io.github.facelock.core.fixtures.StoppedClock;
import io.github.facelock.spi.Factor;
import io.github.facelock.spi.FactorContext;
import io.github.facelock.spi.FactorStart;
import io.github.facelock.test.contract.FactorContract;
import java.security.SecureRandom;
import java.time.Instant;

class RecoveryCodeFactorContractTest extends FactorContract {

  private static final SubjectId ALICE = SubjectId.of("alice");
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:10Z");

  private String code = "";

  @Override
  protected Factor newFactor() {
    MapCredentialStore store = new MapCredentialStore();
    RecoveryCodes lists = new RecoveryCodes(store, new StoppedClock(NOW), new SecureRandom(), 10);
    code = new String(lists.regenerate(ALICE).get(3).reveal());
    return new RecoveryCodeFactor(store, alert -> {});
  }

  @Override
  protected FactorContext known() {
    return Logins.of(ALICE, NOW);
  }

  @Override
  protected FactorContext unknown() {
    return Logins.ofUnknown(SubjectId.of("nobody"), NOW);
  }

  @Override
  protected Response rightAnswer(FactorStart start) {
    return Response.recoveryCode(code);
  }

  @Override
  protected Response wrongAnswer(FactorStart start) {
    char other = code.charAt(0) == 'A' ? 'C' : 'A';
    return Response.recoveryCode(other + code.substring(1));
  }
}
