package io.github.facelock.core.transaction;

import static io.github.facelock.core.transaction.Fixture.ALICE;
import static io.github.facelock.core.transaction.Fixture.DOOR;
import static io.github.facelock.core.transaction.Fixture.TOTP;
import static io.github.facelock.core.transaction.Fixture.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.DenialReason;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.Outcome;
import io.github.facelock.api.Response;
import io.github.facelock.api.policy.Policy;
import io.github.facelock.core.AtOnce;
import io.github.facelock.core.lockout.BackOffLimiter;
import io.github.facelock.core.lockout.LockoutRules;
import io.github.facelock.core.store.memory.MemoryAttemptStore;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.Factor;
import io.github.facelock.spi.FactorContext;
import io.github.facelock.spi.FactorStart;
import io.github.facelock.spi.FactorState;
import io.github.facelock.spi.Verification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;

class TransactionEngineParallelTest {

  private final Fixture fixture = new Fixture();
  private final OneCode factor = new OneCode();
  private final TransactionEngine engine =
      fixture
          .parts(Policy.named("p").step(TOTP).triesPerStep(10).build(), List.of(factor))
          .limiter(
              new BackOffLimiter(
                  new MemoryAttemptStore(fixture.clock), LockoutRules.defaults(), fixture.clock))
          .build();

  @RepeatedTest(5)
  void ofAHundredSubmissionsOfOneHandleOneIsJudged() {
    Outcome challenge = engine.begin(ALICE, DOOR);
    List<Outcome> outcomes = AtOnce.call(100, i -> answer(engine, challenge, TOTP, "wrong"));
    assertThat(factor.judged).hasValue(1);
    assertThat(outcomes.stream().filter(Outcome.Challenge.class::isInstance)).hasSize(1);
    assertThat(outcomes.stream().filter(new Outcome.Denied(DenialReason.EXPIRED)::equals))
        .hasSize(99);
    assertThat(fixture.audit.events()).hasSize(101);
  }

  @RepeatedTest(5)
  void ofAHundredSubmissionsOfOneHandleWithTheRightCodeOneIsGranted() {
    Outcome challenge = engine.begin(ALICE, DOOR);
    List<Outcome> outcomes = AtOnce.call(100, i -> answer(engine, challenge, TOTP, "123456"));
    assertThat(outcomes.stream().filter(Outcome.Granted.class::isInstance)).hasSize(1);
    assertThat(fixture.audit.events().stream().filter(e -> e.type() == AuditEvent.Type.GRANTED))
        .hasSize(1);
  }

  @RepeatedTest(5)
  void ofAHundredLoginsWithOneCodeOneIsGranted() {
    List<Outcome> challenges = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      challenges.add(engine.begin(ALICE, DOOR));
    }
    List<Outcome> outcomes =
        AtOnce.call(100, i -> answer(engine, challenges.get(i), TOTP, "123456"));
    assertThat(outcomes.stream().filter(Outcome.Granted.class::isInstance)).hasSize(1);
    assertThat(fixture.audit.events()).hasSize(200);
  }

  @RepeatedTest(5)
  void aHundredLoginsTogetherGetNoMoreTriesThanOne() {
    List<Outcome> challenges = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      challenges.add(engine.begin(ALICE, DOOR));
    }
    List<Outcome> outcomes =
        AtOnce.call(100, i -> answer(engine, challenges.get(i), TOTP, "wrong"));
    assertThat(factor.judged).hasValue(5);
    assertThat(outcomes.stream().filter(Outcome.Locked.class::isInstance)).hasSize(95);
  }

  /** Like TOTP: one code, which is right until it was used. */
  private static final class OneCode implements Factor {
    private final AtomicBoolean used = new AtomicBoolean();
    private final AtomicInteger judged = new AtomicInteger();

    @Override
    public FactorType type() {
      return TOTP;
    }

    @Override
    public FactorStart start(FactorContext context) {
      return FactorStart.stateless(Map.of());
    }

    @Override
    public Verification verify(FactorContext context, FactorState state, Response response) {
      judged.incrementAndGet();
      String code = new String(((Response.Text) response).secret().reveal());
      Optional<Verification> verified =
          context.subject().map(subject -> new Verification.Verified(subject, Map.of()));
      return code.equals("123456") && used.compareAndSet(false, true)
          ? verified.orElseThrow()
          : new Verification.Refused("code-wrong", Map.of());
    }
  }
}
