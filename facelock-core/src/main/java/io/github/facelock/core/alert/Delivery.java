package io.github.facelock.core.alert;

import java.time.Instant;

/**
 * What becomes of one alert at one target.
 *
 * @param target the target's name; of a notice, the number of its address
 * @param level of the escalation
 * @param round 0 for the alert itself, then one more for each report of repetitions
 * @param status where it is
 * @param tries how often it was tried in this round, counted before each try
 * @param nextAt when it is tried next
 */
record Delivery(String target, int level, int round, Status status, int tries, Instant nextAt) {

  /** Where a delivery is. */
  enum Status {
    /** It is tried at {@code nextAt}. */
    PENDING,
    /** It is being tried; or was, by a process that died. */
    SENDING,
    /** It was handed over. */
    SENT,
    /** It was given up. */
    FAILED
  }

  static Delivery pending(String target, int level, Instant at) {
    return new Delivery(target, level, 0, Status.PENDING, 0, at);
  }

  boolean isOpen() {
    return status == Status.PENDING || status == Status.SENDING;
  }

  boolean isDue(Instant now) {
    return status == Status.PENDING && !now.isBefore(nextAt);
  }

  Delivery sending() {
    return new Delivery(target, level, round, Status.SENDING, tries + 1, nextAt);
  }

  Delivery ended(Status end) {
    return new Delivery(target, level, round, end, tries, nextAt);
  }

  Delivery again(Instant at) {
    return new Delivery(target, level, round, Status.PENDING, tries, at);
  }

  /** The same later, where the try that was counted was not made. */
  Delivery untried(Instant at) {
    return new Delivery(target, level, round, Status.PENDING, Math.max(0, tries - 1), at);
  }

  Delivery nextRound(Instant at) {
    return new Delivery(target, level, round + 1, Status.PENDING, 0, at);
  }

  boolean is(Delivery other) {
    return target.equals(other.target) && level == other.level && round == other.round;
  }
}
