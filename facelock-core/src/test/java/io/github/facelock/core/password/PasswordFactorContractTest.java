package io.github.facelock.core.password;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.Response;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.core.fixtures.Logins;
import io.github.facelock.spi.Factor;
import io.github.facelock.spi.FactorContext;
import io.github.facelock.spi.FactorStart;
import io.github.facelock.test.contract.FactorContract;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

class PasswordFactorContractTest extends FactorContract {

  private static final SubjectId ANN = SubjectId.of("ann");
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final String PASSWORD = "violet-harbour-7";

  @Override
  protected Factor newFactor() {
    TinyCredentialStore store = new TinyCredentialStore();
    // A hundred parallel tries of the contract may wait for their turn.
    Argon2idHasher hasher =
        new Argon2idHasher(
            new Argon2Parameters(64, 1, 1), new SecureRandom(), 2, Duration.ofMinutes(1));
    new PasswordEnroller(
            FactorType.PASSWORD,
            store,
            hasher,
            (text, subject) -> false,
            Clock.fixed(NOW, ZoneOffset.UTC))
        .set(ANN, Secret.of(PASSWORD));
    return new PasswordFactor(FactorType.PASSWORD, store, hasher);
  }

  @Override
  protected FactorContext known() {
    return Logins.of(ANN, NOW);
  }

  @Override
  protected FactorContext unknown() {
    return Logins.ofUnknown(SubjectId.of("nobody"), NOW);
  }

  @Override
  protected Response rightAnswer(FactorStart start) {
    return Response.password(PASSWORD);
  }

  @Override
  protected Response wrongAnswer(FactorStart start) {
    return Response.password("violet-harbour-8");
  }

  /** A password is no secret for one use. */
  @Override
  protected boolean answersAreSpent() {
    return false;
  }
}
