package io.github.facelock.core.alert;

import io.github.facelock.spi.Alert;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * An alert and all that became of it: the sealed contents of an outbox entry. Immutable; the steps
 * it can take are pure, so that any node may take them.
 *
 * @param alert what happened, the first time
 * @param severity how much it matters
 * @param count how often it happened
 * @param told of how many somebody was told
 * @param foldUntil until when repetitions are counted here
 * @param level who was told so far, from 1
 * @param nextLevelAt when the next level is told; {@link Instant#MAX} if there is none
 * @param deliveries to whom
 * @param acknowledged when and by whom
 * @param held whether it was only counted, because too many came
 * @param recipients of a notice to a subject; empty for an alert
 */
record AlertCase(
    Alert alert,
    Alert.Severity severity,
    int count,
    int told,
    Instant foldUntil,
    int level,
    Instant nextLevelAt,
    List<Delivery> deliveries,
    Optional<Acknowledged> acknowledged,
    boolean held,
    List<NoticeAddress> recipients) {

  /**
   * An end of the escalation.
   *
   * @param at when
   * @param by whom, as the link or the caller says
   */
  record Acknowledged(Instant at, String by) {}

  AlertCase {
    deliveries = List.copyOf(deliveries);
    recipients = List.copyOf(recipients);
  }

  /** A new alert, of which the first level is told from a time on. */
  static AlertCase opened(
      Alert alert,
      Alert.Severity severity,
      Instant foldUntil,
      EscalationPolicy policy,
      Instant from) {
    return new AlertCase(
            alert,
            severity,
            1,
            1,
            foldUntil,
            0,
            Instant.MAX,
            List.of(),
            Optional.empty(),
            false,
            List.of())
        .escalated(policy, from);
  }

  /** An alert that is only written down. */
  static AlertCase held(Alert alert, Alert.Severity severity, Instant at) {
    return new AlertCase(
        alert, severity, 1, 1, at, 1, Instant.MAX, List.of(), Optional.empty(), true, List.of());
  }

  /** A notice to a subject. */
  static AlertCase notice(
      Alert alert, Alert.Severity severity, List<NoticeAddress> recipients, Instant at) {
    List<Delivery> deliveries = new ArrayList<>();
    for (int i = 0; i < recipients.size(); i++) {
      deliveries.add(Delivery.pending(Integer.toString(i), 1, at));
    }
    return new AlertCase(
        alert, severity, 1, 1, at, 1, Instant.MAX, deliveries, Optional.empty(), false, recipients);
  }

  boolean isNotice() {
    return !recipients.isEmpty();
  }

  /** It happened once more. */
  AlertCase repeated() {
    int more = count == Integer.MAX_VALUE ? count : count + 1;
    return with(more, told, level, nextLevelAt, deliveries, acknowledged);
  }

  AlertCase acknowledged(Acknowledged by) {
    return with(count, told, level, Instant.MAX, deliveries, Optional.of(by));
  }

  private AlertCase escalated(EscalationPolicy policy, Instant now) {
    int next = level + 1;
    List<Delivery> more = new ArrayList<>(deliveries);
    for (AlertTarget target : policy.targets(next)) {
      more.add(Delivery.pending(target.name(), next, now));
    }
    Instant then = next < policy.levels() ? now.plus(policy.after(next + 1)) : Instant.MAX;
    return with(count, told, next, then, more, acknowledged);
  }

  /**
   * What time has brought: the next level, the report of repetitions, tries that a dead process
   * left behind.
   */
  AlertCase advanced(EscalationPolicy policy, Instant now) {
    AlertCase next =
        changed(
            delivery ->
                delivery.status() == Delivery.Status.SENDING ? delivery.again(now) : delivery);
    while (next.mustEscalate(policy, now)) {
      next = next.escalated(policy, now);
    }
    if (!now.isBefore(foldUntil) && count > told && acknowledged.isEmpty()) {
      AlertCase reported =
          next.changed(
              delivery ->
                  delivery.status() == Delivery.Status.SENT ? delivery.nextRound(now) : delivery);
      next =
          reported.with(
              count, count, next.level, next.nextLevelAt, reported.deliveries, acknowledged);
    }
    return next;
  }

  private boolean mustEscalate(EscalationPolicy policy, Instant now) {
    if (held || isNotice() || acknowledged.isPresent() || level >= policy.levels()) {
      return false;
    }
    boolean nobodyReached =
        deliveries.stream()
            .filter(delivery -> delivery.level() == level)
            .allMatch(delivery -> delivery.status() == Delivery.Status.FAILED);
    return nobodyReached || !now.isBefore(nextLevelAt);
  }

  /** Marks what is due as being tried. */
  AlertCase sending(Instant now) {
    AlertCase next = changed(delivery -> delivery.isDue(now) ? delivery.sending() : delivery);
    // Who is told now is told of all that happened so far.
    return with(count, count, level, nextLevelAt, next.deliveries, acknowledged);
  }

  /** Replaces one delivery. */
  AlertCase with(Delivery outcome) {
    return changed(delivery -> delivery.is(outcome) ? outcome : delivery);
  }

  private AlertCase changed(UnaryOperator<Delivery> change) {
    List<Delivery> changed = deliveries.stream().map(change).toList();
    return with(count, told, level, nextLevelAt, changed, acknowledged);
  }

  boolean isBeingSent() {
    return deliveries.stream().anyMatch(d -> d.status() == Delivery.Status.SENDING);
  }

  boolean reachedAnybody() {
    return deliveries.stream().anyMatch(d -> d.status() == Delivery.Status.SENT || d.round() > 0);
  }

  /** When there is something to do; empty if there is nothing any more. */
  Optional<Instant> nextDue(EscalationPolicy policy, Instant now) {
    Optional<Instant> tries =
        deliveries.stream().filter(Delivery::isOpen).map(Delivery::nextAt).min(Instant::compareTo);
    Optional<Instant> escalation =
        held || isNotice() || acknowledged.isPresent() || level >= policy.levels()
            ? Optional.empty()
            : Optional.of(mustEscalate(policy, now) ? now : nextLevelAt)
                .filter(time -> !time.equals(Instant.MAX));
    boolean reports = reachedAnybody() && acknowledged.isEmpty();
    Optional<Instant> report =
        reports && (now.isBefore(foldUntil) || count > told)
            ? Optional.of(foldUntil)
            : Optional.empty();
    return Stream.of(tries, escalation, report).flatMap(Optional::stream).min(Instant::compareTo);
  }

  private AlertCase with(
      int count,
      int told,
      int level,
      Instant nextLevelAt,
      List<Delivery> deliveries,
      Optional<Acknowledged> acknowledged) {
    return new AlertCase(
        alert,
        severity,
        count,
        told,
        foldUntil,
        level,
        nextLevelAt,
        deliveries,
        acknowledged,
        held,
        recipients);
  }
}
