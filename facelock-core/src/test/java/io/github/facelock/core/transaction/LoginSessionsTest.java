package io.github.facelock.core.transaction;

import static io.github.facelock.core.transaction.Fixture.ALICE;
import static io.github.facelock.core.transaction.Fixture.DOOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.DenialReason;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.Outcome;
import io.github.facelock.api.PassedFactor;
import io.github.facelock.api.PriorLogin;
import io.github.facelock.api.Response;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.TransactionHandle;
import io.github.facelock.api.policy.Policy;
import io.github.facelock.api.policy.PolicyStep;
import io.github.facelock.api.policy.StepCondition;
import io.github.facelock.core.transaction.Faults.Place;
import io.github.facelock.core.transaction.ScriptedFactor.Judged;
import io.github.facelock.spi.AuditEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * The rules of every configuration, on generated policies and generated orders of calls. The seed
 * is in each failure; {@code -Dfacelock.seed=} runs from another one, {@code -Dfacelock.sessions=}
 * runs more.
 */
class LoginSessionsTest {

  private static final long SEED = Long.getLong("facelock.seed", 800_63L);
  private static final int SESSIONS = Integer.getInteger("facelock.sessions", 2500);
  private static final List<String> WRONG =
      List.of("wrong", "unclear", "attack", "is bob", "is nobody", "is suspended");

  private static Policy policy(SplittableRandom random) {
    List<FactorType> types = new ArrayList<>(Fixture.TYPES);
    Collections.shuffle(types, new Random(random.nextLong()));
    Policy.Builder builder =
        Policy.named("generated")
            .triesPerStep(1 + random.nextInt(4))
            .acquisitionsPerStep(1 + random.nextInt(4))
            .lifetime(Duration.ofSeconds(60 + random.nextInt(600)))
            .allowFaceOnly();
    int steps = 1 + random.nextInt(4);
    for (int i = 0; i < steps; i++) {
      // Every later step needs one of the factors that are left.
      int most = Math.min(3, types.size() - (steps - 1 - i));
      List<FactorType> anyOf = types.subList(0, 1 + random.nextInt(most));
      PolicyStep step = PolicyStep.of(anyOf.toArray(FactorType[]::new));
      int condition = i == 0 ? 0 : random.nextInt(4);
      step = condition == 1 ? step.whenRisk() : condition == 2 ? step.unlessTrustedDevice() : step;
      builder.step(random.nextInt(3) == 0 ? step.validFor(Duration.ofSeconds(100)) : step);
      anyOf.clear();
    }
    return builder.build();
  }

  private static <T> T oneOf(List<T> list, SplittableRandom random) {
    return list.get(random.nextInt(list.size()));
  }

  private static String told(Outcome outcome) {
    return outcome.fold(
        granted -> "granted",
        challenge -> "challenge " + challenge.next().feedback().getClass().getSimpleName(),
        denied -> "denied " + denied.reason(),
        locked -> "locked");
  }

  @Test
  void noOrderOfCallsBreaksTheRules() {
    Map<String, Integer> seen = new HashMap<>();
    for (int i = 0; i < SESSIONS; i++) {
      long seed = SEED + i;
      try {
        new Session(seed, seen).run();
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("Run again with -Dfacelock.seed=" + seed, e);
      }
    }
    assertThat(seen.keySet())
        .as("the generator reaches every kind of outcome")
        .contains(
            "granted",
            "locked",
            "challenge None",
            "challenge NotVerified",
            "challenge NotAcquired",
            "challenge FactorLocked",
            "denied EXPIRED",
            "denied MISMATCHED_RESPONSE",
            "denied NOT_ACQUIRED",
            "denied NOT_VERIFIED",
            "denied UNAVAILABLE");
    assertThat(seen.get("granted")).isGreaterThan(SESSIONS / 20);
  }

  /** One person, several logins at once, and everything that can go wrong. */
  private static final class Session {
    private final SplittableRandom random;
    private final Map<String, Integer> seen;
    private final Fixture fixture = new Fixture();
    private final Policy policy;
    private final TransactionEngine engine;
    private final SubjectId claimed;
    private final Map<TransactionHandle, LoginModel> live = new LinkedHashMap<>();
    private final List<TransactionHandle> spent = new ArrayList<>();
    private int failed;

