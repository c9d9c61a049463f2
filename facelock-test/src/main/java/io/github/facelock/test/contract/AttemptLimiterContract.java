package io.github.facelock.test.contract;

import static io.github.facelock.test.contract.Refusals.nullOf;
import static io.github.facelock.test.contract.Refusals.refusesNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.spi.Attempt;
import io.github.facelock.spi.AttemptLimiter;
import io.github.facelock.spi.AttemptLimiter.Charge;
import io.github.facelock.test.MutableClock;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link AttemptLimiter} promises; first of all, that parallel tries do not pass the
 * limit together. The limits themselves are the implementation's own.
 *
 * <pre>{@code
 * class MyLimiterTest extends AttemptLimiterContract {
 *   @Override
 *   protected AttemptLimiter newLimiter(Clock clock) {
 *     return new MyLimiter(clock);
 *   }
 * }
 * }</pre>
 */
public abstract class AttemptLimiterContract {

  private static final Instant BEGIN = Instant.parse("2030-01-01T12:00:00Z");
  private static final SubjectId ALICE = SubjectId.of("alice");

  private final MutableClock clock = MutableClock.at(BEGIN);
  private AttemptLimiter limiter = nullOf(AttemptLimiter.class);
  private int sources;

  /** For subclasses. */
  protected AttemptLimiterContract() {}

  /**
   * Makes the limiter under test. Each source may fail at least as often as each subject.
   *
   * @param clock the time, which the suite moves
   * @return a limiter that has seen no attempt
   */
  protected abstract AttemptLimiter newLimiter(Clock clock);

  /**
   * Tells how many attempts in a row are more than any limit.
   *
   * @return 1000 unless overridden
   */
  protected int moreThanAnyLimit() {
    return 1000;
  }

  @BeforeEach
  void openLimiter() {
    limiter = newLimiter(clock);
  }

  /** From a new source each time, so that only the subject's own limit counts. */
  private Attempt attempt(FactorType factor, SubjectId subject) {
    sources++;
    return attempt(factor, subject, sources);
  }

  private static Attempt attempt(FactorType factor, SubjectId subject, int source) {
    return new Attempt(factor, Optional.of(subject), "source-" + source);
  }

  private Charge.Permitted permitted(FactorType factor, SubjectId subject) {
    Charge charge = limiter.charge(attempt(factor, subject));
    assertThat(charge).isInstanceOf(Charge.Permitted.class);
    return (Charge.Permitted) charge;
  }

  /** Fails until the first refusal; the number of judged attempts before it. */
  private int failUntilBlocked(FactorType factor, SubjectId subject) {
    for (int count = 0; count < moreThanAnyLimit(); count++) {
      if (limiter.charge(attempt(factor, subject)) instanceof Charge.Blocked) {
        return count;
      }
    }
    throw new AssertionError(moreThanAnyLimit() + " wrong answers in a row were permitted");
  }

  @Test
  void wrongAnswersInARowEndInABlock() {
    assertThat(failUntilBlocked(FactorType.PASSWORD, ALICE)).isPositive();
    assertThat(limiter.charge(attempt(FactorType.PASSWORD, ALICE)))
        .isInstanceOf(Charge.Blocked.class);
  }

  @Test
  void anUnlockedFactorCanBeTriedAtOnceAndNoOther() {
    failUntilBlocked(FactorType.PASSWORD, ALICE);
    failUntilBlocked(FactorType.PIN, ALICE);

    limiter.unlock(ALICE, FactorType.PASSWORD);

    assertThat(limiter.charge(attempt(FactorType.PASSWORD, ALICE)))
        .isInstanceOf(Charge.Permitted.class);
    assertThat(limiter.charge(attempt(FactorType.PIN, ALICE))).isInstanceOf(Charge.Blocked.class);
  }

