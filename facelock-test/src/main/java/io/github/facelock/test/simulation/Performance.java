package io.github.facelock.test.simulation;

import io.github.facelock.api.face.LivenessAction;
import io.github.facelock.api.face.LivenessChallenge;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * A simulated person who does what a challenge asks: looks straight ahead, does the actions in
 * their order with a look ahead after each, and ends looking straight ahead. A head is never quite
 * still. Immutable.
 *
 * <pre>{@code
 * Performance answer = Performance.of(challenge, Performance.Manner.usual(random), 7);
 * Scene scene = Person.of(alice, answer.motion()).litBy(ScreenLight.of(challenge));
 * Capture clip = SimulatedCamera.standard().film(scene, answer.seconds());
 * }</pre>
 */
public final class Performance {

  private static final double LONGEST = 11.9;

  /** Where an action leads, and how many seconds there and back take. */
  record Reach(
      double yaw, double pitch, double nearer, double eyesClosed, double there, double back) {
    /** For a {@link Timeline}. */
    double[] values() {
      return new double[] {yaw, pitch, nearer, eyesClosed};
    }
  }

  private final Timeline timeline;
  private final Manner manner;
  private final Tremor tremor;
  private final double seconds;

  /**
   * How a person moves.
   *
   * @param turn degrees of a turn to a side, 5 to 60
   * @param nod degrees of looking up or down, 5 to 45
   * @param nearer how many times nearer the person comes, 1.1 to 2.5
   * @param distance millimetres from camera to eyes before, 250 to 1200
   * @param tempo 1 takes about 1.8 seconds for an action; 2 is twice as fast; 0.4 to 3
   * @param unrest 0 (a statue) to 3; 1 sways by a degree and a few millimetres
   */
  public record Manner(
      double turn, double nod, double nearer, double distance, double tempo, double unrest) {

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    public Manner {
      within(turn, 5, 60, "turn");
      within(nod, 5, 45, "nod");
      within(nearer, 1.1, 2.5, "nearer");
      within(distance, 250, 1200, "distance");
      within(tempo, 0.4, 3, "tempo");
      within(unrest, 0, 3, "unrest");
    }

    private static void within(double value, double least, double most, String name) {
      if (!(value >= least && value <= most)) {
        throw new IllegalArgumentException(name + " lies between " + least + " and " + most);
      }
    }

    /**
     * Draws how somebody who follows the advice on the page moves: turns of 25 to 36 degrees, nods
     * of 18 to 26, 1.5 to 1.75 times nearer, at an arm's length.
     *
     * @param random where chance comes from
     * @return a manner
     */
    public static Manner usual(RandomGenerator random) {
      return new Manner(
          random.nextDouble(25, 36),
          random.nextDouble(18, 26),
          random.nextDouble(1.5, 1.75),
          random.nextDouble(430, 560),
          random.nextDouble(0.8, 1.2),
          random.nextDouble(0.5, 1.2));
    }
  }

  private Performance(List<LivenessAction> actions, Manner manner, RandomGenerator random) {
    this.manner = manner;
    this.tremor = new Tremor(6, random);
    Timeline marks = new Timeline(centre()).rest(0.8);
    for (LivenessAction action : actions) {
      perform(action, marks);
    }
    this.timeline = marks.rest(0.5);
    this.seconds = Math.min(LONGEST, timeline.end());
  }

  /**
   * Answers a challenge.
   *
   * @param challenge what is asked
   * @param manner how the person moves
   * @param seed of the unrest
   * @return the answer
   */
  public static Performance of(LivenessChallenge challenge, Manner manner, long seed) {
    return of(challenge.actions(), manner, seed);
  }

  /**
   * Does actions that nobody may have asked for.
   *
   * @param actions in order
   * @param manner how the person moves
   * @param seed of the unrest
   * @return the performance
   */
  public static Performance of(List<LivenessAction> actions, Manner manner, long seed) {
    Objects.requireNonNull(manner, "manner");
    return new Performance(List.copyOf(actions), manner, new SplittableRandom(seed));
  }

  private void perform(LivenessAction action, Timeline marks) {
    Reach reach = reach(action, manner);
    switch (action) {
      case HOLD_STILL -> marks.rest(1.2);
      case BLINK ->
          marks.move(reach.there, reach.values()).rest(0.45).move(reach.back, centre()).rest(0.5);
      default ->
          marks.move(reach.there, reach.values()).rest(0.5).move(reach.back, centre()).rest(0.45);
    }
  }

  /** Yaw, pitch, times nearer, eyes closed of a head that looks ahead. */
  static double[] centre() {
    return new double[] {0, 0, 1, 0};
  }

  static Reach reach(LivenessAction action, Manner manner) {
    double pace = 1 / manner.tempo();
    return switch (action) {
      case HOLD_STILL -> reach(pace, 0, 0, 1);
      case TURN_LEFT -> reach(pace, -manner.turn(), 0, 1);
      case TURN_RIGHT -> reach(pace, manner.turn(), 0, 1);
      case LOOK_UP -> reach(pace, 0, manner.nod(), 1);
      case LOOK_DOWN -> reach(pace, 0, -manner.nod(), 1);
      case COME_CLOSER -> reach(pace * 1.3, 0, 0, manner.nearer());
      case BLINK -> new Reach(0, 0, 1, 1, 0.12, 0.15);
    };
  }

  private static Reach reach(double pace, double yaw, double pitch, double nearer) {
    return new Reach(yaw, pitch, nearer, 0, 0.6 * pace, 0.55 * pace);
  }

  /**
   * Tells how long it takes.
   *
   * @return seconds, less than the longest clip
   */
  public double seconds() {
    return seconds;
  }

  /**
   * Shows how the head moves.
   *
   * @return the motion
   */
  public HeadMotion motion() {
    return this::at;
  }

  private HeadPlace at(double time) {
    return place(timeline.at(time), manner, tremor, time);
  }

  /** How a head is never quite still. */
  static Tremor tremor(long seed) {
    return new Tremor(6, new SplittableRandom(seed));
  }

  /** What is meant to be, with the unrest of a time. */
  static HeadPlace place(double[] asked, Manner manner, Tremor tremor, double time) {
    double unrest = manner.unrest();
    return new HeadPlace(
        asked[0] + unrest * tremor.at(0, time),
        asked[1] + unrest * tremor.at(1, time),
        unrest * tremor.at(2, time),
        3 * unrest * tremor.at(3, time),
        3 * unrest * tremor.at(4, time),
        manner.distance() / asked[2] + 4 * unrest * tremor.at(5, time),
        asked[3]);
  }
}
