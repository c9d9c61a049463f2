package io.github.facelock.api.face;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * A decoded picture: 8-bit RGB, upright, top row first. Immutable and safe for use by several
 * threads.
 */
public final class Picture {

  /** The largest accepted side, in pixels. */
  public static final int MAX_SIDE = 16_384;

  private final int width;
  private final int height;
  private final byte[] rgb;

  private Picture(int width, int height, byte[] rgb) {
    this.width = width;
    this.height = height;
    this.rgb = rgb;
  }

  /**
   * Takes a copy of pixels.
   *
   * @param width in pixels, 1 to {@value #MAX_SIDE}
   * @param height in pixels, 1 to {@value #MAX_SIDE}
   * @param rgb width × height × 3 bytes, row by row, in the order red, green, blue
   * @return the picture
   * @throws IllegalArgumentException if the sizes do not fit together
   */
  public static Picture copyOf(int width, int height, byte[] rgb) {
    Objects.requireNonNull(rgb, "rgb");
    // Before anything is allocated: the largest picture takes 768 MiB.
    int bytes = requireSides(width, height);
    if (rgb.length != bytes) {
      throw new IllegalArgumentException(
          "%d × %d pixels need %d bytes, not %d".formatted(width, height, bytes, rgb.length));
    }
    return new Picture(width, height, rgb.clone());
  }

  /** Checks the sides; the number of bytes that such a picture takes. */
  private static int requireSides(int width, int height) {
    if (width < 1 || height < 1 || width > MAX_SIDE || height > MAX_SIDE) {
      throw new IllegalArgumentException(
          "A picture has sides of 1 to " + MAX_SIDE + " pixels, not " + width + " × " + height);
    }
    return Math.multiplyExact(Math.multiplyExact(width, height), 3);
  }

  /**
   * Begins a picture that is filled in place, which spares a copy of some megabytes.
   *
   * @param width in pixels, 1 to {@value #MAX_SIDE}
   * @param height in pixels, 1 to {@value #MAX_SIDE}
   * @return a builder with black pixels
   * @throws IllegalArgumentException if a side is out of range
   */
  public static Builder builder(int width, int height) {
    return new Builder(width, height);
  }

  /**
   * Tells the width.
   *
   * @return in pixels
   */
  public int width() {
    return width;
  }

  /**
   * Tells the height.
   *
   * @return in pixels
   */
  public int height() {
    return height;
  }

  /**
   * Shows the pixels.
   *
   * @return a read-only view of width × height × 3 bytes, row by row, in the order red, green, blue
   */
  public ByteBuffer pixels() {
    return ByteBuffer.wrap(rgb).asReadOnlyBuffer();
  }

  /** Pictures show people, so they print their size only. */
  @Override
  public String toString() {
    return "Picture[" + width + "×" + height + "]";
  }

  /** Fills the pixels of one picture. Not thread-safe. */
  public static final class Builder {
    private final int width;
    private final int height;
    private byte[] rgb;

    private Builder(int width, int height) {
      this.rgb = new byte[requireSides(width, height)];
      this.width = width;
      this.height = height;
    }

    /**
     * Gives the array to fill.
     *
     * @return width × height × 3 bytes, row by row, in the order red, green, blue
     * @throws IllegalStateException after {@link #build()}
     */
    public byte[] pixels() {
      requireOpen();
      return rgb;
    }

    /**
     * Ends the filling; the array must not be written any more.
     *
     * @return the picture
     * @throws IllegalStateException when called twice
     */
    public Picture build() {
      requireOpen();
      Picture picture = new Picture(width, height, rgb);
      rgb = new byte[0];
      return picture;
    }

    private void requireOpen() {
      if (rgb.length == 0) {
        throw new IllegalStateException("The picture was built already");
      }
    }
  }
}
