package io.github.facelock.core.transaction;

import static io.github.facelock.core.transaction.Fixture.ALICE;
import static io.github.facelock.core.transaction.Fixture.BOB;
import static io.github.facelock.core.transaction.Fixture.DOOR;
import static io.github.facelock.core.transaction.Fixture.FACE;
import static io.github.facelock.core.transaction.Fixture.IRIS;
import static io.github.facelock.core.transaction.Fixture.MAIL;
import static io.github.facelock.core.transaction.Fixture.NOBODY;
import static io.github.facelock.core.transaction.Fixture.NOON;
import static io.github.facelock.core.transaction.Fixture.PIN;
import static io.github.facelock.core.transaction.Fixture.SUSPENDED;
import static io.github.facelock.core.transaction.Fixture.TOTP;
import static io.github.facelock.core.transaction.Fixture.answer;
import static io.github.facelock.core.transaction.Fixture.challenge;
import static io.github.facelock.core.transaction.Fixture.choose;
import static io.github.facelock.core.transaction.Fixture.handle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.facelock.api.AssuranceLevel;
import io.github.facelock.api.DenialReason;
import io.github.facelock.api.Feedback;
import io.github.facelock.api.Outcome;
import io.github.facelock.api.Prompt;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.Response;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.TransactionHandle;
import io.github.facelock.api.face.Guidance;
import io.github.facelock.api.policy.Policy;
import io.github.facelock.spi.Alert;
import io.github.facelock.spi.Attempt;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.FactorContext;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TransactionEngineTest {

  private static final Outcome EXPIRED = new Outcome.Denied(DenialReason.EXPIRED);
  private static final Outcome MISMATCHED = new Outcome.Denied(DenialReason.MISMATCHED_RESPONSE);
  private static final Outcome NOT_VERIFIED = new Outcome.Denied(DenialReason.NOT_VERIFIED);

  private final Fixture fixture = new Fixture();
  private final Policy policy =
      Policy.named("office").step(PIN).step(FACE).step(TOTP, MAIL).triesPerStep(3).build();
  private final TransactionEngine engine =
      fixture
          .parts(policy)
          .identification(Policy.named("door").step(FACE, IRIS).step(PIN).build())
          .build();

  private Outcome atLastStep() {
    Outcome outcome = engine.begin(ALICE, DOOR);
    outcome = answer(engine, outcome, PIN, "right");
    return answer(engine, outcome, FACE, "right");
  }

  private String cause() {
    return fixture.lastEvent().details().get("cause");
  }

  @Test
  void aPersonWhoPassesEveryStepIsGranted() {
    Outcome first = engine.begin(ALICE, DOOR);
    assertThat(challenge(first).next().number()).isEqualTo(1);
    assertThat(challenge(first).next().prompts())
        .containsExactly(new Prompt(PIN, true, Map.of("question", "1")));
    assertThat(challenge(first).next().feedback()).isEqualTo(new Feedback.None());
    assertThat(challenge(first).expiresAt()).isEqualTo(NOON.plus(policy.lifetime()));

    fixture.clock.advance(Duration.ofSeconds(20));
    Outcome second = answer(engine, first, PIN, "right");
    assertThat(challenge(second).next().number()).isEqualTo(2);
    assertThat(challenge(second).expiresAt()).isEqualTo(NOON.plus(policy.lifetime()));
    Outcome third = answer(engine, second, FACE, "right");
    assertThat(challenge(third).next().number()).isEqualTo(3);
    assertThat(challenge(third).next().feedback()).isEqualTo(new Feedback.None());

    Outcome last = answer(engine, third, TOTP, "right");

    String transaction = fixture.lastEvent().transaction();
    Instant at = NOON.plusSeconds(20);
    assertThat(last)
        .isEqualTo(
            new Outcome.Granted(
                ALICE,
                List.of(PIN, FACE, TOTP),
                at,
                AssuranceLevel.AAL2,
                "proof of %s for alice by [pin, face, totp], AAL2 at %s"
                    .formatted(transaction, at)));
    assertThat(fixture.limiter.succeeded).hasSize(3);
    assertThat(fixture.limiter.refunded).isEmpty();
    assertThat(fixture.limiter.permitted)
        .extracting(Attempt::factor)
        .containsExactly(PIN, FACE, TOTP);
    assertThat(fixture.limiter.permitted).allMatch(a -> a.claimed().equals(Optional.of(ALICE)));
    assertThat(fixture.limiter.permitted).allMatch(a -> a.source().equals("front-door"));
    assertThat(fixture.alerts).isEmpty();
  }

  @Test
  void everyOutcomeIsAuditedOnceWithItsReason() {
    Outcome outcome = engine.begin(ALICE, DOOR);
    outcome = answer(engine, outcome, PIN, "wrong");
    outcome = answer(engine, outcome, PIN, "right");
    outcome = answer(engine, outcome, FACE, "unclear");
    outcome = answer(engine, outcome, FACE, "right");
    outcome = choose(engine, outcome, MAIL);
    outcome = engine.repeat(handle(outcome), DOOR);
    assertThat(answer(engine, outcome, MAIL, "right")).isInstanceOf(Outcome.Granted.class);

    List<AuditEvent> events = fixture.audit.events();
    assertThat(events)
        .extracting(event -> event.details().get("cause"))
        .containsExactly(
            "begun",
            "code-wrong",
            "passed",
            "not-acquired",
            "passed",
            "chosen",
            "repeated",
            "passed");
    assertThat(events)
        .extracting(event -> event.details().get("step"))
        .containsExactly("1", "1", "1", "2", "2", "3", "3", "3");
    assertThat(events)
        .extracting(event -> event.factor().map(Object::toString).orElse("-"))
        .containsExactly("-", "pin", "pin", "face", "face", "email-code", "-", "email-code");
    assertThat(events.subList(0, 7)).allMatch(e -> e.type() == AuditEvent.Type.CHALLENGED);
    assertThat(events.get(7).type()).isEqualTo(AuditEvent.Type.GRANTED);
    assertThat(events.get(7).details()).containsEntry("level", "AAL2");
    assertThat(events.get(3).details())
        .containsEntry("guidance", "no-face")
        .containsEntry("detail", "unclear");
    assertThat(events.get(1).details()).containsEntry("detail", "wrong");
    assertThat(events)
        .allMatch(e -> e.details().get("policy").equals("office"), "the engine's word counts")
        .allMatch(e -> e.subject().equals(Optional.of(ALICE)))
        .allMatch(e -> e.source().equals("front-door"))
        .allMatch(e -> e.at().equals(NOON));
    assertThat(events)
        .extracting(AuditEvent::transaction)
        .containsOnly(events.get(0).transaction());
    assertThat(events.get(0).transaction()).matches("[A-Za-z0-9_-]{21,22}");
  }

  @Test
  void noHandleOfManyIsAlikeAndTheStoreSeesNone() {
    Set<String> handles = new HashSet<>();
    Outcome outcome = engine.begin(ALICE, DOOR);
    for (int i = 0; i < 5; i++) {
      handles.add(handle(outcome).value());
      outcome = engine.repeat(handle(outcome), DOOR);
    }
    assertThat(handles).hasSize(5);
    assertThat(fixture.kept).hasSize(6).doesNotContainKeys(handles.toArray(String[]::new));
    assertThat(fixture.kept.values()).containsOnly(NOON.plus(policy.lifetime()));
    assertThat(fixture.audit.events().toString()).doesNotContain(handles);
  }

  @Test
  void aHandleWorksOnce() {
    Outcome first = engine.begin(ALICE, DOOR);
    Outcome second = answer(engine, first, PIN, "wrong");
    assertThat(challenge(second).handle()).isNotEqualTo(handle(first));
    assertThat(answer(engine, first, PIN, "right")).isEqualTo(EXPIRED);
    assertThat(cause()).isEqualTo("handle-unknown");
    assertThat(fixture.lastEvent().transaction()).isEmpty();
    assertThat(fixture.lastEvent().details()).doesNotContainKeys("policy", "step");
    assertThat(engine.repeat(handle(first), DOOR)).isEqualTo(EXPIRED);
    assertThat(engine.advance(TransactionHandle.parse("x".repeat(43)), Response.pin("1"), DOOR))
        .isEqualTo(EXPIRED);
    assertThat(fixture.judged()).isEqualTo(1);
    assertThat(answer(engine, second, PIN, "right")).isInstanceOf(Outcome.Challenge.class);
  }

  @Test
  void aLoginEndsWhenItsTimeIsOver() {
    Outcome first = engine.begin(ALICE, DOOR);
    fixture.clock.set(NOON.plus(policy.lifetime()).minusNanos(1));
    Outcome second = answer(engine, first, PIN, "right");
    fixture.clock.advance(Duration.ofNanos(1));
    assertThat(answer(engine, second, FACE, "right")).isEqualTo(EXPIRED);
  }

  @Test
  void aStoreThatKeepsTooLongDoesNotKeepALoginAlive() {
    TransactionEngine sloppy =
        fixture.parts(policy).transactions(new TamperedStore(state -> state)).build();
    Outcome first = sloppy.begin(ALICE, DOOR);
    fixture.clock.set(NOON.plus(policy.lifetime()));
    sloppy.cancel(handle(sloppy.begin(ALICE, DOOR)));
    assertThat(fixture.lastEvent().type()).isEqualTo(AuditEvent.Type.CANCELLED);
    assertThat(answer(sloppy, first, PIN, "right")).isEqualTo(EXPIRED);
    assertThat(cause()).isEqualTo("too-late");

    Outcome second = sloppy.begin(ALICE, DOOR);
    fixture.clock.advance(policy.lifetime());
    int events = fixture.audit.events().size();
    sloppy.cancel(handle(second));
    assertThat(fixture.audit.events()).hasSize(events);
  }

  @Test
  void wrongAnswersAreLimitedByThePolicyAndTold() {
    Outcome outcome = engine.begin(ALICE, DOOR);
    for (int i = 0; i < 2; i++) {
      outcome = answer(engine, outcome, PIN, "wrong");
      assertThat(challenge(outcome).next().feedback()).isEqualTo(new Feedback.NotVerified());
      assertThat(challenge(outcome).next().number()).isEqualTo(1);
    }
    assertThat(fixture.alerts).isEmpty();
    assertThat(answer(engine, outcome, PIN, "wrong")).isEqualTo(NOT_VERIFIED);
    assertThat(fixture.limiter.failures()).isEqualTo(3);
    assertThat(fixture.lastEvent().type()).isEqualTo(AuditEvent.Type.DENIED);
    assertThat(fixture.lastEvent().details())
        .containsEntry("cause", "code-wrong")
        .containsEntry("reason", "NOT_VERIFIED")
        .containsEntry("detail", "wrong");
    assertThat(fixture.alerts)
        .containsExactly(
            new Alert(
                NOON,
                Alert.Cause.NOT_VERIFIED,
                Optional.of(ALICE),
                Optional.of(PIN),
                "front-door",
                Map.of("cause", "code-wrong", "policy", "office", "step", "1")));
  }

  @Test
  void eachStepHasItsOwnTries() {
    Outcome outcome = engine.begin(ALICE, DOOR);
    outcome = answer(engine, outcome, PIN, "wrong");
    outcome = answer(engine, outcome, PIN, "wrong");
    outcome = answer(engine, outcome, PIN, "right");
    outcome = answer(engine, outcome, FACE, "wrong");
    outcome = answer(engine, outcome, FACE, "wrong");
    assertThat(answer(engine, outcome, FACE, "right")).isInstanceOf(Outcome.Challenge.class);
  }

  @Test
  void triesAndAcquisitionsOutliveRepeatsAndChoices() {
    Outcome outcome = atLastStep();
    outcome = answer(engine, outcome, TOTP, "wrong");
    outcome = choose(engine, outcome, MAIL);
    outcome = answer(engine, outcome, MAIL, "wrong");
    outcome = engine.repeat(handle(outcome), DOOR);
    assertThat(answer(engine, outcome, TOTP, "wrong")).isEqualTo(NOT_VERIFIED);
  }

  @Test
  void whatCannotBeJudgedIsNoFailureButLimited() {
    TransactionEngine strict =
        fixture.engine(Policy.named("p").step(FACE).step(PIN).acquisitionsPerStep(4).build());
    Outcome outcome = strict.begin(ALICE, DOOR);
    for (int i = 0; i < 3; i++) {
      outcome = answer(strict, outcome, FACE, "unclear");
      assertThat(challenge(outcome).next().feedback())
          .isEqualTo(new Feedback.NotAcquired(Guidance.NO_FACE));
    }
    assertThat(answer(strict, outcome, FACE, "unclear"))
        .isEqualTo(new Outcome.Denied(DenialReason.NOT_ACQUIRED));
    assertThat(fixture.limiter.permitted).hasSize(4);
    assertThat(fixture.limiter.failures()).isZero();
    assertThat(fixture.alerts).isEmpty();
    assertThat(fixture.lastEvent().details())
        .containsEntry("cause", "not-acquired")
        .containsEntry("reason", "NOT_ACQUIRED")
        .containsEntry("guidance", "no-face");
  }

  @Test
  void anAnswerToWhatWasNotAskedEndsTheLogin() {
    assertThat(answer(engine, engine.begin(ALICE, DOOR), FACE, "right")).isEqualTo(MISMATCHED);
    assertThat(cause()).isEqualTo("not-asked");
    assertThat(choose(engine, engine.begin(ALICE, DOOR), FACE)).isEqualTo(MISMATCHED);
    assertThat(answer(engine, atLastStep(), MAIL, "right")).isEqualTo(MISMATCHED);
    assertThat(cause()).isEqualTo("not-started");
    assertThat(fixture.factor(MAIL).judged).isEmpty();
    assertThat(fixture.limiter.failures()).isZero();
    assertThat(fixture.alerts).isEmpty();
  }

  @Test
  void aCodeIsSentOnlyWhenItIsChosen() {
    Outcome outcome = atLastStep();
    assertThat(challenge(outcome).next().prompts())
        .containsExactly(
            new Prompt(TOTP, true, Map.of("question", "1")), new Prompt(MAIL, false, Map.of()));
    assertThat(fixture.factor(MAIL).starts).isZero();

    outcome = choose(engine, outcome, MAIL);
    assertThat(fixture.factor(MAIL).starts).isEqualTo(1);
    assertThat(challenge(outcome).next().prompts().get(1))
        .isEqualTo(new Prompt(MAIL, true, Map.of("question", "1")));
    assertThat(challenge(outcome).next().feedback()).isEqualTo(new Feedback.None());
    assertThat(fixture.limiter.permitted).as("a choice is no attempt").hasSize(2);

    outcome = choose(engine, outcome, MAIL);
    assertThat(fixture.factor(MAIL).starts).as("chosen again, the cool-down counts").isEqualTo(1);
    assertThat(fixture.factor(MAIL).restarts).isEqualTo(1);
    assertThat(answer(engine, outcome, MAIL, "right")).isInstanceOf(Outcome.Granted.class);
  }

  @Test
  void theOnlyFactorOfAStepIsStartedUnasked() {
    TransactionEngine mail = fixture.engine(Policy.named("mail").step(MAIL).build());
    Outcome outcome = mail.begin(ALICE, DOOR);
    assertThat(challenge(outcome).next().prompts().get(0).started()).isTrue();
    assertThat(answer(mail, outcome, MAIL, "right"))
        .isInstanceOfSatisfying(
            Outcome.Granted.class,
            granted -> assertThat(granted.level()).isEqualTo(AssuranceLevel.AAL1));
  }

  @Test
  void choicesAreLimited() {
    Outcome outcome = atLastStep();
    for (int i = 0; i < 10; i++) {
      outcome = choose(engine, outcome, MAIL);
    }
    assertThat(choose(engine, outcome, MAIL)).isEqualTo(EXPIRED);
    assertThat(cause()).isEqualTo("too-many-choices");
    assertThat(fixture.factor(MAIL).restarts).isEqualTo(9);
  }

  @Test
  void repeatsAreLimitedAndAskAnewWhatWasAsked() {
    Outcome outcome = atLastStep();
    for (int i = 0; i < 10; i++) {
      outcome = engine.repeat(handle(outcome), DOOR);
      assertThat(challenge(outcome).next().prompts())
          .containsExactly(
              new Prompt(TOTP, true, Map.of("question", Integer.toString(i + 2))),
              new Prompt(MAIL, false, Map.of()));
      assertThat(challenge(outcome).next().number()).isEqualTo(3);
    }
    assertThat(fixture.factor(TOTP).restarts).isEqualTo(10);
    assertThat(fixture.factor(MAIL).restarts).isZero();
    assertThat(engine.repeat(handle(outcome), DOOR)).isEqualTo(EXPIRED);
    assertThat(cause()).isEqualTo("too-many-repeats");
  }

  @Test
  void aChallengeThatWorksOnceIsDrawnAgainAfterEachAnswer() {
    fixture.factor(FACE).renews = true;
    Outcome outcome = answer(engine, engine.begin(ALICE, DOOR), PIN, "wrong");
    assertThat(challenge(outcome).next().prompts().get(0).parameters())
        .as("a PIN's question stays")
        .containsEntry("question", "1");
    outcome = answer(engine, outcome, PIN, "right");
    outcome = answer(engine, outcome, FACE, "unclear");
    assertThat(challenge(outcome).next().prompts().get(0).parameters())
        .containsEntry("question", "2");
    outcome = answer(engine, outcome, FACE, "wrong");
    assertThat(challenge(outcome).next().prompts().get(0).parameters())
        .containsEntry("question", "3");
    assertThat(answer(engine, outcome, FACE, "right")).isInstanceOf(Outcome.Challenge.class);
    assertThat(fixture.factor(FACE).renewals).isEqualTo(2);
    assertThat(fixture.factor(FACE).starts).isEqualTo(1);
  }

  @Test
  void somebodyElsesFaceIsNoProofOfTheClaim() {
    Outcome outcome = answer(engine, engine.begin(ALICE, DOOR), PIN, "is bob");
    assertThat(challenge(outcome).next().feedback()).isEqualTo(new Feedback.NotVerified());
    assertThat(cause()).isEqualTo("subject-mismatch");
    assertThat(fixture.lastEvent().subject()).contains(ALICE);
    assertThat(fixture.limiter.failures()).isEqualTo(1);
    assertThat(fixture.limiter.succeeded).isEmpty();
  }

  @Test
  void aFactorThatVerifiesAnInactiveSubjectIsNotBelieved() {
    for (SubjectId id : List.of(NOBODY, SUSPENDED)) {
      Outcome outcome = answer(engine, engine.begin(id, DOOR), PIN, "is " + id);
      assertThat(challenge(outcome).next().feedback()).isEqualTo(new Feedback.NotVerified());
      assertThat(cause()).isEqualTo("subject-not-active");
    }
    assertThat(fixture.limiter.failures()).isEqualTo(2);
    assertThat(fixture.limiter.succeeded).isEmpty();
  }

  @Test
  void unknownAndSuspendedSubjectsAreClaimedButEmptyForFactors() {
    for (SubjectId id : List.of(NOBODY, SUSPENDED, ALICE)) {
      engine.begin(id, DOOR);
      List<FactorContext> contexts = fixture.factor(PIN).contexts;
      FactorContext context = contexts.get(contexts.size() - 1);
      assertThat(context.claimed()).contains(id);
      assertThat(context.subject()).isEqualTo(Optional.of(id).filter(ALICE::equals));
      assertThat(context.identifies()).isFalse();
      assertThat(context.policy()).isSameAs(policy);
      assertThat(context.now()).isEqualTo(NOON);
      assertThat(context.request()).isSameAs(DOOR);
    }
  }

  @Test
  void whoIsSuspendedBetweenTwoStepsIsNotGranted() {
    Outcome outcome = atLastStep();
    fixture.suspend(ALICE);
    outcome = answer(engine, outcome, TOTP, "right");
    assertThat(challenge(outcome).next().feedback()).isEqualTo(new Feedback.NotVerified());
  }

  @Test
  void whoIsSuspendedOrErasedWhileJudgedIsNotGranted() {
    fixture.factor(TOTP).whileJudging = () -> fixture.suspend(ALICE);
    assertThat(answer(engine, atLastStep(), TOTP, "right")).isEqualTo(NOT_VERIFIED);
    assertThat(cause()).isEqualTo("subject-not-active");
    assertThat(fixture.alerts).extracting(Alert::cause).containsExactly(Alert.Cause.NOT_VERIFIED);
    assertThat(fixture.proofs).isZero();
  }

  @Test
  void aBlockedFactorIsToldAndTheOthersStillWork() {
    Instant until = NOON.plusSeconds(30);
    fixture.limiter.blocked.put(TOTP, until);
    Outcome outcome = answer(engine, atLastStep(), TOTP, "right");
    assertThat(challenge(outcome).next().feedback())
        .isEqualTo(new Feedback.FactorLocked(TOTP, until));
    assertThat(fixture.factor(TOTP).judged).isEmpty();
    assertThat(fixture.lastEvent().type()).isEqualTo(AuditEvent.Type.CHALLENGED);
    assertThat(fixture.lastEvent().details())
        .containsEntry("cause", "factor-locked")
        .containsEntry("until", until.toString());
    assertThat(fixture.alerts).extracting(Alert::cause).containsExactly(Alert.Cause.LOCKED);
    outcome = choose(engine, outcome, MAIL);
    assertThat(answer(engine, outcome, MAIL, "right")).isInstanceOf(Outcome.Granted.class);
  }

  @Test
  void whenAllFactorsOfAStepAreBlockedTheLoginIsLockedTillTheFirstWorks() {
    fixture.limiter.blocked.put(TOTP, NOON.plusSeconds(30));
    fixture.limiter.blocked.put(MAIL, Instant.MAX);
    Outcome outcome = answer(engine, atLastStep(), TOTP, "right");
    outcome = choose(engine, outcome, MAIL);
    assertThat(answer(engine, outcome, MAIL, "right"))
        .isEqualTo(new Outcome.Locked(NOON.plusSeconds(30)));
    assertThat(fixture.lastEvent().type()).isEqualTo(AuditEvent.Type.LOCKED);
    assertThat(fixture.lastEvent().details())
        .containsEntry("cause", "locked")
        .containsEntry("until", NOON.plusSeconds(30).toString());
    assertThat(fixture.alerts)
        .extracting(Alert::cause)
        .containsExactly(Alert.Cause.LOCKED, Alert.Cause.LOCKED);
  }

  @Test
  void aBlockThatIsOverDoesNotCountWhenAnotherBegins() {
    fixture.limiter.blocked.put(TOTP, NOON.plusSeconds(30));
    Outcome outcome = answer(engine, atLastStep(), TOTP, "right");
    outcome = choose(engine, outcome, MAIL);
    fixture.clock.set(NOON.plusSeconds(30));
    fixture.limiter.blocked.put(MAIL, NOON.plusSeconds(90));
    outcome = answer(engine, outcome, MAIL, "right");
    assertThat(challenge(outcome).next().feedback())
        .isEqualTo(new Feedback.FactorLocked(MAIL, NOON.plusSeconds(90)));
    assertThat(answer(engine, outcome, TOTP, "right")).isInstanceOf(Outcome.Granted.class);
  }

  @Test
  void aStepOfOneBlockedFactorIsLocked() {
    fixture.limiter.blocked.put(PIN, Instant.MAX);
    assertThat(answer(engine, engine.begin(NOBODY, DOOR), PIN, "right"))
        .isEqualTo(new Outcome.Locked(Instant.MAX));
    assertThat(fixture.judged()).isZero();
  }

  @Test
  void triesOfALockedFactorAreLimitedToo() {
    fixture.limiter.blocked.put(TOTP, NOON.plusSeconds(30));
    Outcome outcome = atLastStep();
    for (int i = 0; i < 10; i++) {
      outcome = answer(engine, outcome, TOTP, "right");
    }
    assertThat(answer(engine, outcome, TOTP, "right"))
        .isEqualTo(new Outcome.Locked(NOON.plusSeconds(30)));
  }

  @Test
  void aSuspectedAttackIsAlertedAtOnceAndTheDenialToo() {
    Outcome outcome = answer(engine, engine.begin(ALICE, DOOR), PIN, "attack");
    assertThat(fixture.alerts)
        .extracting(Alert::cause)
        .containsExactly(Alert.Cause.ATTACK_SUSPECTED);
    outcome = answer(engine, outcome, PIN, "wrong");
    assertThat(answer(engine, outcome, PIN, "attack")).isEqualTo(NOT_VERIFIED);
    assertThat(fixture.alerts)
        .extracting(Alert::cause)
        .containsExactly(
            Alert.Cause.ATTACK_SUSPECTED, Alert.Cause.ATTACK_SUSPECTED, Alert.Cause.NOT_VERIFIED);
  }

  @Test
  void whoSaysNothingIsFoundByTheFirstStep() {
    Outcome outcome = engine.begin(DOOR);
    assertThat(fixture.factor(FACE).contexts.get(0).identifies()).isTrue();
    assertThat(fixture.lastEvent().subject()).isEmpty();
    outcome = answer(engine, outcome, FACE, "is bob");
    assertThat(fixture.limiter.permitted.get(0).claimed()).isEmpty();
    assertThat(fixture.lastEvent().subject()).contains(BOB);
    FactorContext second = fixture.factor(PIN).contexts.get(0);
    assertThat(second.claimed()).contains(BOB);
    assertThat(second.subject()).contains(BOB);
    outcome = answer(engine, outcome, PIN, "is alice");
    assertThat(cause()).as("another than the face found").isEqualTo("subject-mismatch");
    assertThat(answer(engine, outcome, PIN, "right"))
        .isInstanceOfSatisfying(
            Outcome.Granted.class, granted -> assertThat(granted.subject()).isEqualTo(BOB));
    assertThat(fixture.lastEvent().details()).containsEntry("policy", "door");
  }

  @Test
  void aFoundSubjectThatIsNotActiveIsNotVerified() {
    Outcome outcome = engine.begin(DOOR);
    outcome = answer(engine, outcome, FACE, "is suspended");
    assertThat(challenge(outcome).next().feedback()).isEqualTo(new Feedback.NotVerified());
    assertThat(fixture.lastEvent().subject()).isEmpty();
    outcome = answer(engine, outcome, IRIS, "is nobody");
    assertThat(challenge(outcome).next().number()).isEqualTo(1);
  }

  @Test
  void withoutAnIdentificationPolicyNobodyIsIdentified() {
    TransactionEngine verifying = fixture.engine(policy);
    assertThatThrownBy(() -> verifying.begin(DOOR))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("identification policy");
  }

  @Test
  void aCancelledLoginIsOverAndAuditedOnce() {
    Outcome outcome = engine.begin(ALICE, RequestContext.from("kiosk"));
    engine.cancel(handle(outcome));
    engine.cancel(handle(outcome));
    assertThat(answer(engine, outcome, PIN, "right")).isEqualTo(EXPIRED);
    assertThat(fixture.audit.events())
        .extracting(AuditEvent::type)
        .containsExactly(
            AuditEvent.Type.CHALLENGED, AuditEvent.Type.CANCELLED, AuditEvent.Type.DENIED);
    AuditEvent cancelled = fixture.audit.events().get(1);
    assertThat(cancelled.source()).isEqualTo("kiosk");
    assertThat(cancelled.subject()).contains(ALICE);
    assertThat(cancelled.transaction()).isEqualTo(fixture.audit.events().get(0).transaction());
    assertThat(cancelled.details()).containsEntry("cause", "cancelled");
  }

  @Test
  void aLoginOfAChangedPolicyBeginsAgain() {
    Policy before = Policy.named("office").step(PIN).step(TOTP).build();
    List<Policy> after =
        List.of(
            Policy.named("offices").step(PIN).step(TOTP).build(),
            Policy.named("office").step(PIN).step(TOTP, MAIL).build(),
            Policy.named("office").step(MAIL).step(TOTP).build(),
            Policy.named("office").step(PIN).build(),
            Policy.named("office").step(PIN).step(MAIL).step(TOTP).build());
    for (Policy changed : after) {
      TransactionEngine old = fixture.engine(before);
      Outcome outcome = answer(old, old.begin(ALICE, DOOR), PIN, "right");
      assertThat(answer(fixture.engine(changed), outcome, TOTP, "right")).isEqualTo(EXPIRED);
      assertThat(cause()).isEqualTo("policy-changed");
      assertThat(fixture.lastEvent().details()).doesNotContainKey("policy");
    }
    TransactionEngine old = fixture.engine(before);
    Outcome outcome = answer(old, old.begin(ALICE, DOOR), PIN, "right");
    assertThat(answer(fixture.engine(before), outcome, TOTP, "right"))
        .as("another node with the same policy")
        .isInstanceOf(Outcome.Granted.class);
  }

  @Test
  void anIdentificationOfAChangedPolicyBeginsAgain() {
    Policy before = Policy.named("door").step(FACE).step(PIN).build();
    List<Policy> after =
        List.of(
            Policy.named("gate").step(FACE).step(PIN).build(),
            Policy.named("door").step(IRIS).step(PIN).build(),
            Policy.named("door").step(FACE).step(PIN, TOTP).build());
    for (Policy changed : after) {
      TransactionEngine old = fixture.parts(policy).identification(before).build();
      Outcome outcome = answer(old, old.begin(DOOR), FACE, "is bob");
      TransactionEngine other = fixture.parts(policy).identification(changed).build();
      assertThat(answer(other, outcome, PIN, "right")).isEqualTo(EXPIRED);
      assertThat(cause()).isEqualTo("policy-changed");
    }
    TransactionEngine old = fixture.parts(policy).identification(before).build();
    Outcome unfound = old.begin(DOOR);
    TransactionEngine verifying = fixture.engine(Policy.named("door").step(FACE).step(PIN).build());
    assertThat(answer(verifying, unfound, FACE, "is bob"))
        .as("a verification without a claim")
        .isEqualTo(EXPIRED);
  }

  @Test
  void aFactorThatIsNoLongerThereBeginsAgain() {
    Outcome outcome = engine.begin(ALICE, DOOR);
    fixture.factors.keySet().retainAll(List.of(MAIL));
    TransactionEngine other = fixture.engine(Policy.named("office").step(MAIL).build());
    assertThat(answer(other, outcome, PIN, "right")).isEqualTo(EXPIRED);
    assertThat(cause()).isEqualTo("handle-unknown");
  }

  @Test
  void nullIsRefusedBeforeAnythingIsSpent() {
    Outcome outcome = engine.begin(ALICE, DOOR);
    TransactionHandle handle = handle(outcome);
    assertThatThrownBy(() -> engine.begin(null, DOOR)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> engine.begin(ALICE, null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> engine.begin(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> engine.advance(null, Response.pin("1"), DOOR))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> engine.advance(handle, null, DOOR))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> engine.advance(handle, Response.pin("1"), null))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> engine.repeat(null, DOOR)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> engine.cancel(null)).isInstanceOf(NullPointerException.class);
    assertThat(answer(engine, outcome, PIN, "right")).isInstanceOf(Outcome.Challenge.class);
    assertThat(fixture.audit.events()).hasSize(2);
  }
}
