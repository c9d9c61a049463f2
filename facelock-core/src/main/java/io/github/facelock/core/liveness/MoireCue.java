package io.github.facelock.core.liveness;

import io.github.facelock.api.face.FaceBox;
import io.github.facelock.api.face.Picture;
import java.nio.ByteBuffer;

/**
 * Moiré: the grid of a screen beats with that of the camera, and regular waves of brightness and
 * colour run over the face, which skin does not have. Looked for in the picture's own pixels, in
 * the middle of the face, in brightness and in the difference of red and blue, which the colours'
 * own grids shift against each other. Not thread-safe.
 */
final class MoireCue {

  private static final int SIDE = 64;

  private final Spectrum spectrum = new Spectrum(SIDE);
  private final double[] light = new double[SIDE * SIDE];
  private final double[] colour = new double[SIDE * SIDE];

  /**
   * Measures.
   *
   * @return natural logarithm of how far the strongest wave stands out among those of its length; 0
   *     where the face is smaller than the square that is looked at
   */
  double energy(Picture picture, FaceBox face) {
    int left = Math.round(face.centreX()) - SIDE / 2;
    int top = Math.round(face.centreY()) - SIDE / 2;
    boolean inside =
        left >= 0
            && top >= 0
            && left + SIDE <= picture.width()
            && top + SIDE <= picture.height()
            && face.height() >= SIDE;
    if (!inside) {
      return 0;
    }
    ByteBuffer rgb = picture.pixels();
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        int p = 3 * ((top + y) * picture.width() + left + x);
        int red = rgb.get(p) & 0xff;
        int green = rgb.get(p + 1) & 0xff;
        int blue = rgb.get(p + 2) & 0xff;
        light[y * SIDE + x] = .299 * red + .587 * green + .114 * blue;
        colour[y * SIDE + x] = red - blue;
      }
    }
    return Math.log(Math.max(spectrum.prominence(light), spectrum.prominence(colour)));
  }
}
