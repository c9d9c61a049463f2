package io.github.facelock.api.face;

/**
 * An upright rectangle in a picture, in pixels; it may reach beyond the picture's edges.
 *
 * @param x left edge
 * @param y top edge
 * @param width greater than 0
 * @param height greater than 0
 */
public record FaceBox(float x, float y, float width, float height) {

  /**
   * Refuses what is no rectangle.
   *
   * @throws IllegalArgumentException if a value is not finite or a side is not positive
   */
  public FaceBox {
    if (!Float.isFinite(x)
        || !Float.isFinite(y)
        || !(width > 0)
        || !(height > 0)
        || !Float.isFinite(width)
        || !Float.isFinite(height)) {
      throw new IllegalArgumentException("A face box needs finite edges and positive sides");
    }
  }

  /**
   * Tells the horizontal middle.
   *
   * @return in pixels
   */
  public float centreX() {
    return x + width / 2;
  }

  /**
   * Tells the vertical middle.
   *
   * @return in pixels
   */
  public float centreY() {
    return y + height / 2;
  }

  /**
   * Intersection over union (Jaccard index) with another box.
   *
   * @param other the other box
   * @return 0 (apart) to 1 (the same)
   */
  public float overlap(FaceBox other) {
    // In double: the areas of large finite boxes overflow a float, and infinity by infinity is NaN.
    double w = Math.min((double) x + width, (double) other.x + other.width) - Math.max(x, other.x);
    double h =
        Math.min((double) y + height, (double) other.y + other.height) - Math.max(y, other.y);
    if (w <= 0 || h <= 0) {
      return 0;
    }
    double shared = w * h;
    double united = (double) width * height + (double) other.width * other.height - shared;
    return (float) Math.min(1, shared / united);
  }
}