    Session(long seed, Map<String, Integer> seen) {
      this.random = new SplittableRandom(seed);
      this.seen = seen;
      this.policy = policy(random);
      this.engine = fixture.engine(policy);
      this.claimed =
          random.nextInt(4) > 0 ? ALICE : oneOf(List.of(Fixture.NOBODY, Fixture.SUSPENDED), random);
      fixture.factors.values().forEach(factor -> factor.renews = random.nextBoolean());
    }

    void run() {
      begin();
      for (int i = 0; i < 40; i++) {
        int action = random.nextInt(100);
        if (live.isEmpty() || action < 3) {
          begin();
        } else if (action < 6) {
          fixture.clock.advance(Duration.ofSeconds(random.nextInt(200)));
        } else if (action < 12) {
          turn();
        } else if (action < 15) {
          fixture.limiter.blocked.put(
              oneOf(Fixture.TYPES, random),
              fixture.clock.instant().plusSeconds(random.nextInt(300)));
        } else if (action < 20 && !spent.isEmpty()) {
          onSpentHandle();
        } else if (action < 22) {
          cancel();
        } else {
          step();
        }
        assertThat(fixture.limiter.failures())
            .as("what was judged wrong is charged")
            .isEqualTo(failed);
      }
    }

    private TransactionHandle anyLive() {
      return oneOf(new ArrayList<>(live.keySet()), random);
    }

    /** The circumstances change while logins are under way. */
    private void turn() {
      switch (random.nextInt(6)) {
        case 0 -> fixture.around.raise = !fixture.around.raise;
        case 1 -> fixture.around.deny = random.nextInt(3) == 0;
        case 2 -> fixture.around.alert = !fixture.around.alert;
        case 3, 4 -> fixture.around.trusted = !fixture.around.trusted;
        default -> {
          if (!fixture.around.watched.remove(ALICE) && random.nextInt(3) == 0) {
            fixture.around.watched.add(ALICE);
          }
        }
      }
    }

    private void begin() {
      Instant now = fixture.clock.instant();
      List<PassedFactor> prior = new ArrayList<>();
      boolean stepUp = random.nextInt(3) == 0;
      for (FactorType type : Fixture.TYPES) {
        if (stepUp && random.nextInt(3) > 0) {
          prior.add(new PassedFactor(type, now.minusSeconds(random.nextInt(-10, 200))));
        }
      }
      LoginModel model = new LoginModel(policy, claimed.equals(ALICE), now, fixture.around, prior);
      call(
          () ->
              stepUp
                  ? engine.stepUp(new PriorLogin(claimed, prior), "generated", DOOR)
                  : engine.begin(claimed, DOOR),
          Optional.of(model),
          model::further);
    }

    private void onSpentHandle() {
      TransactionHandle handle = oneOf(spent, random);
      int judged = fixture.judged();
      FactorType type = oneOf(Fixture.TYPES, random);
      boolean repeat = random.nextBoolean();
      call(
          () ->
              repeat
                  ? engine.repeat(handle, DOOR)
                  : engine.advance(handle, ScriptedFactor.answer(type, "right"), DOOR),
          Optional.empty(),
          () -> LoginModel.denied(DenialReason.EXPIRED));
      assertThat(fixture.judged()).isEqualTo(judged);
    }

    private void cancel() {
      TransactionHandle handle = anyLive();
      boolean expired = !fixture.clock.instant().isBefore(live.get(handle).expiresAt);
      int before = fixture.audit.events().size();
      engine.cancel(handle);
      engine.cancel(handle);
      live.remove(handle);
      spent.add(handle);
      assertThat(fixture.audit.events()).hasSize(before + (expired ? 0 : 1));
      if (!expired) {
        assertThat(fixture.lastEvent().type()).isEqualTo(AuditEvent.Type.CANCELLED);
      }
    }

