package io.github.facelock.core.lockout;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.Feedback;
import io.github.facelock.api.Outcome;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.Response;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.policy.LivenessMode;
import io.github.facelock.api.policy.Policy;
import io.github.facelock.core.FaceLock;
import io.github.facelock.core.FaceLockBuilder;
import io.github.facelock.core.password.Argon2Parameters;
import io.github.facelock.test.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** NIST SP 800-63B-4, section 3.2.3: how many faces in a row may be wrong. */
class BiometricLimitTest {

  private static final SubjectId BEA = SubjectId.of("bea");
  private static final RequestContext REQUEST = RequestContext.from("192.0.2.7");
  private static final String PASSWORD = "correct horse battery";

  private final MutableClock clock = MutableClock.at(Instant.parse("2030-01-01T12:00:00Z"));

  private static Policy door(String name, LivenessMode mode) {
    return Policy.named(name)
        .step(FactorType.PASSWORD)
        .step(FactorType.FACE)
        .liveness(mode)
        .build();
  }

  /** Tells after how many wrong faces in a row, without a pause, none is judged any more. */
  private int wrongFaces(UnaryOperator<FaceLockBuilder> policies) {
    try (FaceLock faceLock =
        policies
            .apply(FaceLock.builder())
            .clock(clock)
            .passwordCosts(new Argon2Parameters(64, 1, 1))
            .build()) {
      faceLock.enrolment().register(BEA);
      faceLock.enrolment().setPassword(BEA, Secret.of(PASSWORD));
      int wrong = 0;
      while (true) {
        Outcome outcome = faceLock.authenticator().begin(BEA, REQUEST);
        Response next = Response.password(PASSWORD);
        while (outcome instanceof Outcome.Challenge asked) {
          boolean counted = asked.next().feedback() instanceof Feedback.NotVerified;
          wrong += counted ? 1 : 0;
          outcome = faceLock.authenticator().advance(asked.handle(), next, REQUEST);
          // No picture at all: refused, whatever the liveness mode.
          next = new Response.Text(FactorType.FACE, Secret.of("my face"));
        }
        if (outcome instanceof Outcome.Locked) {
          return wrong;
        }
        wrong++;
      }
    }
  }

  @Test
  void tenWhereEveryPolicyDrawsAChallenge() {
    assertThat(wrongFaces(b -> b.policy(door("a", LivenessMode.ACTIVE)))).isEqualTo(10);
    assertThat(
            wrongFaces(
                b ->
                    b.policy(door("a", LivenessMode.ACTIVE_STRICT))
                        .namedPolicy(door("b", LivenessMode.ACTIVE))))
        .isEqualTo(10);
  }

  @Test
  void fiveWhereOnePolicyDoesNot() {
    assertThat(wrongFaces(b -> b.policy(door("a", LivenessMode.NONE)))).isEqualTo(5);
    assertThat(
            wrongFaces(
                b ->
                    b.policy(door("a", LivenessMode.ACTIVE))
                        .namedPolicy(door("b", LivenessMode.NONE))))
        .isEqualTo(5);
  }

  @Test
  void ownRulesCount() {
    LockoutRules.BackOff three =
        new LockoutRules.BackOff(3, Duration.ofMinutes(1), Duration.ofHours(1), 3);
    assertThat(
            wrongFaces(
                b ->
                    b.policy(door("a", LivenessMode.ACTIVE))
                        .lockoutRules(LockoutRules.defaults().with(FactorType.FACE.kind(), three))))
        .isEqualTo(3);
  }

  @Test
  void thePolicysModeChangesNothingButFaces() {
    LockoutRules without = LockoutRules.defaults(LivenessMode.PASSIVE);
    LockoutRules with = LockoutRules.defaults(LivenessMode.ACTIVE);
    assertThat(without).isEqualTo(LockoutRules.defaults());
    assertThat(without.inherence().hardCap()).isEqualTo(50);
    assertThat(with.inherence().hardCap()).isEqualTo(100);
    assertThat(with.with(FactorType.FACE.kind(), without.inherence())).isEqualTo(without);
  }
}
