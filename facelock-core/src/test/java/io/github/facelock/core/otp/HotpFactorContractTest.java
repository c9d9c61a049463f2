package io.github.facelock.core.otp;

import io.github.facelock.api.Response;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.HotpParameters;
import io.github.facelock.api.enrolment.HotpProvisioning;
import io.github.facelock.api.enrolment.TotpParameters.Algorithm;
import io.github.facelock.core.fixtures.Logins;
import io.github.facelock.core.fixtures.MapCredentialStore;
import io.github.facelock.core.fixtures.StoppedClock;
import io.github.facelock.spi.Factor;
import io.github.facelock.spi.FactorContext;
import io.github.facelock.spi.FactorStart;
import io.github.facelock.test.contract.FactorContract;
import java.security.SecureRandom;
import java.time.Instant;

class HotpFactorContractTest extends FactorContract {

  private static final SubjectId ALICE = SubjectId.of("alice");
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:10Z");

  private byte[] secret = new byte[0];

  @Override
  protected Factor newFactor() {
    MapCredentialStore store = new MapCredentialStore();
    HotpEnroller enroller =
        new HotpEnroller(store, new StoppedClock(NOW), new SecureRandom(), "Acme");
    HotpProvisioning pending = enroller.begin(ALICE, HotpParameters.of(8), "fob");
    secret = Base32.decode(new String(pending.secret().reveal())).orElseThrow();
    enroller.confirm(ALICE, pending.credential(), Secret.of(code(0)));
    return new HotpFactor(store, 10);
  }

  private String code(long counter) {
    return Hotp.code(Algorithm.SHA1, secret, counter, 8);
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
    return Response.hotp(code(1));
  }

  /** The last digit is another one. A chance of one in ten million that a later count has it. */
  @Override
  protected Response wrongAnswer(FactorStart start) {
    String right = code(1);
    char last = right.charAt(7);
    return Response.hotp(right.substring(0, 7) + (char) ('0' + (last - '0' + 5) % 10));
  }
}
