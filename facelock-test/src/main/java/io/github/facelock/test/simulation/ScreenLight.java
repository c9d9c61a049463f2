package io.github.facelock.test.simulation;

import io.github.facelock.api.face.IlluminationColour;
import io.github.facelock.api.face.LivenessChallenge;
import java.util.List;

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

  /**
   * A display that shows one colour.
   *
   * @param colour of the whole display
   * @return always that colour
   */
  static ScreenLight of(IlluminationColour colour) {
    Tint tint = tint(colour);
    return seconds -> tint;
  }

  private static Tint tint(IlluminationColour colour) {
    int rgb = colour.rgb();
    return new Tint(
        ((rgb >> 16) & 0xff) / 255.0, ((rgb >> 8) & 0xff) / 255.0, (rgb & 0xff) / 255.0);
  }

  /**
   * A display that shows a challenge's colours from the clip's begin, and a white page afterwards.
   *
   * @param challenge whose colours are shown
   * @return the display
   */
  static ScreenLight of(LivenessChallenge challenge) {
    List<IlluminationColour> colours = challenge.colours();
    double each = challenge.colourTime().toMillis() / 1000.0;
    return seconds -> {
      // A frame that is taken at the very change shows the new colour.
      int shown = (int) Math.floor((seconds + 1e-6) / each);
      if (shown < 0 || shown >= colours.size()) {
        return Tint.WHITE;
      }
      return tint(colours.get(shown));
    };
  }
}
