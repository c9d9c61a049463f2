package io.github.facelock.spi;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import java.util.Objects;
import java.util.Optional;

/**
 * One try to pass one factor.
 *
 * @param factor the factor; each has its own count, so that one factor's lock never locks another
 * @param claimed who the person claims to be, known or not; empty in an identification
 * @param source where the request came from
 */
public record Attempt(FactorType factor, Optional<SubjectId> claimed, String source) {

  /** Refuses null. */
  public Attempt {
    Objects.requireNonNull(factor, "factor");
    Objects.requireNonNull(claimed, "claimed");
    Objects.requireNonNull(source, "source");
  }
}
