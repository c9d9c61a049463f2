package io.github.facelock.core.transaction;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.Feedback;
import io.github.facelock.api.Step;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.policy.Policy;
import io.github.facelock.api.policy.PolicyStep;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A login between two requests.
 *
 * @param transaction names the login in audit and messages; no key to it
 * @param policy the name of its policy
 * @param source where it was begun
 * @param expiresAt when it ends, finished or not
 * @param claimed who the person claims to be, or was found to be
 * @param satisfied the factors that were passed, one for each step before the present one
 * @param step the present step
 */
record TransactionState(
    String transaction,
    String policy,
    String source,
    Instant expiresAt,
    Optional<SubjectId> claimed,
    List<FactorType> satisfied,
    StepState step) {

  TransactionState {
    satisfied = List.copyOf(satisfied);
  }

  TransactionState with(StepState changed) {
    return new TransactionState(
        transaction, policy, source, expiresAt, claimed, satisfied, changed);
  }

  /** The factors that are passed when the present step was passed with a factor. */
  List<FactorType> satisfiedWith(FactorType passed) {
    return Stream.concat(satisfied.stream(), Stream.of(passed)).toList();
  }

  TransactionState next(SubjectId subject, FactorType passed, StepState nextStep) {
    return new TransactionState(
        transaction,
        policy,
        source,
        expiresAt,
        Optional.of(subject),
        satisfiedWith(passed),
        nextStep);
  }

  /**
   * Tells whether this state can have come from a policy as it is now. After a change of
   * configuration it may not, and then must not lead to a grant.
   */
  boolean fits(Policy present, boolean identifies) {
    List<PolicyStep> steps = present.steps();
    int done = satisfied.size();
    if (done >= steps.size() || claimed.isEmpty() != (identifies && done == 0)) {
      return false;
    }
    for (int i = 0; i < done; i++) {
      if (!steps.get(i).anyOf().contains(satisfied.get(i))) {
        return false;
      }
    }
    return step.offers().stream().map(Offer::factor).toList().equals(steps.get(done).anyOf());
  }

  Step shown(Feedback feedback) {
    return new Step(
        satisfied.size() + 1, step.offers().stream().map(Offer::prompt).toList(), feedback);
  }
}
