package io.github.facelock.core.transaction;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.Feedback;
import io.github.facelock.api.Step;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.policy.Policy;
import io.github.facelock.api.policy.PolicyStep;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A login between two requests.
 *
 * @param transaction names the login in audit and messages; no key to it
 * @param policy the name of its policy
 * @param source where it was begun
 * @param expiresAt when it ends, finished or not
 * @param claimed who the person claims to be, or was found to be
 * @param standing what the circumstances mean for it
 * @param passed the steps that were passed, in their order in time
 * @param present the index of the present step in the policy
 * @param step how far the present step is
 */
record TransactionState(
    String transaction,
    String policy,
    String source,
    Instant expiresAt,
    Optional<SubjectId> claimed,
    Standing standing,
    List<Passed> passed,
    int present,
    StepState step) {

  TransactionState {
    passed = List.copyOf(passed);
  }

  TransactionState with(StepState changed) {
    return new TransactionState(
        transaction, policy, source, expiresAt, claimed, standing, passed, present, changed);
  }

  /** The same login after its present step, before it is known what comes next. */
  TransactionState after(SubjectId subject, Standing present, Passed newly) {
    List<Passed> all = new ArrayList<>(passed);
    all.add(newly);
    return new TransactionState(
        transaction,
        policy,
        source,
        expiresAt,
        Optional.of(subject),
        present,
        all,
        this.present,
        step);
  }

  TransactionState at(int nextStep, StepState opened) {
    return new TransactionState(
        transaction, policy, source, expiresAt, claimed, standing, passed, nextStep, opened);
  }

  TransactionState withStanding(Standing changed) {
    return new TransactionState(
        transaction, policy, source, expiresAt, claimed, changed, passed, present, step);
  }

  /**
   * The first step that the policy asks for and that was not passed. Conditions may have become
   * stricter on the way, so that it can lie before steps that were passed.
   */
  OptionalInt missing(Policy required) {
    return IntStream.range(0, required.steps().size())
        .filter(i -> standing.asksFor(required.steps().get(i)))
        .filter(i -> passed.stream().noneMatch(done -> done.step() == i))
        .findFirst();
  }

  /**
   * Tells whether this state can have come from a policy as it is now. After a change of
   * configuration it may not, and then must not lead to a grant.
   */
  boolean fits(Policy current, boolean identifies) {
    List<PolicyStep> steps = current.steps();
    if (claimed.isEmpty() != (identifies && passed.isEmpty()) || present >= steps.size()) {
      return false;
    }
    Set<Integer> done = new HashSet<>();
    for (Passed each : passed) {
      if (each.step() >= steps.size()
          || !done.add(each.step())
          || !steps.get(each.step()).anyOf().contains(each.factor())) {
        return false;
      }
    }
    List<FactorType> offered = step.offers().stream().map(Offer::factor).toList();
    return !done.contains(present) && offered.equals(steps.get(present).anyOf());
  }

  Step shown(Feedback feedback) {
    return new Step(
        passed.size() + 1, step.offers().stream().map(Offer::prompt).toList(), feedback);
  }
}
