package io.github.facelock.benchmarks.load;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.core.lockout.BackOffLimiter;
import io.github.facelock.core.lockout.LockoutRules;
import io.github.facelock.spi.Attempt;
import io.github.facelock.spi.AttemptLimiter;
import io.github.facelock.spi.store.AttemptStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Attempts that are charged and succeed: four compare-and-set writes each. */
public final class Attempts {

  private static final int SUBJECTS = 200;

  private Attempts() {}

  /**
   * Measures a store.
   *
   * @param store counts
   * @param threads how many at once
   * @param time for how long
   * @return how many attempts were charged and given back
   */
  public static Rate measure(AttemptStore store, int threads, Duration time) {
    AttemptLimiter limiter = new BackOffLimiter(store, LockoutRules.defaults(), Clock.systemUTC());
    return new Crew(threads, time)
        .run(
            SUBJECTS,
            () -> {},
            i -> {
              Attempt attempt =
                  new Attempt(
                      FactorType.PIN,
                      Optional.of(SubjectId.of("load " + i)),
                      "2001:db8::" + Integer.toHexString(i));
              if (limiter.charge(attempt) instanceof AttemptLimiter.Charge.Permitted permitted) {
                limiter.succeeded(permitted);
              } else {
                throw new IllegalStateException("An attempt was not permitted");
              }
            });
  }
}
