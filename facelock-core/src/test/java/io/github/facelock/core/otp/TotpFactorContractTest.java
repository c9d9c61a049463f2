package io.github.facelock.core.otp;

import io.github.facelock.api.Response;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.TotpParameters;
import io.github.facelock.api.enrolment.TotpProvisioning;
import io.github.facelock.core.fixtures.Logins;
import io.github.facelock.core.fixtures.MapCredentialStore;
import io.github.facelock.core.fixtures.StoppedClock;
import io.github.facelock.spi.Factor;
import io.github.facelock.spi.FactorContext;
import io.github.facelock.spi.FactorStart;
import io.github.facelock.test.contract.FactorContract;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;

class TotpFactorContractTest extends FactorContract {

  private static final SubjectId ALICE = SubjectId.of("alice");
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:10Z");

  private final Totp totp = new Totp(TotpParameters.COMPATIBLE);
  private byte[] secret = new byte[0];

  /** The app was confirmed a while ago. */
  @Override
  protected Factor newFactor() {
    MapCredentialStore store = new MapCredentialStore();
    Instant earlier = NOW.minus(Duration.ofHours(1));
    TotpEnroller enroller =
        new TotpEnroller(store, new StoppedClock(earlier), new SecureRandom(), "Acme");
    TotpProvisioning pending = enroller.begin(ALICE, TotpParameters.COMPATIBLE, "app");
    secret = Base32.decode(new String(pending.secret().reveal())).orElseThrow();
    enroller.confirm(ALICE, pending.credential(), Secret.of(totp.code(secret, earlier)));
    return new TotpFactor(store);
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
    return Response.totp(totp.code(secret, NOW));
  }

  /** The last digit is another one. A chance of 3 in a million that a neighbouring step has it. */
  @Override
  protected Response wrongAnswer(FactorStart start) {
    String right = totp.code(secret, NOW);
    char last = right.charAt(right.length() - 1);
    return Response.totp(
        right.substring(0, right.length() - 1) + (char) ('0' + (last - '0' + 5) % 10));
  }
}
