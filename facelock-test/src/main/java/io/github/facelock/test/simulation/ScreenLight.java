package io.github.facelock.test.simulation;

/**
 * The light of the display before the person, which an illumination challenge changes. What faces
 * the camera reflects it, and a far background does not.
 */
@FunctionalInterface
public interface ScreenLight {

  /**
   * Tells the colour.
   *
   * @param seconds since the clip began
   * @return the display's colour
   */
  Tint at(double seconds);

  /**
   * A display that stays dark.
   *
   * @return always {@link Tint#DARK}
   */
  static ScreenLight none() {
    return seconds -> Tint.DARK;
  }
}