    private void step() {
      TransactionHandle handle = anyLive();
      LoginModel model = live.remove(handle);
      spent.add(handle);
      Instant now = fixture.clock.instant();
      boolean expired = !now.isBefore(model.expiresAt);
      FactorType type =
          random.nextInt(30) > 0 ? oneOf(model.asked(), random) : oneOf(Fixture.TYPES, random);
      int action = random.nextInt(20);
      Supplier<Outcome> call;
      Supplier<String> rule;
      if (action == 0) {
        call = () -> engine.repeat(handle, DOOR);
        rule = model::repeat;
      } else if (action < 4 || (action < 10 && type.equals(Fixture.MAIL))) {
        call = () -> engine.advance(handle, new Response.Choice(type), DOOR);
        rule = () -> model.choose(type);
      } else {
        String text =
            random.nextInt(4) > 0
                ? oneOf(List.of("right", "is alice"), random)
                : oneOf(WRONG, random);
        // Only the claimed subject's own name proves anything.
        String answer = claimed.equals(ALICE) ? text : text.replace("is alice", "is " + claimed);
        call = () -> engine.advance(handle, ScriptedFactor.answer(type, answer), DOOR);
        rule = () -> model.answer(type, text, now, fixture.limiter.blocked);
      }
      call(
          call, Optional.of(model), expired ? () -> LoginModel.denied(DenialReason.EXPIRED) : rule);
    }

    private void call(Supplier<Outcome> call, Optional<LoginModel> model, Supplier<String> rule) {
      boolean faulty = random.nextInt(12) == 0;
      Place place = oneOf(Arrays.asList(Place.values()), random);
      int times = random.nextBoolean() ? 1 : Integer.MAX_VALUE;
      if (faulty) {
        fixture.faults.arm(place, times, random.nextBoolean());
      }
      int events = fixture.audit.events().size();
      Outcome outcome = call.get();
      int fired = fixture.faults.disarm();
      seen.merge(told(outcome), 1, Integer::sum);

      if (fired > 0 && place != Place.ALERT && place != Place.LEARN) {
        assertThat(told(outcome)).as("a fault denies").isEqualTo("denied UNAVAILABLE");
        assertThat(fixture.audit.events().size() - events)
            .isEqualTo(place == Place.AUDIT && times > 1 ? 0 : 1);
      } else {
        assertThat(told(outcome)).isEqualTo(rule.get());
        assertThat(fixture.audit.events()).hasSize(events + 1);
      }
      if (fixture.audit.events().size() > events) {
        assertThat(fixture.lastEvent().type()).isEqualTo(type(outcome));
      }
      // The books of the fixture, not the model, tell what was judged: faults come in between.
      failed = fixture.limiter.failures();
      assertThat(failed).isEqualTo(expectedFailures());
      if (outcome instanceof Outcome.Challenge challenge) {
        check(challenge, model.orElseThrow());
      } else if (outcome instanceof Outcome.Granted granted) {
        check(granted, model.orElseThrow());
      }
    }

    /** Wrong answers that were judged, and right ones whose success could not be noted. */
    private int expectedFailures() {
      long wrong =
          fixture.factors.values().stream()
              .flatMap(factor -> factor.judged.stream())
              .filter(judged -> !proves(judged) && !judged.answer().equals("unclear"))
              .count();
      long right =
          fixture.factors.values().stream()
              .flatMap(factor -> factor.judged.stream())
              .filter(this::proves)
              .count();
      long unclear =
          fixture.factors.values().stream()
              .flatMap(factor -> factor.judged.stream())
              .filter(judged -> judged.answer().equals("unclear"))
              .count();
      long unrefunded = fixture.limiter.permitted.size() - right - wrong - unclear;
      // Charges without a judgement are faults while judging: all refunded.
      long refundedFaults = Math.max(0, unrefunded);
      long lostRefunds = unclear + refundedFaults - fixture.limiter.refunded.size();
      long lostSuccesses = right - fixture.limiter.succeeded.size();
      assertThat(lostRefunds).isNotNegative();
      assertThat(lostSuccesses).isNotNegative();
      return (int) (wrong + lostRefunds + lostSuccesses);
    }

    private boolean proves(Judged judged) {
      return claimed.equals(ALICE)
          && (judged.answer().equals("right") || judged.answer().equals("is alice"));
    }

    private void check(Outcome.Challenge challenge, LoginModel model) {
      assertThat(live).doesNotContainKey(challenge.handle());
      assertThat(spent).doesNotContain(challenge.handle());
      assertThat(challenge.expiresAt()).isEqualTo(model.expiresAt);
      assertThat(challenge.next().number()).isEqualTo(model.passed.size() + 1);
      assertThat(challenge.next().prompts())
          .extracting(prompt -> prompt.factor())
          .isEqualTo(model.asked());
      challenge
          .next()
          .prompts()
          .forEach(
              prompt ->
                  assertThat(prompt.started())
                      .as("%s is started", prompt.factor())
                      .isEqualTo(model.started.contains(prompt.factor())));
      live.put(challenge.handle(), model);
    }

