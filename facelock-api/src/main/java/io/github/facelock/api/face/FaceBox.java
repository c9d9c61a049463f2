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
    float w = Math.min(x + width, other.x + other.width) - Math.max(x, other.x);
    float h = Math.min(y + height, other.y + other.height) - Math.max(y, other.y);
    if (w <= 0 || h <= 0) {
      return 0;
    }
    float shared = w * h;
    return shared / (width * height + other.width * other.height - shared);
  }
}
