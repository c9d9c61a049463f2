package io.github.facelock.core.transaction;

import static io.github.facelock.core.transaction.Fixture.FACE;
import static io.github.facelock.core.transaction.Fixture.IRIS;
import static io.github.facelock.core.transaction.Fixture.PIN;
import static io.github.facelock.core.transaction.Fixture.TOTP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.facelock.api.Outcome;
import io.github.facelock.api.policy.Policy;
import io.github.facelock.spi.AttemptLimiter;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A configuration that cannot work is refused when it is made, with a sentence that helps. */
class TransactionEngineBuilderTest {

  private static final Policy POLICY = Policy.named("p").step(PIN).build();
  private final Fixture fixture = new Fixture();

  private static void refuses(TransactionEngineBuilder builder, String sentence) {
    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void aMissingPartIsNamed() {
    TransactionEngineBuilder builder = TransactionEngine.builder();
    refuses(builder, "verification policy");
    builder.verification(POLICY).factors(fixture.factors.values());
    refuses(builder, "subject store");
    builder.subjects(fixture.known);
    refuses(builder, "transaction store");
    builder.transactions(fixture.open);
    refuses(builder, "key ring");
    builder.keys(Fixture.KEYS);
    refuses(builder, "randomness");
    builder.random(new SecureRandom());
    refuses(builder, "attempt limiter");
    AttemptLimiter limiter = fixture.limiter;
    builder.limiter(limiter);
    refuses(builder, "audit log");
    builder.audit(fixture.audit);
    refuses(builder, "proof issuer");
    builder.proofs((transaction, subject, satisfied, level, at) -> "proof");
    refuses(builder, "clock");
    builder.clock(Clock.systemUTC());
    TransactionEngine engine = builder.build();
    Outcome outcome = engine.begin(Fixture.ALICE, Fixture.DOOR);
    assertThat(Fixture.answer(engine, outcome, PIN, "attack"))
        .as("works without alerts")
        .isInstanceOf(Outcome.Challenge.class);
  }

  @Test
  void aPolicyWhoseFactorIsNotThereIsRefused() {
    fixture.factors.remove(TOTP);
    refuses(
        fixture.parts(Policy.named("office").step(PIN).step(FACE, TOTP).step(Fixture.MAIL).build()),
        "Policy office asks for the factor totp, which is not there");
    refuses(
        fixture.parts(POLICY).identification(Policy.named("door").step(FACE).step(TOTP).build()),
        "Policy door asks for the factor totp");
  }

  @Test
  void anIdentificationThatBeginsWithSomethingElseThanAFaceIsRefused() {
    refuses(
        fixture.parts(POLICY).identification(Policy.named("door").step(PIN).step(FACE).build()),
        "Policy door begins with pin, which cannot find out who somebody is");
    refuses(
        fixture
            .parts(POLICY)
            .identification(Policy.named("door").step(FACE, TOTP).step(PIN).build()),
        "begins with totp");
    fixture
        .parts(POLICY)
        .identification(Policy.named("door").step(FACE, IRIS).step(PIN).build())
        .build();
  }

  @Test
  void twoPoliciesOfOneNameAreRefused() {
    refuses(
        fixture.parts(POLICY).identification(Policy.named("p").step(FACE).step(PIN).build()),
        "Two policies have one name, p");
  }

  @Test
  void twoFactorsOfOneTypeAreRefused() {
    assertThatThrownBy(
            () -> fixture.parts(POLICY).factors(List.of(new ScriptedFactor(PIN, fixture.faults))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two factors of the type pin");
  }
}
