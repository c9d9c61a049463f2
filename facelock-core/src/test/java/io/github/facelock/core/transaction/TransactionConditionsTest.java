package io.github.facelock.core.transaction;

import static io.github.facelock.core.transaction.Fixture.ALICE;
import static io.github.facelock.core.transaction.Fixture.DOOR;
import static io.github.facelock.core.transaction.Fixture.FACE;
import static io.github.facelock.core.transaction.Fixture.NOON;
import static io.github.facelock.core.transaction.Fixture.PIN;
import static io.github.facelock.core.transaction.Fixture.TOTP;
import static io.github.facelock.core.transaction.Fixture.answer;
import static io.github.facelock.core.transaction.Fixture.challenge;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.facelock.api.AssuranceLevel;
import io.github.facelock.api.DenialReason;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.Feedback;
import io.github.facelock.api.Outcome;
import io.github.facelock.api.PassedFactor;
import io.github.facelock.api.PriorLogin;
import io.github.facelock.api.Secret;
import io.github.facelock.api.policy.Policy;
import io.github.facelock.api.policy.PolicyStep;
import io.github.facelock.core.AtOnce;
import io.github.facelock.spi.Alert;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.FactorContext;
import io.github.facelock.spi.FactorStart;
import io.github.facelock.spi.FactorState;
import io.github.facelock.spi.RiskFinding;
import io.github.facelock.spi.RiskRule;
import io.github.facelock.spi.Verification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Conditions, trusted devices, bars and step-up, one by one. */
class TransactionConditionsTest {

  private static final Policy LOGIN =
      Policy.named("login")
          .step(PIN)
          .step(PolicyStep.of(TOTP).unlessTrustedDevice())
          .step(PolicyStep.of(FACE).whenRisk())
          .build();
  private static final Policy PAYMENT =
      Policy.named("payment")
          .step(PolicyStep.of(PIN).validFor(Duration.ofMinutes(10)))
          .step(PolicyStep.of(TOTP, FACE).validFor(Duration.ofMinutes(2)))
          .build();

  private final Fixture fixture = new Fixture();
  private final TransactionEngine engine = fixture.parts(LOGIN).verification(PAYMENT).build();

  private static FactorType asked(Outcome outcome) {
    return challenge(outcome).next().prompts().get(0).factor();
  }

