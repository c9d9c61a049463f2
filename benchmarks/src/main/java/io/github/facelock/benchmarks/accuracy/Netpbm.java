package io.github.facelock.benchmarks.accuracy;

import io.github.facelock.api.face.Picture;
import java.util.Optional;

/**
 * Reads binary grey (P5) and colour (P6) pictures of the Netpbm formats, in which research sets are
 * published. Samples of 16 bits are cut to 8.
 */
public final class Netpbm {

  private static final int MAX_PIXELS = 40_000_000;

  private final byte[] file;
  private int at;

  private Netpbm(byte[] file) {
    this.file = file;
  }

  /**
   * Tells whether a file begins like one of these.
   *
   * @param file its bytes
   * @return whether it does
   */
  public static boolean looksLike(byte[] file) {
    return file.length > 2 && file[0] == 'P' && (file[1] == '5' || file[1] == '6');
  }

  /**
   * Decodes a file.
   *
   * @param file its bytes
   * @return the picture; nothing if it is malformed, cut off or larger than 40 megapixels
   */
  public static Optional<Picture> decode(byte[] file) {
    return looksLike(file) ? new Netpbm(file).decode() : Optional.empty();
  }

  private Optional<Picture> decode() {
    int channels = file[1] == '6' ? 3 : 1;
    at = 2;
    int width = number();
    int height = number();
    int greatest = number();
    // One white space ends the header.
    at++;
    if (width < 1
        || height < 1
        || width > Picture.MAX_SIDE
        || height > Picture.MAX_SIDE
        || (long) width * height > MAX_PIXELS
        || greatest < 1
        || greatest > 65_535) {
      return Optional.empty();
    }
    int bytes = greatest > 255 ? 2 : 1;
    if ((long) width * height * channels * bytes > file.length - at) {
      return Optional.empty();
    }
    Picture.Builder picture = Picture.builder(width, height);
    byte[] rgb = picture.pixels();
    for (int i = 0; i < rgb.length; i++) {
      int sample = at + (channels == 3 ? i : i / 3) * bytes;
      int value = file[sample] & 0xff;
      if (bytes == 2) {
        value = (value << 8) | (file[sample + 1] & 0xff);
      }
      rgb[i] = (byte) (Math.min(value, greatest) * 255 / greatest);
    }
    return Optional.of(picture.build());
  }

  /** The next decimal number, after white space and comments; −1 if there is none. */
  private int number() {
    while (at < file.length && (file[at] == '#' || isSpace(file[at]))) {
      if (file[at] == '#') {
        while (at < file.length && file[at] != '\n') {
          at++;
        }
      } else {
        at++;
      }
    }
    int value = -1;
    while (at < file.length && file[at] >= '0' && file[at] <= '9' && value < 1_000_000) {
      value = Math.max(value, 0) * 10 + (file[at] - '0');
      at++;
    }
    return value;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }
}
