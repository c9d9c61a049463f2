package io.github.facelock.core.lockout;

import io.github.facelock.api.FactorKind;
import io.github.facelock.api.policy.LivenessMode;
import java.time.Duration;
import java.util.Objects;

/**
 * How many failed attempts are allowed, and how long a guesser waits.
 *
 * @param knowledge for passwords and PINs of one subject
 * @param possession for codes of one subject
 * @param inherence for faces of one subject
 * @param source for one factor from one source, whoever is claimed; stops the one who tries one
 *     password on many names
 */
public record LockoutRules(
    BackOff knowledge, BackOff possession, BackOff inherence, SourceLimit source) {

  /** Refuses null. */
  public LockoutRules {
    Objects.requireNonNull(knowledge, "knowledge");
    Objects.requireNonNull(possession, "possession");
    Objects.requireNonNull(inherence, "inherence");
    Objects.requireNonNull(source, "source");
  }

  /**
   * NIST's limits. Passwords and codes: five failures are free, then waits that double from 30
   * seconds to one hour, and after 100 consecutive failures an administrator must unlock (SP
   * 800-63B-4, section 3.2.2). Faces without presentation attack detection: five failures, then
   * waits of at least 30 seconds, and 50 failures at most (section 3.2.3). A source: 100 failures
   * of a factor in an hour.
   *
   * @return the rules, for faces without liveness
   */
  public static LockoutRules defaults() {
    Duration first = Duration.ofSeconds(30);
    BackOff secrets = new BackOff(5, first, Duration.ofHours(1), 100);
    BackOff faces = new BackOff(5, first, Duration.ofHours(1), 50);
    return new LockoutRules(secrets, secrets, faces, new SourceLimit(100, Duration.ofHours(1)));
  }

  /**
   * NIST's limits, for faces by how the weakest policy tells a person from a picture: where it
   * draws a challenge, ten failures are free and 100 are the most, which section 3.2.3 allows with
   * presentation attack detection; otherwise as {@link #defaults()}. The detection of this library
   * is measured and not certified: where an auditor must be shown a certificate, set {@link
   * #defaults()}.
   *
   * @param weakest the weakest mode of the policies that ask for a face; a subject's failures with
   *     its face are counted over all of them
   * @return the rules
   */
  public static LockoutRules defaults(LivenessMode weakest) {
    BackOff faces = new BackOff(10, Duration.ofSeconds(30), Duration.ofHours(1), 100);
    return weakest.challenges() ? defaults().with(FactorKind.INHERENCE, faces) : defaults();
  }

  /**
   * The same rules with another one for a kind of factor.
   *
   * @param kind the kind
   * @param backOff its rule
   * @return the changed rules
   */
  public LockoutRules with(FactorKind kind, BackOff backOff) {
    return switch (kind) {
      case KNOWLEDGE -> new LockoutRules(backOff, possession, inherence, source);
      case POSSESSION -> new LockoutRules(knowledge, backOff, inherence, source);
      case INHERENCE -> new LockoutRules(knowledge, possession, backOff, source);
    };
  }

  /**
   * The same rules with another limit for sources.
   *
   * @param limit the limit
   * @return the changed rules
   */
  public LockoutRules withSource(SourceLimit limit) {
    return new LockoutRules(knowledge, possession, inherence, limit);
  }

  BackOff of(FactorKind kind) {
    return switch (kind) {
      case KNOWLEDGE -> knowledge;
      case POSSESSION -> possession;
      case INHERENCE -> inherence;
    };
  }

  /**
   * The rule for one subject and one factor.
   *
   * @param free consecutive failures without a wait, at least 1
   * @param firstDelay the wait after the last free failure; doubles with each further one
   * @param longestDelay where doubling ends, at most 30 days
   * @param hardCap consecutive failures after which an administrator must unlock; at least {@code
   *     free}, at most 100
   */
  public record BackOff(int free, Duration firstDelay, Duration longestDelay, int hardCap) {

    private static final int NIST_CAP = 100;
    private static final Duration LONGEST = Duration.ofDays(30);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is out of range
     */
    public BackOff {
      if (free < 1 || hardCap < free || hardCap > NIST_CAP) {
        throw new IllegalArgumentException(
            "Allow 1 to %d failures, and no more free ones than in all; not %d free of %d"
                .formatted(NIST_CAP, free, hardCap));
      }
      if (firstDelay.isNegative()
          || firstDelay.isZero()
          || longestDelay.compareTo(firstDelay) < 0
          || longestDelay.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException(
            "A wait is more than nothing and at most 30 days, and the longest is not below the first");
      }
    }

    /**
     * Tells the wait after a number of failures.
     *
     * @param failures in a row
     * @return nothing while they are free
     */
    Duration delayAfter(int failures) {
      if (failures < free) {
        return Duration.ZERO;
      }
      Duration delay = firstDelay;
      // The longest wait is bounded, so doubling stops long before it could overflow.
      for (int i = free; i < failures && delay.compareTo(longestDelay) < 0; i++) {
        delay = delay.multipliedBy(2);
      }
      return delay.compareTo(longestDelay) < 0 ? delay : longestDelay;
    }
  }

  /**
   * The rule for one source and one factor. Windows are fixed pieces of time, counted from 1970.
   *
   * @param failures that a window allows, at least 1
   * @param window its length, 1 second to 1 day
   */
  public record SourceLimit(int failures, Duration window) {

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is out of range
     */
    public SourceLimit {
      if (failures < 1) {
        throw new IllegalArgumentException("A source needs at least one attempt");
      }
      if (window.compareTo(Duration.ofSeconds(1)) < 0 || window.compareTo(Duration.ofDays(1)) > 0) {
        throw new IllegalArgumentException("A window takes 1 second to 1 day");
      }
    }
  }
}
