package io.github.facelock.api.admin;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What the audit trail says about logins, in numbers: of nobody in particular. Immutable.
 *
 * @param from the begin of the time; later than asked for if {@code complete} is not
 * @param until its end
 * @param complete whether the whole time was read; of very long trails only the newest part is
 * @param slots the time in equal parts, the earliest first
 * @param denials how many logins were denied, by coarse reason
 * @param refusals how many single answers were wrong or could not be judged, by factor and cause
 * @param timeToLogin from the begin of a login to its grant; empty if nobody was let in
 * @param scores how alike compared faces were; empty for fewer than {@value #FEWEST_SCORES}
 *     comparisons, of which somebody might know whose they were
 */
public record LoginStatistics(
    Instant from,
    Instant until,
    boolean complete,
    List<Slot> slots,
    Map<String, Long> denials,
    Map<String, Map<String, Long>> refusals,
    Optional<Spread> timeToLogin,
    Optional<Scores> scores) {

  /** A distribution of fewer scores is not shown. */
  public static final int FEWEST_SCORES = 20;

  /** Copies what can change. */
  public LoginStatistics {
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(until, "until");
    slots = List.copyOf(slots);
    denials = Map.copyOf(denials);
    refusals = Map.copyOf(refusals);
    Objects.requireNonNull(timeToLogin, "timeToLogin");
    Objects.requireNonNull(scores, "scores");
  }

  /**
   * One part of the time.
   *
   * @param from its begin
   * @param begun logins that began, ended or not
   * @param granted logins that succeeded
   * @param denied logins that ended without success
   * @param locked logins that were refused because of too many attempts
   * @param cancelled logins that were given up
   */
  public record Slot(
      Instant from, long begun, long granted, long denied, long locked, long cancelled) {
    /** Refuses null. */
    public Slot {
      Objects.requireNonNull(from, "from");
    }
  }

  /**
   * How long something took.
   *
   * @param count how often it was measured
   * @param median half of them took no longer
   * @param p95 95 of 100 took no longer
   * @param longest the longest
   */
  public record Spread(long count, Duration median, Duration p95, Duration longest) {
    /** Refuses null. */
    public Spread {
      Objects.requireNonNull(median, "median");
      Objects.requireNonNull(p95, "p95");
      Objects.requireNonNull(longest, "longest");
    }
  }

  /**
   * Comparison scores by equal intervals from 0 to 1; lower ones are in the first interval.
   *
   * @param matched of comparisons that passed
   * @param refused of comparisons that did not
   */
  public record Scores(List<Long> matched, List<Long> refused) {
    /** Copies the lists. */
    public Scores {
      matched = List.copyOf(matched);
      refused = List.copyOf(refused);
    }
  }
}
