package io.github.facelock.test.simulation;

import io.github.facelock.api.face.LivenessAction;
import io.github.facelock.api.face.LivenessChallenge;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * An attacker's hand that moves a sheet so as to answer a challenge: tilts it towards the side that
 * is asked for, nods it, brings it nearer. A tilt sweeps slowly from 0 to its greatest angle and
 * back, so that every angle is tried. Immutable.
 */
public final class Handling {

  private static final double LONGEST = 11.9;

  private final Timeline timeline;
  private final Grip grip;
  private final Tremor tremor;
  private final double seconds;

  /**
   * How the sheet is held and moved.
   *
   * @param tilt greatest angle of the sweep about the vertical axis, degrees, 0 to 75
   * @param nod greatest angle of the sweep about the horizontal axis, degrees, 0 to 60
   * @param pitch angle about the horizontal axis at the same time as a tilt, degrees, −45 to 45
   * @param slide how far the sheet is shifted to the side while it is tilted, millimetres
   * @param nearer how many times nearer it is brought, 1 to 3
   * @param distance millimetres from the camera before, 80 to 1500
   * @param sweep seconds for one way of a sweep, 0.2 to 4
   */
  public record Grip(
      double tilt,
      double nod,
      double pitch,
      double slide,
      double nearer,
      double distance,
      double sweep) {

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    public Grip {
      boolean angles = tilt >= 0 && tilt <= 75 && nod >= 0 && nod <= 60 && Math.abs(pitch) <= 45;
      boolean places = Math.abs(slide) <= 300 && nearer >= 1 && nearer <= 3;
      boolean rest = distance >= 80 && distance <= 1500 && sweep >= 0.2 && sweep <= 4;
      if (!(angles && places && rest)) {
        throw new IllegalArgumentException("A grip's values are out of range");
      }
    }

    /**
     * Draws a patient attacker's grip: sweeps to between 30 and 60 degrees, with or without pitch
     * and shift.
     *
     * @param distance millimetres at which the face on the sheet looks as large as a person's
     * @param random where chance comes from
     * @return a grip
     */
    public static Grip sweeping(double distance, RandomGenerator random) {
      return new Grip(
          random.nextDouble(30, 60),
          random.nextDouble(20, 45),
          random.nextBoolean() ? 0 : random.nextDouble(-20, 20),
          random.nextDouble(-60, 60),
          random.nextDouble(1.4, 1.8),
          distance * random.nextDouble(0.9, 1.1),
          random.nextDouble(0.7, 1.2));
    }
  }

  private Handling(List<LivenessAction> actions, Grip grip, RandomGenerator random) {
    this.grip = grip;
    this.tremor = new Tremor(6, random);
    Timeline marks = new Timeline(0, 0, 0, 1).rest(0.8);
    for (LivenessAction action : actions) {
      move(action, marks);
    }
    this.timeline = marks.rest(0.4);
    this.seconds = Math.min(LONGEST, timeline.end());
  }

  /**
   * Answers a challenge as well as a sheet can.
   *
   * @param challenge what is asked
   * @param grip how the sheet is moved
   * @param seed of the hand's unrest
   * @return the handling
   */
  public static Handling of(LivenessChallenge challenge, Grip grip, long seed) {
    return of(challenge.actions(), grip, seed);
  }

  /**
   * Imitates actions.
   *
   * @param actions in order
   * @param grip how the sheet is moved
   * @param seed of the hand's unrest
   * @return the handling
   */
  public static Handling of(List<LivenessAction> actions, Grip grip, long seed) {
    return new Handling(List.copyOf(actions), grip, new SplittableRandom(seed));
  }

  private void move(LivenessAction action, Timeline marks) {
    switch (action) {
      case HOLD_STILL -> marks.rest(1.2);
      case TURN_LEFT -> there(marks, -grip.tilt(), grip.pitch(), -1, 1);
      case TURN_RIGHT -> there(marks, grip.tilt(), grip.pitch(), 1, 1);
      case LOOK_UP -> there(marks, 0, grip.nod(), 0, 1);
      case LOOK_DOWN -> there(marks, 0, -grip.nod(), 0, 1);
      case COME_CLOSER -> there(marks, 0, 0, 0, grip.nearer());
      case BLINK -> marks.rest(1.0);
    }
  }

  private void there(Timeline marks, double yaw, double pitch, double side, double nearer) {
    marks
        .move(grip.sweep(), yaw, pitch, side, nearer)
        .rest(0.2)
        .move(grip.sweep(), 0, 0, 0, 1)
        .rest(0.4);
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
   * Shows how the sheet moves.
   *
   * @return the motion
   */
  public SheetMotion motion() {
    return this::at;
  }

  private SheetPlace at(double time) {
    double[] asked = timeline.at(time);
    return new SheetPlace(
        asked[0] + 0.8 * tremor.at(0, time),
        asked[1] + 0.8 * tremor.at(1, time),
        0.8 * tremor.at(2, time),
        grip.slide() * asked[2] + 2 * tremor.at(3, time),
        2 * tremor.at(4, time),
        grip.distance() / asked[3] + 3 * tremor.at(5, time));
  }
}
