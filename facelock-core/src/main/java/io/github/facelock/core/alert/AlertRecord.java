package io.github.facelock.core.alert;

import io.github.facelock.spi.Alert;
import io.github.facelock.spi.store.OutboxEntry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An alert as administrators see it.
 *
 * @param id names it
 * @param state whether something is still to be done; {@code DEAD} if nobody was reached
 * @param alert what happened, the first time; empty if it cannot be read any more
 * @param severity how much it matters
 * @param count how often it happened
 * @param level who was told, from 1
 * @param held whether it was only written down because too many came, and is in a summary
 * @param notice whether it went to the subject itself
 * @param acknowledgedAt when somebody acknowledged it
 * @param acknowledgedBy who did, as the link or the caller says
 * @param targets what became of it at each target
 */
public record AlertRecord(
    String id,
    OutboxEntry.State state,
    Optional<Alert> alert,
    Alert.Severity severity,
    int count,
    int level,
    boolean held,
    boolean notice,
    Optional<Instant> acknowledgedAt,
    Optional<String> acknowledgedBy,
    List<Target> targets) {

  /** Copies the list. */
  public AlertRecord {
    targets = List.copyOf(targets);
  }

  /**
   * What became of an alert at one target.
   *
   * @param name the target's name; {@code subject} in a notice
   * @param level of the escalation
   * @param status one of {@code PENDING}, {@code SENDING}, {@code SENT}, {@code FAILED}
   * @param tries how often it was tried
   */
  public record Target(String name, int level, String status, int tries) {}

  static AlertRecord of(OutboxEntry entry, Optional<AlertCase> content) {
    if (content.isEmpty()) {
      return new AlertRecord(
          entry.id(),
          entry.state(),
          Optional.empty(),
          Alert.Severity.WARNING,
          1,
          1,
          false,
          false,
          Optional.empty(),
          Optional.empty(),
          List.of());
    }
    AlertCase read = content.get();
    return new AlertRecord(
        entry.id(),
        entry.state(),
        Optional.of(read.alert()),
        read.severity(),
        read.count(),
        read.level(),
        read.held(),
        read.isNotice(),
        read.acknowledged().map(AlertCase.Acknowledged::at),
        read.acknowledged().map(AlertCase.Acknowledged::by),
        read.deliveries().stream()
            .map(
                delivery ->
                    new Target(
                        read.isNotice() ? "subject" : delivery.target(),
                        delivery.level(),
                        delivery.status().name(),
                        delivery.tries()))
            .toList());
  }
}
