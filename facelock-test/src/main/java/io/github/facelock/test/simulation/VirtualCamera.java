package io.github.facelock.test.simulation;

import io.github.facelock.api.face.Capture;
import io.github.facelock.api.face.LivenessAction;
import io.github.facelock.api.face.LivenessChallenge;
import java.util.List;
import java.util.Objects;

/**
 * A camera with a simulated person before it who does one thing at a time when told to, for
 * machines without a camera: demonstrations and browser tests. Renders from one photograph.
 * <strong>Simulated: </strong> see {@link Person}. Immutable and thread-safe; the same settings
 * give the same frames.
 *
 * <p>Who knows the whole challenge films the whole {@link #answer}. Who learns of one action after
 * the other, as a page does, plays pieces; each begins where the one before it ends:
 *
 * <pre>{@code
 * VirtualCamera camera = VirtualCamera.of(Portrait.of(photograph, detector, landmarker, pose));
 * Capture rest = camera.resting(1);                              // HOLD_STILL
 * Capture turn = camera.after(1).frames(TURN_LEFT);              // there, a moment, and back
 * Capture there = camera.after(3).to(LOOK_UP);                   // or the three parts of it
 * Capture stay = camera.after(4).at(LOOK_UP, 0.8);
 * Capture back = camera.after(5).back(LOOK_UP);                  // to the centre
 * Capture red = camera.litBy(ScreenLight.of(IlluminationColour.RED)).resting(0.5);
 * }</pre>
 *
 * <p><strong>Never play the same frames twice.</strong> Frames that repeat are a loop, which is an
 * attack. {@link #after} gives the same person some time later: nobody moves alike twice, and the
 * sensor's noise is other. Frames are unmirrored, as the judgement wants them; a page that shows a
 * mirrored preview mirrors these, too.
 */
public final class VirtualCamera {

  private static final Performance.Manner CALM =
      new Performance.Manner(30, 22, 1.65, 470, 1.2, 0.7);
  private static final double STAY = 0.5;
  private static final double REST = 0.45;

  private final Person person;
  private final Performance.Manner manner;
  private final SimulatedCamera camera;
  private final ScreenLight light;
  private final double before;

  private VirtualCamera(
      Person person,
      Performance.Manner manner,
      SimulatedCamera camera,
      ScreenLight light,
      double before) {
    this.person = person;
    this.manner = Objects.requireNonNull(manner, "manner");
    this.camera = Objects.requireNonNull(camera, "camera");
    this.light = Objects.requireNonNull(light, "light");
    this.before = before;
  }

  /**
   * A camera before somebody: {@link SimulatedCamera#standard}, a person who turns by 30 degrees,
   * nods by 22 and comes 1.65 times nearer, a dark display.
   *
   * @param portrait of the person
   * @return the camera
   */
  public static VirtualCamera of(Portrait portrait) {
    Person person = Person.of(portrait, t -> HeadPlace.frontal(CALM.distance()));
    return new VirtualCamera(person, CALM, SimulatedCamera.standard(), ScreenLight.none(), 0);
  }

  /**
   * Changes how the person moves.
   *
   * @param other manner
   * @return a changed camera
   */
  public VirtualCamera moving(Performance.Manner other) {
    return new VirtualCamera(person, other, camera, light, before);
  }

  /**
   * Changes size, rate, noise and format of the frames.
   *
   * @param other camera; its seed counts, too
   * @return a changed camera
   */
  public VirtualCamera filmedBy(SimulatedCamera other) {
    return new VirtualCamera(person, manner, other, light, before);
  }

  /**
   * Changes what the display before the person shows in the pieces; an {@link #answer} has the
   * colours of its challenge.
   *
   * @param display its colours from the begin of a piece on; {@code ScreenLight.of(colour)} for one
   * @return a changed camera
   */
  public VirtualCamera litBy(ScreenLight display) {
    return new VirtualCamera(person, manner, camera, display, before);
  }

  /**
   * The same person some time later: the unrest of the head goes on where it was, and the sensor's
   * noise is another.
   *
   * @param seconds since this camera's time, not negative; the length of what was played
   * @return a later camera
   */
  public VirtualCamera after(double seconds) {
    if (!(seconds >= 0 && seconds < 1e6)) {
      throw new IllegalArgumentException("What comes after comes 0 or more seconds later");
    }
    return new VirtualCamera(person, manner, camera, light, before + seconds);
  }

  /**
   * Films one action whole: from the centre there, a moment of it, and back to the centre. {@code
   * HOLD_STILL} rests.
   *
   * @param action what is done
   * @return 0.7 to 2.5 seconds of frames with a manner's usual tempo, the first at time 0
   */
  public Capture frames(LivenessAction action) {
    Performance.Reach reach = Performance.reach(action, manner);
    Timeline whole =
        centre()
            .move(reach.there(), reach.values())
            .rest(STAY)
            .move(reach.back(), Performance.centre())
            .rest(REST);
    return film(whole);
  }

  /**
   * Films the way from the centre to where the action is done, eyes closed for {@code BLINK}.
   *
   * @param action what is begun
   * @return the frames, the first at time 0
   */
  public Capture to(LivenessAction action) {
    Performance.Reach reach = Performance.reach(action, manner);
    return film(centre().move(reach.there(), reach.values()));
  }

  /**
   * Films a person who stays where the action is done: turned, near, eyes closed.
   *
   * @param action what is being done
   * @param seconds how long
   * @return the frames, the first at time 0; at least one
   */
  public Capture at(LivenessAction action, double seconds) {
    return film(new Timeline(Performance.reach(action, manner).values()).rest(seconds));
  }

  /**
   * Films the way back to the centre.
   *
   * @param action what is ended
   * @return the frames, the first at time 0
   */
  public Capture back(LivenessAction action) {
    Performance.Reach reach = Performance.reach(action, manner);
    return film(new Timeline(reach.values()).move(reach.back(), Performance.centre()));
  }

  /**
   * Films a person who looks ahead: before, between and after actions, and for {@code HOLD_STILL}.
   *
   * @param seconds how long
   * @return the frames, the first at time 0; at least one
   */
  public Capture resting(double seconds) {
    return film(centre().rest(seconds));
  }

  /**
   * Films the answer to a challenge, before a display that shows its colours.
   *
   * @param challenge what is asked
   * @return the clip, its first frame at time 0
   */
  public Capture answer(LivenessChallenge challenge) {
    Performance answer = Performance.of(challenge, manner, seed());
    Scene lit = person.litBy(ScreenLight.of(challenge)).moving(answer.motion());
    return later().film(lit, answer.seconds());
  }

  /**
   * Films actions that nobody may have asked for, before this camera's display.
   *
   * @param actions in order
   * @return the clip, its first frame at time 0
   */
  public Capture clip(List<LivenessAction> actions) {
    Performance all = Performance.of(actions, manner, seed());
    return later().film(person.litBy(light).moving(all.motion()), all.seconds());
  }

  private static Timeline centre() {
    return new Timeline(Performance.centre());
  }

  private Capture film(Timeline marks) {
    Tremor tremor = Performance.tremor(camera.seed());
    HeadMotion motion = t -> Performance.place(marks.at(t), manner, tremor, before + t);
    return later().film(person.litBy(light).moving(motion), marks.end());
  }

  /** The camera with another noise at another time. */
  private SimulatedCamera later() {
    return camera.seed(seed());
  }

  private long seed() {
    return camera.seed() * 31 + Math.round(before * 1000);
  }

  @Override
  public String toString() {
    return "VirtualCamera[%s, %s, after %s s]".formatted(camera, manner, before);
  }
}