  private static Outcome.Granted granted(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Granted.class);
    return (Outcome.Granted) outcome;
  }

  private Outcome begin() {
    return engine.begin(ALICE, DOOR);
  }

  @Test
  void withoutRiskAndDeviceTheStepsThatAreAlwaysAskedAndTheOneForStrangersDevices() {
    Outcome outcome = answer(engine, begin(), PIN, "right");
    assertThat(asked(outcome)).isEqualTo(TOTP);
    Outcome.Granted granted = granted(answer(engine, outcome, TOTP, "right"));

    assertThat(granted.satisfied()).containsExactly(PIN, TOTP);
    assertThat(granted.deviceToken()).isEmpty();
    assertThat(fixture.around.renewals).isZero();
  }

  @Test
  void aTrustedDeviceLeavesOutAStepAndGetsItsNextToken() {
    fixture.around.trusted = true;

    Outcome.Granted granted = granted(answer(engine, begin(), PIN, "right"));

    assertThat(granted.satisfied()).containsExactly(PIN);
    assertThat(granted.level()).isEqualTo(AssuranceLevel.AAL1);
    assertThat(granted.deviceToken()).contains(Secret.of("fresh"));
    assertThat(fixture.lastEvent().details()).containsEntry("device", "device-1");
  }

  @Test
  void riskAddsAStepAndOverridesTrust() {
    fixture.around.trusted = true;
    fixture.around.raise = true;

    Outcome outcome = answer(engine, begin(), PIN, "right");
    assertThat(asked(outcome)).isEqualTo(TOTP);
    outcome = answer(engine, outcome, TOTP, "right");
    assertThat(asked(outcome)).isEqualTo(FACE);
    assertThat(granted(answer(engine, outcome, FACE, "right")).satisfied())
        .containsExactly(PIN, TOTP, FACE);
  }

  @Test
  void aRiskThatGoesAwayStillAsks() {
    fixture.around.raise = true;
    Outcome outcome = answer(engine, begin(), PIN, "right");
    fixture.around.raise = false;
    outcome = answer(engine, outcome, TOTP, "right");

    assertThat(asked(outcome)).isEqualTo(FACE);
  }

  @Test
  void aRiskThatComesLateStillAsksBeforeTheGrant() {
    Outcome outcome = answer(engine, begin(), PIN, "right");
    fixture.around.raise = true;

    assertThat(asked(answer(engine, outcome, TOTP, "right"))).isEqualTo(FACE);
  }

  @Test
  void trustThatEndsOnTheWayAsksForWhatItLeftOut() {
    Policy policy =
        Policy.named("p")
            .step(PIN)
            .step(PolicyStep.of(TOTP).unlessTrustedDevice())
            .step(FACE)
            .build();
    TransactionEngine three = fixture.engine(policy);
    fixture.around.trusted = true;
    Outcome outcome = answer(three, three.begin(ALICE, DOOR), PIN, "right");
    assertThat(asked(outcome)).isEqualTo(FACE);
    fixture.around.trusted = false;
    outcome = answer(three, outcome, FACE, "right");

    assertThat(asked(outcome)).as("a step before the one that was passed").isEqualTo(TOTP);
    assertThat(challenge(outcome).next().number()).isEqualTo(3);
    assertThat(granted(answer(three, outcome, TOTP, "right")).satisfied())
        .containsExactly(PIN, FACE, TOTP);
  }

  @Test
  void aDeviceThatIsRevokedWhileItsTokenIsRenewedLeavesNothingOut() {
    fixture.around.trusted = true;
    fixture.around.revokedAtRenewal = true;

    Outcome outcome = answer(engine, begin(), PIN, "right");

    assertThat(asked(outcome)).isEqualTo(TOTP);
    assertThat(granted(answer(engine, outcome, TOTP, "right")).deviceToken()).isEmpty();
  }

  @Test
  void trustCannotBeginOnTheWay() {
    Outcome outcome = begin();
    fixture.around.trusted = true;

    assertThat(asked(answer(engine, outcome, PIN, "right"))).isEqualTo(TOTP);
  }

  @Test
  void aDeviceIsNotLookedAtForAPolicyThatDoesNotCare() {
    fixture.around.trusted = true;
    fixture.faults.arm(Faults.Place.DEVICE, 100, true);
    TransactionEngine plain = fixture.engine(Policy.named("p").step(PIN).build());

    assertThat(granted(answer(plain, plain.begin(ALICE, DOOR), PIN, "right")).deviceToken())
        .isEmpty();
  }

  @Test
  void aDenialByRiskLooksLikeWrongAnswersAndIsAuditedAsWhatItIs() {
    fixture.around.deny = true;
    Outcome outcome = begin();
    for (int i = 0; i < 2; i++) {
      outcome = answer(engine, outcome, PIN, "right");
      assertThat(challenge(outcome).next().feedback()).isEqualTo(new Feedback.NotVerified());
    }
    assertThat(answer(engine, outcome, PIN, "is alice"))
        .isEqualTo(new Outcome.Denied(DenialReason.NOT_VERIFIED));
    assertThat(fixture.lastEvent().details())
        .containsEntry("barred", "risk-scripted")
        .containsEntry("cause", "risk-scripted");
    assertThat(fixture.limiter.failures()).isEqualTo(3);
    assertThat(fixture.around.refusals).isEqualTo(3);
  }

  @Test
  void aBarThatComesBetweenTwoStepsRefusesTheRightAnswer() {
    Outcome outcome = answer(engine, begin(), PIN, "right");
    fixture.around.watched.add(ALICE);
    outcome = answer(engine, outcome, TOTP, "right");

    assertThat(challenge(outcome).next().feedback()).isEqualTo(new Feedback.NotVerified());
    assertThat(fixture.limiter.failures()).isEqualTo(1);
    fixture.around.watched.clear();
    assertThat(challenge(answer(engine, outcome, TOTP, "right")).next().feedback())
        .as("a bar stays for the login")
        .isEqualTo(new Feedback.NotVerified());
  }

  @Test
  void aWatchedNameRaisesOneAlertForEachLogin() {
    fixture.around.watched.add(ALICE);
    fixture.around.deny = true;
    Outcome outcome = begin();
    answer(engine, answer(engine, outcome, PIN, "right"), PIN, "wrong");

    assertThat(fixture.alerts).extracting(Alert::cause).containsExactly(Alert.Cause.WATCH_LIST);
    assertThat(fixture.alerts.get(0).details())
        .containsEntry("watch-list", "entry-of-alice")
        .containsEntry("barred", "watch-list");
    assertThat(fixture.audit.events().get(0).details())
        .containsEntry("watch-list", "entry-of-alice");
    begin();
    assertThat(fixture.alerts).hasSize(2);
  }

  @Test
  void aRulesAlertIsRaisedOnceForEachLoginAndItsSignalsAreAudited() {
    fixture.around.alert = true;
    Outcome outcome = answer(engine, begin(), PIN, "right");
    granted(answer(engine, outcome, TOTP, "right"));

    assertThat(fixture.alerts).extracting(Alert::cause).containsExactly(Alert.Cause.RISK);
    assertThat(fixture.alerts.get(0).details()).containsEntry("risk", "scripted");
    assertThat(fixture.audit.events())
        .extracting(AuditEvent::details)
        .allMatch(details -> details.get("risk.scripted").equals("ALERT"))
        .allMatch(details -> details.containsKey("risk.scripted.seen"));
  }

  @Test
  void anIdentificationIsAssessedWhenItsSubjectIsKnown() {
    TransactionEngine door =
        fixture
            .parts(LOGIN)
            .identification(
                Policy.named("door")
                    .step(FACE)
                    .step(PIN)
                    .step(PolicyStep.of(TOTP).unlessTrustedDevice())
                    .build())
            .build();
    fixture.around.trusted = true;
    Outcome outcome = answer(door, door.begin(DOOR), FACE, "is alice");
    assertThat(granted(answer(door, outcome, PIN, "right")).satisfied()).containsExactly(FACE, PIN);

    fixture.around.watched.add(ALICE);
    outcome = answer(door, door.begin(DOOR), FACE, "is alice");
    assertThat(challenge(outcome).next().feedback()).isEqualTo(new Feedback.NotVerified());
    assertThat(fixture.lastEvent().subject()).isEmpty();
    assertThat(fixture.lastEvent().details()).containsEntry("cause", "watch-list");
  }

  @Test
  void aRuleThatFailsDenies() {
    fixture.faults.arm(Faults.Place.RISK, 1, false);
    assertThat(begin()).isEqualTo(new Outcome.Denied(DenialReason.UNAVAILABLE));
    fixture.faults.disarm();
    Outcome outcome = begin();
    fixture.faults.arm(Faults.Place.RISK, 1, true);
    assertThat(answer(engine, outcome, PIN, "wrong"))
        .as("a rule that cannot count a failure")
        .isEqualTo(new Outcome.Denied(DenialReason.UNAVAILABLE));
    assertThat(fixture.limiter.failures()).as("the answer was judged").isEqualTo(1);
  }

  @Test
  void whatRulesLearnCannotChangeAGrant() {
    fixture.faults.armWithError(Faults.Place.LEARN, 1);
    granted(answer(engine, answer(engine, begin(), PIN, "right"), TOTP, "right"));
    assertThat(fixture.faults.disarm()).isEqualTo(1);

    granted(answer(engine, answer(engine, begin(), PIN, "right"), TOTP, "right"));
    assertThat(fixture.around.grants).isEqualTo(1);
  }

  @Test
  void nothingIsLearntFromAGrantThatTheTrailDoesNotHave() {
    Outcome outcome = answer(engine, begin(), PIN, "right");
    fixture.faults.arm(Faults.Place.AUDIT, 1, true);

    assertThat(answer(engine, outcome, TOTP, "right"))
        .isEqualTo(new Outcome.Denied(DenialReason.UNAVAILABLE));
    assertThat(fixture.around.grants).isZero();
  }

  @Test
  void ruleNamesAreTheirOwnAndWellFormed() {
    for (String name : List.of("watch-list", "Upper", "", "x".repeat(33), "scripted")) {
      assertThatThrownBy(
              () -> fixture.parts(LOGIN).riskRules(List.of(fixture.around, rule(name))).build())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("risk rule name");
    }
  }

  private static RiskRule rule(String name) {
    return new RiskRule() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public RiskFinding assess(FactorContext context) {
        return RiskFinding.nothing();
      }
    };
  }

  // Step-up.

  private Outcome stepUp(PassedFactor... passed) {
    return engine.stepUp(new PriorLogin(ALICE, List.of(passed)), "payment", DOOR);
  }

  private PassedFactor passed(FactorType factor, long secondsAgo) {
    return new PassedFactor(factor, fixture.clock.instant().minusSeconds(secondsAgo));
  }

  @Test
  void aStepUpAsksOnlyForWhatIsMissingOrStale() {
    assertThat(asked(stepUp())).isEqualTo(PIN);
    assertThat(asked(stepUp(passed(PIN, 599)))).isEqualTo(TOTP);
    assertThat(asked(stepUp(passed(PIN, 600)))).as("stale to the second").isEqualTo(PIN);
    assertThat(asked(stepUp(passed(FACE, 60)))).isEqualTo(PIN);
    assertThat(asked(stepUp(passed(PIN, -1)))).as("a time to come").isEqualTo(PIN);
    assertThat(asked(stepUp(passed(Fixture.MAIL, 1)))).as("another factor").isEqualTo(PIN);
  }

  @Test
  void aStepUpGrantNamesEachFactorWithItsTime() {
    Outcome outcome = stepUp(passed(PIN, 60), passed(TOTP, 500));
    assertThat(challenge(outcome).next().number()).isEqualTo(2);
    fixture.clock.advance(Duration.ofSeconds(5));
    Outcome.Granted granted = granted(answer(engine, outcome, FACE, "right"));

    assertThat(granted.passed())
        .containsExactly(
            new PassedFactor(PIN, NOON.minusSeconds(60)),
            new PassedFactor(FACE, NOON.plusSeconds(5)));
    assertThat(granted.level()).isEqualTo(AssuranceLevel.AAL2);
    assertThat(PriorLogin.of(granted)).isEqualTo(new PriorLogin(ALICE, granted.passed()));
  }

  @Test
  void whenNothingIsMissingTheStepUpIsGrantedAtOnceAndAudited() {
    Outcome.Granted granted = granted(stepUp(passed(PIN, 60), passed(FACE, 60)));

    assertThat(granted.satisfied()).containsExactlyInAnyOrder(PIN, FACE);
    assertThat(fixture.lastEvent().type()).isEqualTo(AuditEvent.Type.GRANTED);
    assertThat(fixture.judged()).isZero();
  }

  @Test
  void whoIsSuspendedWatchedOrDeniedIsNotGrantedByWhatWasFresh() {
    PassedFactor[] all = {passed(PIN, 60), passed(FACE, 60)};
    Outcome denied = new Outcome.Denied(DenialReason.NOT_VERIFIED);
    assertThat(engine.stepUp(new PriorLogin(Fixture.SUSPENDED, List.of(all)), "payment", DOOR))
        .isEqualTo(denied);
    assertThat(engine.stepUp(new PriorLogin(Fixture.NOBODY, List.of(all)), "payment", DOOR))
        .isEqualTo(denied);
    fixture.around.watched.add(ALICE);
    assertThat(stepUp(all)).isEqualTo(denied);
    assertThat(fixture.lastEvent().details()).containsEntry("cause", "watch-list");
    fixture.around.watched.clear();
    fixture.around.deny = true;
    assertThat(stepUp(all)).isEqualTo(denied);
    assertThat(fixture.lastEvent().details()).containsEntry("cause", "risk-scripted");
  }

  @Test
  void anEarlierLoginDoesNotCountInAnOrdinaryBegin() {
    assertThat(asked(engine.begin(ALICE, "payment", DOOR))).isEqualTo(PIN);
    assertThat(asked(engine.stepUp(new PriorLogin(ALICE, List.of(passed(PIN, 1))), "login", DOOR)))
        .as("a step without a validity")
        .isEqualTo(PIN);
  }

  @Test
  void aPolicyThatIsNotThereIsNamedInTheFault() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> engine.begin(ALICE, "transfer", DOOR))
        .withMessageContaining("[login, payment]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> engine.stepUp(new PriorLogin(ALICE, List.of()), "transfer", DOOR));
  }

  @Test
  void aPriorLoginIsBounded() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new PriorLogin(
                    ALICE, java.util.Collections.nCopies(33, new PassedFactor(PIN, NOON))));
  }

  // What factors learn.

  /** A factor that wants something back. */
  private static final class Learner implements io.github.facelock.spi.Factor {
    final List<String> learnt = new ArrayList<>();

    @Override
    public FactorType type() {
      return FACE;
    }

    @Override
    public FactorStart start(FactorContext context) {
      return FactorStart.stateless(Map.of());
    }

    @Override
    public Verification verify(
        FactorContext context, FactorState state, io.github.facelock.api.Response response) {
      return new Verification.Verified(
          context.subject().orElseThrow(), Map.of(), FactorState.of(new byte[] {4, 2}));
    }

    @Override
    public void granted(FactorContext context, FactorState state) {
      learnt.add(context.subject().orElseThrow() + " " + state.bytes().length);
    }
  }

  @Test
  void aFactorLearnsOnlyWhenASecondKindWasPassedInTheSameLogin() {
    Learner face = new Learner();
    Policy alone =
        Policy.named("alone")
            .step(FACE)
            .step(PolicyStep.of(PIN).validFor(Duration.ofMinutes(5)))
            .build();
    fixture.factors.remove(FACE);
    List<io.github.facelock.spi.Factor> all = new ArrayList<>(fixture.factors.values());
    all.add(face);
    TransactionEngine learning = fixture.parts(alone, all).build();

    Outcome outcome =
        learning.stepUp(new PriorLogin(ALICE, List.of(passed(PIN, 1))), "alone", DOOR);
    granted(answer(learning, outcome, FACE, "x"));
    assertThat(face.learnt).as("the PIN was not passed anew").isEmpty();

    outcome = answer(learning, learning.begin(ALICE, DOOR), FACE, "x");
    assertThat(face.learnt).as("before the second factor").isEmpty();
    granted(answer(learning, outcome, PIN, "right"));
    assertThat(face.learnt).containsExactly("alice 2");
  }

  // Parallel.

  @RepeatedTest(3)
  void ofAHundredTriesOfOneHandleOneIsGrantedAlsoWithATrustedDevice() {
    fixture.around.trusted = true;
    Outcome challenge = begin();
    List<Outcome> outcomes = AtOnce.call(100, i -> answer(engine, challenge, PIN, "right"));

    assertThat(outcomes.stream().filter(Outcome.Granted.class::isInstance)).hasSize(1);
    assertThat(fixture.around.renewals).isEqualTo(1);
  }

  @RepeatedTest(3)
  void ofAHundredTriesOfOneHandleOfAStepUpOneIsJudged() {
    Outcome challenge = stepUp(passed(PIN, 60));
    List<Outcome> outcomes = AtOnce.call(100, i -> answer(engine, challenge, TOTP, "right"));

    assertThat(outcomes.stream().filter(Outcome.Granted.class::isInstance)).hasSize(1);
    assertThat(fixture.factor(TOTP).judged).hasSize(1);
  }
}
