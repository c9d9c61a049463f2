package io.github.facelock.spi;

import io.github.facelock.api.Secret;
import java.util.Objects;
import java.util.Optional;

/**
 * An alert on its way to somebody.
 *
 * @param id the same for each try to tell the same receiver the same thing, so that a sink or its
 *     next hop can recognise repetitions; letters, digits, hyphens, underscores and dots
 * @param alert what happened, the first time
 * @param severity how much it matters
 * @param count how often it happened so far, at least 1; repetitions are folded into one message
 * @param level how far it was escalated, from 1
 * @param acknowledge a link that ends the escalation, if there is one; whoever has it can use it
 * @param snapshot what the camera saw, if it is kept
 */
public record AlertMessage(
    String id,
    Alert alert,
    Alert.Severity severity,
    int count,
    int level,
    Optional<Secret> acknowledge,
    Optional<Snapshot> snapshot) {

  /** Refuses null and counts below 1. */
  public AlertMessage {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(alert, "alert");
    Objects.requireNonNull(severity, "severity");
    Objects.requireNonNull(acknowledge, "acknowledge");
    Objects.requireNonNull(snapshot, "snapshot");
    if (count < 1 || level < 1) {
      throw new IllegalArgumentException("An alert happened once at least, and begins at level 1");
    }
  }

  /**
   * A message of one alert, without link and picture.
   *
   * @param id names the message
   * @param alert what happened
   * @param severity how much it matters
   * @return the message, of count and level 1
   */
  public static AlertMessage of(String id, Alert alert, Alert.Severity severity) {
    return new AlertMessage(id, alert, severity, 1, 1, Optional.empty(), Optional.empty());
  }
}