    private void check(Outcome.Granted granted, LoginModel model) {
      assertThat(granted.subject()).isEqualTo(claimed).isEqualTo(ALICE);
      assertThat(granted.satisfied()).containsExactlyInAnyOrderElementsOf(model.passed.values());
      assertThat(granted.level()).isEqualTo(Policy.levelOf(granted.satisfied()));
      String transaction = fixture.lastEvent().transaction();
      assertThat(granted.proof()).startsWith("proof of " + transaction + " for alice by ");
      for (int i = 0; i < policy.steps().size(); i++) {
        PolicyStep step = policy.steps().get(i);
        boolean leftOut =
            !fixture.around.raise
                && (step.condition() == StepCondition.WHEN_RISK
                    || (step.condition() == StepCondition.UNLESS_TRUSTED_DEVICE
                        && fixture.around.trusted));
        assertThat(granted.satisfied().stream().anyMatch(step.anyOf()::contains) || leftOut)
            .as("step %d was passed or need not be", i)
            .isTrue();
        if (!model.passed.containsKey(i) || model.before.contains(i)) {
          continue;
        }
        FactorType passed = model.passed.get(i);
        assertThat(fixture.factor(passed).judged)
            .as("%s was passed in this very login", passed)
            .anyMatch(judged -> judged.transaction().equals(transaction) && proves(judged));
      }
    }

    private static AuditEvent.Type type(Outcome outcome) {
      return outcome.fold(
          granted -> AuditEvent.Type.GRANTED,
          challenge -> AuditEvent.Type.CHALLENGED,
          denied -> AuditEvent.Type.DENIED,
          locked -> AuditEvent.Type.LOCKED);
    }
  }

  /** What somebody without the right answers can see of a login. */
  private static List<String> seenBy(SubjectId claimed, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Fixture fixture = new Fixture();
    fixture.factors.values().forEach(factor -> factor.renews = random.nextBoolean());
    Policy policy = policy(random);
    TransactionEngine engine = fixture.engine(policy);
    // Only the known subject has a history that rules, devices and the watch-list could betray.
    fixture.around.raise = random.nextBoolean();
    fixture.around.trusted = random.nextBoolean();
    fixture.around.deny = random.nextInt(3) == 0;
    if (random.nextInt(3) == 0) {
      fixture.around.watched.add(ALICE);
    }
    List<String> seen = new ArrayList<>();
    Outcome outcome = engine.begin(claimed, DOOR);
    for (int i = 0; i < 15; i++) {
      seen.add(
          outcome.fold(
              granted -> "granted",
              challenge -> challenge.next() + " until " + challenge.expiresAt(),
              denied -> denied.toString(),
              locked -> locked.toString()));
      if (!(outcome instanceof Outcome.Challenge challenge)) {
        outcome = engine.begin(claimed, DOOR);
        continue;
      }
      FactorType type = oneOf(policy.steps().get(0).anyOf(), random);
      fixture.clock.advance(Duration.ofSeconds(random.nextInt(40)));
      switch (random.nextInt(8)) {
        case 0 -> outcome = engine.repeat(challenge.handle(), DOOR);
        case 1, 2 -> outcome = engine.advance(challenge.handle(), new Response.Choice(type), DOOR);
        case 3 -> {
          fixture.limiter.blocked.put(type, fixture.clock.instant().plusSeconds(30));
          outcome = Fixture.answer(engine, challenge, type, "wrong");
        }
        default -> outcome = Fixture.answer(engine, challenge, type, oneOf(WRONG, random));
      }
    }
    seen.add(fixture.limiter.permitted.size() + " attempts, " + fixture.limiter.failures());
    return seen;
  }

  @Test
  void anUnknownOrSuspendedSubjectLooksLikeAKnownOne() {
    for (int i = 0; i < SESSIONS / 5; i++) {
      long seed = SEED + i;
      List<String> known = seenBy(ALICE, seed);
      assertThat(seenBy(Fixture.NOBODY, seed)).as("seed %d", seed).isEqualTo(known);
      assertThat(seenBy(Fixture.SUSPENDED, seed)).as("seed %d", seed).isEqualTo(known);
    }
  }
}
