package io.github.facelock.api;

import java.util.Map;
import java.util.Objects;

/**
 * One factor that a step accepts. The same for known and unknown subjects.
 *
 * @param factor the factor
 * @param started whether an answer can be given now; otherwise the person first chooses this factor
 *     with {@link Response.Choice} (a code is sent only then)
 * @param parameters what a client needs to ask well, for example {@code digits=6}; never a secret
 */
public record Prompt(FactorType factor, boolean started, Map<String, String> parameters) {

  /** Copies the map. */
  public Prompt {
    Objects.requireNonNull(factor, "factor");
    parameters = Map.copyOf(parameters);
  }
}
