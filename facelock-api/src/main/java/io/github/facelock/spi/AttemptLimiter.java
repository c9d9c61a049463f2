package io.github.facelock.spi;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import java.time.Instant;
import java.util.Objects;

/**
 * Limits guessing. An attempt is charged before the answer is judged, so that parallel tries cannot
 * pass the limit together. Thread-safe, and exact under concurrency over all nodes that share a
 * store.
 *
 * <p>Unknown subjects are counted like known ones.
 */
public interface AttemptLimiter {

  /**
   * Asks for one attempt.
   *
   * @param attempt what is tried
   * @return whether the answer may be judged
   */
  Charge charge(Attempt attempt);

  /**
   * Gives the attempt back, because the answer could not be judged or the system failed.
   *
   * @param permitted from {@link #charge}; used once
   */
  void refund(Charge.Permitted permitted);

  /**
   * Notes that the attempt succeeded: consecutive failures of this factor begin at zero again.
   *
   * @param permitted from {@link #charge}; used once
   */
  void succeeded(Charge.Permitted permitted);

  /**
   * Lets a subject try a factor again at once, as if nothing had failed: an administrator decided
   * so. Limits of sources stay as they are.
   *
   * @param subject known or not
   * @param factor the factor; no other one is unlocked
   */
  void unlock(SubjectId subject, FactorType factor);

  /** The limiter's answer. */
  sealed interface Charge {

    /**
     * The answer may be judged. If it proves wrong, nothing more needs to be said.
     *
     * @param attempt what was charged
     * @param mark the limiter's own note, by which it recognises what this charge changed
     */
    record Permitted(Attempt attempt, long mark) implements Charge {
      /** Refuses null. */
      public Permitted {
        Objects.requireNonNull(attempt, "attempt");
      }

      /**
       * A charge of a limiter that needs no note.
       *
       * @param attempt what was charged
       */
      public Permitted(Attempt attempt) {
        this(attempt, 0);
      }
    }

    /**
     * The answer must not be judged.
     *
     * @param until when the next attempt is possible; {@link Instant#MAX} if an administrator must
     *     unlock
     */
    record Blocked(Instant until) implements Charge {
      /** Refuses null. */
      public Blocked {
        Objects.requireNonNull(until, "until");
      }
    }
  }
}
