package io.github.facelock.core.image;

/**
 * A rotation, a uniform scaling and a shift of the plane: {@code x' = a·x − b·y + tx}, {@code y' =
 * b·x + a·y + ty}. Never a reflection.
 *
 * @param a scale · cos(angle)
 * @param b scale · sin(angle); positive turns clockwise as seen in a picture, whose y points down
 * @param tx shift to the right, in units of the target
 * @param ty shift downwards, in units of the target
 */
public record SimilarityTransform(double a, double b, double tx, double ty) {

  /**
   * Checks that the transform can be inverted.
   *
   * @throws IllegalArgumentException if a value is not finite or the scale is zero
   */
  public SimilarityTransform {
    double squares = a * a + b * b;
    if (!(squares > 0)
        || !Double.isFinite(squares)
        || !Double.isFinite(tx)
        || !Double.isFinite(ty)) {
      throw new IllegalArgumentException("A similarity transform needs a scale and finite values");
    }
  }

  /**
   * Finds the transform that brings points nearest to others, by the sum of squared distances (S.
   * Umeyama, "Least-squares estimation of transformation parameters between two point patterns",
   * 1991). In the plane his solution without reflection is a linear regression of complex numbers,
   * which needs no decomposition.
   *
   * @param from x and y of each point in turn; at least two different points
   * @param to where they should be, in the same order
   * @return the best transform
   * @throws IllegalArgumentException if the numbers of points differ or are below two, or all
   *     points of one side coincide
   */
  public static SimilarityTransform fit(float[] from, float[] to) {
    if (from.length != to.length || from.length < 4 || from.length % 2 != 0) {
      throw new IllegalArgumentException("Two sets of at least two points of equal number needed");
    }
    int n = from.length / 2;
    double fromX = 0;
    double fromY = 0;
    double toX = 0;
    double toY = 0;
    for (int i = 0; i < n; i++) {
      fromX += from[2 * i];
      fromY += from[2 * i + 1];
      toX += to[2 * i];
      toY += to[2 * i + 1];
    }
    fromX /= n;
    fromY /= n;
    toX /= n;
    toY /= n;
    double along = 0;
    double across = 0;
    double spread = 0;
    for (int i = 0; i < n; i++) {
      double x = from[2 * i] - fromX;
      double y = from[2 * i + 1] - fromY;
      double u = to[2 * i] - toX;
      double v = to[2 * i + 1] - toY;
      along += x * u + y * v;
      across += x * v - y * u;
      spread += x * x + y * y;
    }
    double a = along / spread;
    double b = across / spread;
    return new SimilarityTransform(a, b, toX - a * fromX + b * fromY, toY - b * fromX - a * fromY);
  }

  /**
   * Maps a point.
   *
   * @param px horizontal position
   * @param py vertical position
   * @return the new horizontal position
   */
  public double x(double px, double py) {
    return a * px - b * py + tx;
  }

  /**
   * Maps a point.
   *
   * @param px horizontal position
   * @param py vertical position
   * @return the new vertical position
   */
  public double y(double px, double py) {
    return b * px + a * py + ty;
  }

  /**
   * Tells how much lengths grow.
   *
   * @return greater than 0
   */
  public double scale() {
    return Math.hypot(a, b);
  }

  /**
   * Finds the way back.
   *
   * @return the inverse transform
   */
  public SimilarityTransform inverse() {
    double squares = a * a + b * b;
    return new SimilarityTransform(
        a / squares, -b / squares, -(a * tx + b * ty) / squares, (b * tx - a * ty) / squares);
  }
}
