package io.github.facelock.api.face;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a person cannot do, or must not be shown, so that another kind of challenge is drawn. A
 * client states it in the attribute {@value #ATTRIBUTE} of its {@link
 * io.github.facelock.api.RequestContext} ({@link
 * io.github.facelock.api.RequestContext#withLivenessNeeds}), with the request that asks the
 * question: {@code begin}, the answer to the step before, or {@code repeat}. The login remembers it
 * for the questions that follow. It is stated, not proved, so it may only choose among challenges
 * that are all strong enough; where none is left the face step says so ({@code
 * liveness=unavailable}) and another factor of the step must be used.
 */
public enum LivenessNeed {
  /** Cannot turn the head to the sides. */
  NO_TURNING,
  /** Cannot raise or lower the head. */
  NO_NODDING,
  /** Cannot move towards the camera. */
  NO_APPROACHING,
  /** Cannot close the eyes when asked. */
  NO_BLINKING,
  /** Must not look at changing colours (photosensitivity), or has no screen that shows them. */
  NO_COLOURS;

  /** The request attribute that holds the codes, separated by commas. */
  public static final String ATTRIBUTE = "liveness-needs";

  /**
   * Tells what is not asked.
   *
   * @return the actions that this need rules out
   */
  public Set<LivenessAction> excluded() {
    return switch (this) {
      case NO_TURNING -> Set.of(LivenessAction.TURN_LEFT, LivenessAction.TURN_RIGHT);
      case NO_NODDING -> Set.of(LivenessAction.LOOK_UP, LivenessAction.LOOK_DOWN);
      case NO_APPROACHING -> Set.of(LivenessAction.COME_CLOSER);
      case NO_BLINKING -> Set.of(LivenessAction.BLINK);
      case NO_COLOURS -> Set.of();
    };
  }

  /**
   * The stable name that goes over the wire.
   *
   * @return lower case with hyphens, for example {@code no-turning}
   */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Writes needs as the attribute's value.
   *
   * @param needs any number
   * @return codes separated by commas
   */
  public static String format(Set<LivenessNeed> needs) {
    return needs.stream().sorted().map(LivenessNeed::code).collect(Collectors.joining(","));
  }

  /**
   * Reads the attribute. Words that are no code are ignored: a client can write anything.
   *
   * @param attributes of a request
   * @return the needs that it states
   */
  public static Set<LivenessNeed> in(Map<String, String> attributes) {
    EnumSet<LivenessNeed> needs = EnumSet.noneOf(LivenessNeed.class);
    for (String word : attributes.getOrDefault(ATTRIBUTE, "").split(",", -1)) {
      for (LivenessNeed need : values()) {
        if (need.code().equals(word.strip())) {
          needs.add(need);
        }
      }
    }
    return Set.copyOf(needs);
  }
}
