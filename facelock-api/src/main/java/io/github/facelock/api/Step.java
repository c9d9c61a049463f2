package io.github.facelock.api;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the person is asked for now: any one of the prompts.
 *
 * @param number the position in this login, from 1; steps that a condition leaves out, or that an
 *     earlier login passed, are not counted
 * @param prompts the factors that this step accepts, in the policy's order; not empty
 * @param feedback what became of the answer before
 */
public record Step(int number, List<Prompt> prompts, Feedback feedback) {

  /** Copies the list. */
  public Step {
    if (number < 1) {
      throw new IllegalArgumentException("Steps are numbered from 1");
    }
    prompts = List.copyOf(prompts);
    if (prompts.isEmpty()) {
      throw new IllegalArgumentException("A step offers at least one factor");
    }
    Objects.requireNonNull(feedback, "feedback");
  }

  /**
   * Finds the prompt of a factor.
   *
   * @param factor the factor
   * @return its prompt, if the step accepts it
   */
  public Optional<Prompt> prompt(FactorType factor) {
    return prompts.stream().filter(p -> p.factor().equals(factor)).findFirst();
  }
}
