package io.github.facelock.test.simulation;

/** Closes the eyes of a portrait's texture by pulling the skin of the upper lids down. */
final class Eyelids {

  /** Points of the upper and the lower lid from left to right in the frame, for each eye. */
  private static final int[][] UPPER = {{36, 37, 38, 39}, {42, 43, 44, 45}};

  private static final int[][] LOWER = {{36, 41, 40, 39}, {42, 47, 46, 45}};

  private Eyelids() {}

  /**
   * Lowers the lids.
   *
   * @param open texture with open eyes
   * @param x of the 68 points, in its pixels
   * @param y of the 68 points, in its pixels
   * @param closed 0 to 1
   */
  static Texture lowered(Texture open, double[] x, double[] y, double closed) {
    Texture result = open.copy();
    for (int eye = 0; eye < 2; eye++) {
      lower(open, result, x, y, UPPER[eye], LOWER[eye], closed);
    }
    return result;
  }

  private static void lower(
      Texture open,
      Texture into,
      double[] x,
      double[] y,
      int[] upper,
      int[] lower,
      double closed) {
    double from = x[upper[0]];
    double to = x[upper[3]];
    double wide = to - from;
    for (int u = (int) Math.ceil(from - 0.08 * wide); u < to + 0.08 * wide; u++) {
      double above = along(x, y, upper, u);
      double below = Math.max(above, along(x, y, lower, u));
      // The fold of the lid and some of the brow's skin stretch.
      double fold = above - 0.35 * wide;
      double edge = above + closed * (below + 0.06 * wide - above);
      for (int v = (int) Math.ceil(fold); v < below + 0.12 * wide; v++) {
        double source =
            v < edge
                ? fold + (v - fold) * (above - 0.03 * wide - fold) / Math.max(1, edge - fold)
                : v;
        if (u >= 0 && u < into.width && v >= 0 && v < into.height) {
          int colour = open.sample(u, (float) source);
          if (closed > 0 && v < edge && v > edge - 0.05 * wide) {
            // The lashes.
            colour = Texture.mix(colour, 0x201818, 0.45);
          }
          into.pixels[v * into.width + u] = colour;
        }
      }
    }
  }

  /** The lid's height at a column: straight between its points, level beyond them. */
  private static double along(double[] x, double[] y, int[] points, double u) {
    for (int i = 1; i < points.length; i++) {
      double right = x[points[i]];
      if (u <= right || i == points.length - 1) {
        double left = x[points[i - 1]];
        double t = Math.max(0, Math.min(1, (u - left) / Math.max(1e-6, right - left)));
        return y[points[i - 1]] + t * (y[points[i]] - y[points[i - 1]]);
      }
    }
    throw new IllegalStateException("A lid has points");
  }
}
