package io.github.facelock.core.liveness;

import io.github.facelock.api.face.LivenessAction;
import java.util.List;
import java.util.Optional;

/**
 * Tells a clip that falls short of what was asked from one that shows something else. Falling short
 * is no sign of an attack and never a grant: the person is asked again, with another order.
 */
final class Shortfall {

  private Shortfall() {}

  /**
   * The first action that is missing: where what is shown is the beginning of what is asked, or all
   * of it but nods, of which the small ones are not always seen.
   *
   * @param asked the order of the deliberate actions
   * @param shown what the clip shows, not equal to it
   * @return the missing action; empty if the clip shows something else
   */
  static Optional<LivenessAction> firstMissing(
      List<LivenessAction> asked, List<LivenessAction> shown) {
    if (shown.size() >= asked.size()) {
      return Optional.empty();
    }
    if (asked.subList(0, shown.size()).equals(shown)) {
      return Optional.of(asked.get(shown.size()));
    }
    Optional<LivenessAction> first = Optional.empty();
    int seen = 0;
    for (LivenessAction action : asked) {
      if (seen < shown.size() && shown.get(seen) == action) {
        seen++;
      } else if (action != LivenessAction.LOOK_UP && action != LivenessAction.LOOK_DOWN) {
        return Optional.empty();
      } else if (first.isEmpty()) {
        first = Optional.of(action);
      }
    }
    return seen == shown.size() ? first : Optional.empty();
  }
}
