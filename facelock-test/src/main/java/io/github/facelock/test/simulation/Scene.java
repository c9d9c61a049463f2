package io.github.facelock.test.simulation;

import java.util.Objects;
import java.util.function.DoubleFunction;

/**
 * What happens before the camera. Immutable and thread-safe; {@link SimulatedCamera} films it.
 *
 * @see Person
 * @see Sheet
 */
public abstract sealed class Scene permits Person, Sheet, Scene.Switched {

  Scene() {}

  /** Draws the whole frame as it is at a time. */
  abstract void draw(double seconds, Frame frame);

  /**
   * Shows one scene at one time and another at another, each at the clip's own time: a photograph
   * that is exchanged for a second one, or a face that is swapped for another person's.
   *
   * @param at tells the scene for a time in seconds
   * @return the cut scene
   */
  public static Scene switched(DoubleFunction<Scene> at) {
    return new Switched(at);
  }

  /**
   * The same scene some time earlier or later.
   *
   * @param seconds how much of the scene has passed when the clip begins
   * @return the shifted scene
   */
  public Scene from(double seconds) {
    return new Switched(this, seconds);
  }

  /**
   * Repeats the scene's first seconds again and again.
   *
   * @param seconds length of the loop, greater than 0
   * @return the looped scene
   */
  public Scene looped(double seconds) {
    if (!(seconds > 0)) {
      throw new IllegalArgumentException("A loop lasts longer than nothing");
    }
    Scene scene = this;
    return new Switched(at -> scene.from(at % seconds - at));
  }

  static final class Switched extends Scene {
    private final DoubleFunction<Scene> at;
    private final double ahead;

    Switched(DoubleFunction<Scene> at) {
      this.at = Objects.requireNonNull(at, "at");
      this.ahead = 0;
    }

    Switched(Scene scene, double ahead) {
      this.at = seconds -> scene;
      this.ahead = ahead;
    }

    @Override
    void draw(double seconds, Frame frame) {
      at.apply(seconds).draw(seconds + ahead, frame);
    }
  }
}
