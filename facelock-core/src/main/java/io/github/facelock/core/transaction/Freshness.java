package io.github.facelock.core.transaction;

import io.github.facelock.api.PassedFactor;
import io.github.facelock.api.policy.Policy;
import io.github.facelock.api.policy.PolicyStep;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Which steps an earlier login has passed recently enough. */
final class Freshness {

  private Freshness() {}

  /**
   * Takes each step that accepts earlier logins as passed by the latest of its factors. A time in
   * the future is no time at which something was passed.
   */
  static List<Passed> of(Policy policy, List<PassedFactor> before, Instant now) {
    List<Passed> fresh = new ArrayList<>();
    for (int i = 0; i < policy.steps().size(); i++) {
      int index = i;
      PolicyStep step = policy.steps().get(i);
      step.validFor()
          .flatMap(
              validFor ->
                  before.stream()
                      .filter(passed -> step.anyOf().contains(passed.factor()))
                      .filter(passed -> isFresh(passed.at(), validFor, now))
                      .max(Comparator.comparing(PassedFactor::at)))
          .ifPresent(passed -> fresh.add(Passed.before(index, passed)));
    }
    fresh.sort(Comparator.comparing(Passed::at));
    return fresh;
  }

  private static boolean isFresh(Instant at, Duration validFor, Instant now) {
    return !at.isAfter(now) && Duration.between(at, now).compareTo(validFor) < 0;
  }
}
