package io.github.facelock.core.transaction;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.Prompt;
import io.github.facelock.spi.FactorStart;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One factor that the present step accepts.
 *
 * @param factor the factor
 * @param start its question; empty until the person chooses it
 * @param lockedUntil what the limiter said last; {@link Instant#EPOCH} if it never blocked
 */
record Offer(FactorType factor, Optional<FactorStart> start, Instant lockedUntil) {

  static Offer unstarted(FactorType factor) {
    return new Offer(factor, Optional.empty(), Instant.EPOCH);
  }

  Offer asking(FactorStart question) {
    return new Offer(factor, Optional.of(question), lockedUntil);
  }

  Offer locked(Instant until) {
    return new Offer(factor, start, until);
  }

  boolean isLocked(Instant now) {
    return now.isBefore(lockedUntil);
  }

  Prompt prompt() {
    return new Prompt(
        factor, start.isPresent(), start.map(FactorStart::parameters).orElse(Map.of()));
  }
}
