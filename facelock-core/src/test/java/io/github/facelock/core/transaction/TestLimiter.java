package io.github.facelock.core.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.spi.Attempt;
import io.github.facelock.spi.AttemptLimiter;
import io.github.facelock.test.MutableClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Blocks what the test wants blocked, and keeps books. */
final class TestLimiter implements AttemptLimiter {

  final Map<FactorType, Instant> blocked = new HashMap<>();
  final List<Attempt> permitted = new ArrayList<>();
  final List<Charge.Permitted> refunded = new ArrayList<>();
  final List<Charge.Permitted> succeeded = new ArrayList<>();
  private boolean settledTwice;
  private final MutableClock time;
  private final Faults faults;

  TestLimiter(MutableClock time, Faults faults) {
    this.time = time;
    this.faults = faults;
  }

  /** The attempts that count as failed. */
  int failures() {
    assertThat(settledTwice).as("a charge was settled twice").isFalse();
    return permitted.size() - refunded.size() - succeeded.size();
  }

  @Override
  public Charge charge(Attempt attempt) {
    faults.pass(Faults.Place.CHARGE);
    Instant until = blocked.getOrDefault(attempt.factor(), Instant.EPOCH);
    if (time.instant().isBefore(until)) {
      return new Charge.Blocked(until);
    }
    permitted.add(attempt);
    return new Charge.Permitted(attempt, permitted.size());
  }

  @Override
  public void refund(Charge.Permitted permitted) {
    faults.pass(Faults.Place.REFUND);
    settle(permitted);
    refunded.add(permitted);
  }

  @Override
  public void succeeded(Charge.Permitted permitted) {
    faults.pass(Faults.Place.SUCCEEDED);
    settle(permitted);
    succeeded.add(permitted);
  }

  @Override
  public void unlock(SubjectId subject, FactorType factor) {
    throw new UnsupportedOperationException();
  }

  private void settle(Charge.Permitted charge) {
    if (refunded.contains(charge) || succeeded.contains(charge)) {
      // The engine takes an error for a fault, so it is remembered too.
      settledTwice = true;
      throw new AssertionError("A charge was settled twice");
    }
  }
}
