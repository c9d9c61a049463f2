package io.github.facelock.spi;

import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What a rule noticed.
 *
 * @param responses what follows; empty if the sign is only noted, or there is none
 * @param signals facts by name for the audit trail; no secret, and nothing that names a person
 */
public record RiskFinding(Set<RiskResponse> responses, Map<String, String> signals) {

  private static final RiskFinding NOTHING = new RiskFinding(Set.of(), Map.of());

  /** Copies the collections. */
  public RiskFinding {
    Objects.requireNonNull(responses, "responses");
    responses = Set.copyOf(responses);
    signals = Map.copyOf(signals);
  }

  /**
   * Nothing was noticed.
   *
   * @return the empty finding
   */
  public static RiskFinding nothing() {
    return NOTHING;
  }
}
