package io.github.facelock.spi;

import java.util.Map;
import java.util.Objects;

/**
 * The question of a factor.
 *
 * @param parameters what a client needs to ask well; the same for known and unknown subjects, never
 *     a secret
 * @param state what the factor wants back with the answer
 */
public record FactorStart(Map<String, String> parameters, FactorState state) {

  /** Copies the map. */
  public FactorStart {
    parameters = Map.copyOf(parameters);
    Objects.requireNonNull(state, "state");
  }

  /**
   * A question that needs nothing remembered.
   *
   * @param parameters what a client needs to ask well
   * @return the question
   */
  public static FactorStart stateless(Map<String, String> parameters) {
    return new FactorStart(parameters, FactorState.empty());
  }
}
