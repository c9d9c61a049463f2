package io.github.facelock.test.simulation;

import io.github.facelock.api.face.Picture;
import java.nio.ByteBuffer;

/** Pixels that can be sampled between their centres. Packed 0xRRGGBB, row by row. */
final class Texture {

  final int width;
  final int height;
  final int[] pixels;

  Texture(int width, int height, int[] pixels) {
    this.width = width;
    this.height = height;
    this.pixels = pixels;
  }

  static Texture of(Picture picture) {
    ByteBuffer rgb = picture.pixels();
    int[] pixels = new int[picture.width() * picture.height()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = packed(rgb.get(3 * i), rgb.get(3 * i + 1), rgb.get(3 * i + 2));
    }
    return new Texture(picture.width(), picture.height(), pixels);
  }

  private static int packed(byte red, byte green, byte blue) {
    return ((red & 0xff) << 16) | ((green & 0xff) << 8) | (blue & 0xff);
  }

  Texture copy() {
    return new Texture(width, height, pixels.clone());
  }

  /** Half the size, each pixel the mean of four; at least one pixel remains. */
  Texture halved() {
    int w = Math.max(1, width / 2);
    int h = Math.max(1, height / 2);
    int[] half = new int[w * h];
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        half[y * w + x] = sample(2 * x + 0.5f, 2 * y + 0.5f);
      }
    }
    return new Texture(w, h, half);
  }

  /**
   * Interpolates linearly; beyond the edge lies the edge's pixel.
   *
   * @param u horizontal, 0 is the centre of the first pixel
   * @param v vertical
   * @return packed colour
   */
  int sample(float u, float v) {
    float x = Math.max(0, Math.min(width - 1.001f, u));
    float y = Math.max(0, Math.min(height - 1.001f, v));
    int x0 = (int) x;
    int y0 = (int) y;
    int fx = (int) ((x - x0) * 256);
    int fy = (int) ((y - y0) * 256);
    int right = x0 + 1 < width ? 1 : 0;
    int i = y0 * width + x0;
    int j = y0 + 1 < height ? i + width : i;
    int top = mix(pixels[i], pixels[i + right], fx);
    int bottom = mix(pixels[j], pixels[j + right], fx);
    return mix(top, bottom, fy);
  }

  /** Red and blue in one multiplication, green in another. */
  private static int mix(int a, int b, int share) {
    int redBlue = (((a & 0xff00ff) * (256 - share) + (b & 0xff00ff) * share) >>> 8) & 0xff00ff;
    int green = (((a & 0x00ff00) * (256 - share) + (b & 0x00ff00) * share) >>> 8) & 0x00ff00;
    return redBlue | green;
  }

  /** Mixes two colours; the share is that of the second, 0 to 1. */
  static int mix(int a, int b, double share) {
    return mix(a, b, (int) Math.round(256 * Math.max(0, Math.min(1, share))));
  }
}
