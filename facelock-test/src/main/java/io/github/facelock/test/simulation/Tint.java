package io.github.facelock.test.simulation;

/**
 * A colour of light.
 *
 * @param red 0 (none) to 1
 * @param green 0 (none) to 1
 * @param blue 0 (none) to 1
 */
public record Tint(double red, double green, double blue) {

  /** No light. */
  public static final Tint DARK = new Tint(0, 0, 0);

  /** White light. */
  public static final Tint WHITE = new Tint(1, 1, 1);

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if a value is outside 0 to 1 or not a number
   */
  public Tint {
    if (!(red >= 0 && red <= 1 && green >= 0 && green <= 1 && blue >= 0 && blue <= 1)) {
      throw new IllegalArgumentException("A tint's parts lie between 0 and 1");
    }
  }
}
