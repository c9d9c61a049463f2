package io.github.facelock.api;

import io.github.facelock.api.face.Guidance;
import java.time.Instant;
import java.util.Objects;

/** What became of the answer before this challenge. */
public sealed interface Feedback {

  /** There was no answer before, or it passed. */
  record None() implements Feedback {}

  /** The answer was judged and did not match. */
  record NotVerified() implements Feedback {}

  /**
   * The answer could not be judged; it was not counted as a failed attempt.
   *
   * @param guidance what to do better
   */
  record NotAcquired(Guidance guidance) implements Feedback {

    /** Refuses null. */
    public NotAcquired {
      Objects.requireNonNull(guidance, "guidance");
    }
  }

  /**
   * The chosen factor is locked; the step's other factors still work.
   *
   * @param factor the locked factor
   * @param until when it can be tried again
   */
  record FactorLocked(FactorType factor, Instant until) implements Feedback {

    /** Refuses null. */
    public FactorLocked {
      Objects.requireNonNull(factor, "factor");
      Objects.requireNonNull(until, "until");
    }
  }
}
