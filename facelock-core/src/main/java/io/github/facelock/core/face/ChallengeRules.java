package io.github.facelock.core.face;

import io.github.facelock.api.face.LivenessAction;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * What a challenge may ask.
 *
 * @param actions the set that is drawn from; at least two deliberate ones
 * @param least fewest deliberate actions, 2 to 4
 * @param most most actions, least to 4
 * @param colours how many colours the screen shows, 0 (none) to 12; needs a client with a screen
 *     that lights the face
 * @param colourTime how long each is shown, 300 ms to 2 s
 * @param answerWithin from issue to answer, 3 s to 2 min
 */
public record ChallengeRules(
    Set<LivenessAction> actions,
    int least,
    int most,
    int colours,
    Duration colourTime,
    Duration answerWithin) {

  /**
   * Checks the ranges and copies the set.
   *
   * @throws IllegalArgumentException if a part is out of its range
   */
  public ChallengeRules {
    actions = Set.copyOf(actions);
    Objects.requireNonNull(colourTime, "colourTime");
    Objects.requireNonNull(answerWithin, "answerWithin");
    if (actions.stream().filter(LivenessAction::deliberate).count() < 2) {
      throw new IllegalArgumentException(
          "A challenge is drawn out of at least two deliberate actions");
    }
    if (least < 2 || most < least || most > 4) {
      throw new IllegalArgumentException("A challenge has 2 to 4 actions");
    }
    if (colours < 0
        || colours > 12
        || colourTime.multipliedBy(colours).compareTo(Duration.ofSeconds(12)) > 0) {
      throw new IllegalArgumentException("The colours must fit into a clip of 12 seconds");
    }
    if (colourTime.toMillis() < 300 || colourTime.toMillis() > 2_000) {
      throw new IllegalArgumentException("A colour is shown 300 ms to 2 s");
    }
    if (answerWithin.compareTo(Duration.ofSeconds(3)) < 0
        || answerWithin.compareTo(Duration.ofMinutes(2)) > 0) {
      throw new IllegalArgumentException("A challenge lives 3 s to 2 min");
    }
  }

  /**
   * Two or three of: turn left, turn right, look up, look down, come closer; to be answered within
   * 30 seconds; the screen keeps its colour.
   *
   * @return the usual rules
   */
  public static ChallengeRules ofDefaults() {
    return new ChallengeRules(
        EnumSet.of(
            LivenessAction.TURN_LEFT,
            LivenessAction.TURN_RIGHT,
            LivenessAction.LOOK_UP,
            LivenessAction.LOOK_DOWN,
            LivenessAction.COME_CLOSER),
        2,
        3,
        0,
        Duration.ofMillis(500),
        Duration.ofSeconds(30));
  }

  /**
   * The same rules with another set.
   *
   * @param set what is drawn from
   * @return the rules
   */
  public ChallengeRules withActions(Set<LivenessAction> set) {
    return new ChallengeRules(set, least, most, colours, colourTime, answerWithin);
  }

  /**
   * The same rules with colours on the screen, a second kind of evidence.
   *
   * @param number how many, 4 to 12 say enough
   * @return the rules
   */
  public ChallengeRules withColours(int number) {
    return new ChallengeRules(actions, least, most, number, colourTime, answerWithin);
  }
}
