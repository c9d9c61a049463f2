package io.github.facelock.api.policy;

import io.github.facelock.api.FactorType;
import java.util.List;

/**
 * One step of a policy: any one of its factors passes it.
 *
 * @param anyOf the factors in the order in which they are offered; not empty, no factor twice
 */
public record PolicyStep(List<FactorType> anyOf) {

  /**
   * Copies and checks the list.
   *
   * @throws IllegalArgumentException if the list is empty or names a factor twice
   */
  public PolicyStep {
    anyOf = List.copyOf(anyOf);
    if (anyOf.isEmpty()) {
      throw new IllegalArgumentException("A policy step needs at least one factor");
    }
    if (anyOf.stream().distinct().count() != anyOf.size()) {
      throw new IllegalArgumentException("A policy step names a factor twice: " + anyOf);
    }
  }
}
