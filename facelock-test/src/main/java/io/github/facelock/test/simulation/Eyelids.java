package io.github.facelock.test.simulation;

/** Closes the eyes of a portrait's texture by drawing skin over them from above. */
final class Eyelids {

  /** Points of the upper and the lower lid from left to right in the frame, for each eye. */
  private static final int[][] UPPER = {{36, 37, 38, 39}, {42, 43, 44, 45}};

  private static final int[][] LOWER = {{36, 41, 40, 39}, {42, 47, 46, 45}};

  private static final int LASHES = 0x281C18;

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
      Texture open, Texture into, double[] x, double[] y, int[] upper, int[] lower, double closed) {
    double from = x[upper[0]];
    double to = x[upper[3]];
    double wide = to - from;
    for (int u = (int) Math.ceil(from - 0.12 * wide); u < to + 0.12 * wide; u++) {
      double above = along(x, y, upper, u);
      double below = Math.max(above, along(x, y, lower, u));
      double edge = above + closed * (below + 0.04 * wide - above);
      // The lid's own skin stretches; some of that beneath the eye evens out lashes and paint.
      double fold = above - 0.3 * wide;
      int skinAbove = open.sample(u, (float) fold);
      int skinBelow = open.sample(u, (float) (below + 0.22 * wide));
      for (int v = (int) Math.ceil(fold); v < edge; v++) {
        if (u < 0 || u >= into.width || v < 0 || v >= into.height) {
          continue;
        }
        double share = (v - fold) / (below + 0.22 * wide - fold);
        int skin = Texture.mix(skinAbove, skinBelow, share);
        double stretched = fold + (v - fold) * (above - fold) / Math.max(1, edge - fold);
        int colour = Texture.mix(open.sample(u, (float) stretched), skin, 0.4);
        if (v > edge - 0.07 * wide) {
          colour = Texture.mix(colour, LASHES, 0.6);
        }
        // At the eye's corners the lid passes into the face.
        double inside = Math.min(u - from, to - u) / wide + 0.12;
        int old = into.pixels[v * into.width + u];
        into.pixels[v * into.width + u] = Texture.mix(old, colour, inside / 0.12);
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