  @Test
  void whoClaimsNothingIsLimitedBySource() {
    Attempt nobody = new Attempt(FactorType.FACE, Optional.empty(), "front-door");
    for (int count = 0; count < moreThanAnyLimit(); count++) {
      if (limiter.charge(nobody) instanceof Charge.Blocked) {
        return;
      }
    }
    throw new AssertionError(
        moreThanAnyLimit() + " identifications in a row from one source were permitted");
  }

  @Test
  void aPermittedChargeNamesItsAttempt() {
    Attempt attempt = attempt(FactorType.PIN, ALICE);

    assertThat(limiter.charge(attempt))
        .isInstanceOfSatisfying(
            Charge.Permitted.class,
            permitted -> assertThat(permitted.attempt()).isEqualTo(attempt));
  }

  @Test
  void aBlockEndsWhenItSaysSo() {
    failUntilBlocked(FactorType.PASSWORD, ALICE);
    Charge charge = limiter.charge(attempt(FactorType.PASSWORD, ALICE));
    assertThat(charge).isInstanceOf(Charge.Blocked.class);
    Instant until = ((Charge.Blocked) charge).until();

    assertThat(until).isAfter(clock.instant());
    if (until.equals(Instant.MAX)) {
      return;
    }
    clock.set(until.minusMillis(1));
    assertThat(limiter.charge(attempt(FactorType.PASSWORD, ALICE)))
        .isInstanceOf(Charge.Blocked.class);
    clock.set(until);
    assertThat(limiter.charge(attempt(FactorType.PASSWORD, ALICE)))
        .isInstanceOf(Charge.Permitted.class);
  }

  @Test
  void parallelTriesDoNotPassTheLimitTogether() {
    int limit = failUntilBlocked(FactorType.PASSWORD, ALICE);
    assertThat(limit).as("tries to make at once").isLessThan(Parallel.CALLS);
    SubjectId bob = SubjectId.of("bob");

    List<Charge> charges =
        Parallel.call(
            Parallel.CALLS, i -> limiter.charge(attempt(FactorType.PASSWORD, bob, 1_000_000 + i)));

    assertThat(charges.stream().filter(Charge.Permitted.class::isInstance)).hasSize(limit);
  }

  @Test
  void aRefundedAttemptDoesNotCount() {
    int limit = failUntilBlocked(FactorType.FACE, ALICE);
    SubjectId bob = SubjectId.of("bob");

    for (int i = 0; i < 3 * limit; i++) {
      limiter.refund(permitted(FactorType.FACE, bob));
    }

    assertThat(failUntilBlocked(FactorType.FACE, bob)).isEqualTo(limit);
  }

  @Test
  void aSuccessBeginsTheCountAnew() {
    int limit = failUntilBlocked(FactorType.TOTP, ALICE);
    SubjectId bob = SubjectId.of("bob");

    for (int i = 0; i < limit - 1; i++) {
      permitted(FactorType.TOTP, bob);
    }
    limiter.succeeded(permitted(FactorType.TOTP, bob));

    assertThat(failUntilBlocked(FactorType.TOTP, bob)).isEqualTo(limit);
  }

  @Test
  void oneFactorsBlockDoesNotBlockAnother() {
    failUntilBlocked(FactorType.PASSWORD, ALICE);

    permitted(FactorType.FACE, ALICE);
    permitted(FactorType.PIN, ALICE);
  }

  @Test
  void oneSubjectsBlockDoesNotBlockAnother() {
    for (SubjectId id : OddTexts.subjectIds()) {
      permitted(FactorType.PASSWORD, id);
      failUntilBlocked(FactorType.PASSWORD, id);
    }
  }

  @Test
  void nullIsRefused() {
    refusesNull(() -> limiter.charge(nullOf(Attempt.class)));
    refusesNull(() -> limiter.refund(nullOf(Charge.Permitted.class)));
    refusesNull(() -> limiter.succeeded(nullOf(Charge.Permitted.class)));
  }
}
