package io.github.facelock.core.image;

import io.github.facelock.api.face.Picture;

/**
 * What a picture from a stranger may cost.
 *
 * @param maxBytes the largest file, in bytes
 * @param maxPixels the largest width × height
 * @param minSide the shortest accepted side, in pixels
 * @param maxSide the longest accepted side, in pixels, at most {@link Picture#MAX_SIDE}
 */
public record DecodeLimits(int maxBytes, int maxPixels, int minSide, int maxSide) {

  /**
   * Checks that the limits fit together.
   *
   * @throws IllegalArgumentException if a limit is not positive, or no picture could satisfy them
   */
  public DecodeLimits {
    if (maxBytes < 1 || minSide < 1 || maxSide < minSide || maxSide > Picture.MAX_SIDE) {
      throw new IllegalArgumentException(
          "Limits need 1 or more bytes and 1 <= minSide <= maxSide <= " + Picture.MAX_SIDE);
    }
    // Three bytes a pixel must stay an array.
    if (maxPixels < (long) minSide * minSide || maxPixels > Integer.MAX_VALUE / 4) {
      throw new IllegalArgumentException(
          "maxPixels must lie between minSide squared and " + Integer.MAX_VALUE / 4);
    }
  }

  /**
   * Limits that take what telephones and webcams make: 8 MiB (a 12-megapixel photograph has 3 to
   * 6), 16 megapixels (48 MiB decoded; telephones save 12), sides of 32 (below that no detector
   * sees a face) to 8192 pixels.
   *
   * @return the default limits
   */
  public static DecodeLimits defaults() {
    return new DecodeLimits(8 << 20, 16_000_000, 32, 8192);
  }
}
