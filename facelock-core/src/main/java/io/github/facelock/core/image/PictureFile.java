package io.github.facelock.core.image;

/**
 * A JPEG or PNG file whose header was judged and whose metadata was left out: what remains is what
 * the pixels need. Handed to one {@link PixelSource}, which owns it from then on.
 */
public final class PictureFile {

  /** The formats that are accepted. */
  public enum Format {
    /** Baseline or progressive, 8 bits, grey or colour. */
    JPEG,
    /** Any of the 15 combinations of colour type and bit depth. */
    PNG
  }

  private final Format format;
  private final int width;
  private final int height;
  private final int orientation;
  private final byte[] bytes;

  PictureFile(Format format, int width, int height, int orientation, byte[] bytes) {
    this.format = format;
    this.width = width;
    this.height = height;
    this.orientation = orientation;
    this.bytes = bytes;
  }

  /**
   * Tells the format.
   *
   * @return JPEG or PNG
   */
  public Format format() {
    return format;
  }

  /**
   * Tells the width that the header promises.
   *
   * @return in pixels, within the limits
   */
  public int width() {
    return width;
  }

  /**
   * Tells the height that the header promises.
   *
   * @return in pixels, within the limits
   */
  public int height() {
    return height;
  }

  /** EXIF orientation, 1 to 8; applied by the decoder, so no pixel source needs it. */
  int orientation() {
    return orientation;
  }

  /**
   * Gives the file.
   *
   * @return the bytes themselves, without metadata, colour profiles and anything after the picture
   */
  public byte[] bytes() {
    return bytes;
  }

  @Override
  public String toString() {
    return "PictureFile[%s, %d × %d]".formatted(format, width, height);
  }
}
