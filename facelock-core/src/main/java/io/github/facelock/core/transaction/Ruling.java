package io.github.facelock.core.transaction;

import io.github.facelock.api.DenialReason;
import io.github.facelock.api.Outcome;
import java.util.Map;

/**
 * What one request comes to: the answer for the person, and why, for the audit trail.
 *
 * @param outcome the answer
 * @param cause a stable code
 * @param details from the factor
 * @param afterwards what is done when the outcome stands and is audited; it cannot change it
 */
record Ruling(Outcome outcome, String cause, Map<String, String> details, Runnable afterwards) {

  Ruling(Outcome outcome, String cause, Map<String, String> details) {
    this(outcome, cause, details, () -> {});
  }

  static Ruling denied(DenialReason reason, String cause) {
    return denied(reason, cause, Map.of());
  }

  static Ruling denied(DenialReason reason, String cause, Map<String, String> details) {
    return new Ruling(new Outcome.Denied(reason), cause, details);
  }
}
