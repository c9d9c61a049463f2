package io.github.facelock.api;

import java.time.Instant;
import java.util.Objects;

/**
 * A factor that was passed, and when; how fresh it is decides what a step-up still asks for.
 *
 * @param factor the factor
 * @param at when its answer was accepted
 */
public record PassedFactor(FactorType factor, Instant at) {

  /** Refuses null. */
  public PassedFactor {
    Objects.requireNonNull(factor, "factor");
    Objects.requireNonNull(at, "at");
  }
}
