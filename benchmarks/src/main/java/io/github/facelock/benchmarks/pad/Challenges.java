package io.github.facelock.benchmarks.pad;

import io.github.facelock.api.face.IlluminationColour;
import io.github.facelock.api.face.LivenessAction;
import io.github.facelock.api.face.LivenessChallenge;
import io.github.facelock.benchmarks.accuracy.UnusableInput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Challenges for measurements; those of logins are drawn by the server. */
final class Challenges {

  private static final List<IlluminationColour> COLOURS = List.of(IlluminationColour.values());
  private static final List<LivenessAction> MOVEMENTS =
      List.of(
          LivenessAction.TURN_LEFT,
          LivenessAction.TURN_RIGHT,
          LivenessAction.LOOK_UP,
          LivenessAction.LOOK_DOWN,
          LivenessAction.COME_CLOSER);
  private static final Duration COLOUR_TIME = Duration.ofMillis(500);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

  private Challenges() {}

  /** Reads one that a user wrote; of the parameters of a prompt only the actions are needed. */
  static LivenessChallenge of(Map<String, String> parameters, String where) {
    Map<String, String> all = new HashMap<>();
    all.put(LivenessChallenge.MODE, "active");
    all.put("challenge", "measured");
    all.put("colour-ms", Long.toString(COLOUR_TIME.toMillis()));
    all.put("answer-within-ms", Long.toString(ANSWER_WITHIN.toMillis()));
    all.putAll(parameters);
    try {
      return LivenessChallenge.in(all).orElseThrow();
    } catch (IllegalArgumentException e) {
      throw new UnusableInput(where + ": " + e.getMessage() + ".", e);
    }
  }

  /** Reads a list as of {@code --actions}: actions of one challenge joined by commas. */
  static LivenessChallenge ofActions(String actions) {
    return of(Map.of("actions", actions), "--actions " + actions);
  }

  /**
   * Draws one as logins get it: two or three movements of which at least one is a turn and none
   * follows itself, and in a third of the cases something that is not deliberate between.
   *
   * @param movements 2 or 3
   */
  static LivenessChallenge draw(RandomGenerator random, int movements, boolean colours) {
    List<LivenessAction> actions = new ArrayList<>();
    LivenessAction turn =
        random.nextBoolean() ? LivenessAction.TURN_LEFT : LivenessAction.TURN_RIGHT;
    actions.add(turn);
    actions.add(random.nextInt(2), anotherThan(turn, random));
    if (movements == 3) {
      boolean first = random.nextBoolean();
      LivenessAction beside = actions.get(first ? 0 : 1);
      actions.add(first ? 0 : 2, anotherThan(beside, random));
    }
    if (random.nextInt(3) == 0) {
      actions.add(1, random.nextBoolean() ? LivenessAction.HOLD_STILL : LivenessAction.BLINK);
    }
    List<IlluminationColour> drawn = new ArrayList<>();
    while (colours && drawn.size() < 6) {
      IlluminationColour next = COLOURS.get(random.nextInt(COLOURS.size()));
      if (drawn.isEmpty() || drawn.get(drawn.size() - 1) != next) {
        drawn.add(next);
      }
    }
    return new LivenessChallenge("simulated", actions, drawn, COLOUR_TIME, ANSWER_WITHIN);
  }

  private static LivenessAction anotherThan(LivenessAction action, RandomGenerator random) {
    List<LivenessAction> others = new ArrayList<>(MOVEMENTS);
    others.remove(action);
    return others.get(random.nextInt(others.size()));
  }
}
