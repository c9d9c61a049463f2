package io.github.facelock.core.transaction;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.PassedFactor;
import io.github.facelock.spi.FactorState;
import java.time.Instant;

/**
 * A step that was passed.
 *
 * @param step its index in the policy, from 0
 * @param factor by which factor
 * @param at when
 * @param anew whether in this login, or in the one before a step-up
 * @param learnt what the factor wants back if the login is granted
 */
record Passed(int step, FactorType factor, Instant at, boolean anew, FactorState learnt) {

  static Passed before(int step, PassedFactor passed) {
    return new Passed(step, passed.factor(), passed.at(), false, FactorState.empty());
  }

  PassedFactor shown() {
    return new PassedFactor(factor, at);
  }
}
