package io.github.facelock.spring.observation;

import io.github.facelock.api.FactorType;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spring.autoconfigure.FaceLockPolicies;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Meters of what the audit trail gets. Tags hold words of the application only: policies, factors,
 * outcomes; never a person, an address or anything that a client sent. Thread-safe.
 *
 * <ul>
 *   <li>{@code facelock.logins}: ended logins, by {@code outcome}, {@code policy} and {@code
 *       reason}
 *   <li>{@code facelock.codes}: messages with codes, by {@code factor} and {@code outcome}
 *   <li>{@code facelock.alerts}: what became of alerts, by {@code outcome}
 *   <li>{@code facelock.events}: all events, by {@code type}
 * </ul>
 */
final class AuditMeters implements AuditListener {

  private static final String NONE = "none";

  private final MeterRegistry registry;
  private final Set<String> policies;

  AuditMeters(MeterRegistry registry, FaceLockPolicies policies) {
    this.registry = registry;
    this.policies =
        policies.all().stream()
            .map(io.github.facelock.api.policy.Policy::name)
            .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public void appended(AuditEvent event) {
    String type = word(event.type().name());
    registry.counter("facelock.events", "type", type).increment();
    switch (event.type()) {
      case GRANTED, DENIED, LOCKED, CANCELLED -> login(event, type);
      case CODE_SENT -> code(event, "sent");
      case CODE_NOT_SENT -> code(event, "not-sent");
      case ALERT_SENT -> alert("sent");
      case ALERT_NOT_SENT -> alert("not-sent");
      case ALERT_ESCALATED -> alert("escalated");
      case ALERT_ACKNOWLEDGED -> alert("acknowledged");
      default -> {}
    }
  }

  private void login(AuditEvent event, String outcome) {
    String policy = event.details().getOrDefault("policy", NONE);
    registry
        .counter(
            "facelock.logins",
            "outcome",
            outcome,
            "policy",
            policies.contains(policy) ? policy : NONE,
            "reason",
            word(event.details().getOrDefault("reason", NONE)))
        .increment();
  }

  private void code(AuditEvent event, String outcome) {
    String factor = event.factor().map(FactorType::id).orElse(NONE);
    registry.counter("facelock.codes", "factor", factor, "outcome", outcome).increment();
  }

  private void alert(String outcome) {
    registry.counter("facelock.alerts", "outcome", outcome).increment();
  }

  private static String word(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
