package io.github.facelock.test.simulation;

import io.github.facelock.api.face.Picture;
import java.util.HashMap;
import java.util.Map;

/** The camera's picture plane while a scene is drawn on it. Not thread-safe. */
final class Frame {

  final int width;
  final int height;

  /** In pixels; the principal point is the frame's centre. */
  final double focalLength;

  final int[] pixels;

  /** 1 / distance of what is drawn, 0 for infinity. */
  final float[] nearness;

  private final Map<Long, Texture> rooms = new HashMap<>();

  Frame(int width, int height, double focalLength) {
    this.width = width;
    this.height = height;
    this.focalLength = focalLength;
    this.pixels = new int[width * height];
    this.nearness = new float[width * height];
  }

  /** The room of that number, drawn once for all frames of a clip. */
  Texture room(long number) {
    Texture known = rooms.get(number);
    if (known == null) {
      known = Room.of(width, height, number);
      rooms.put(number, known);
    }
    return known;
  }

  double centreX() {
    return (width - 1) / 2.0;
  }

  double centreY() {
    return (height - 1) / 2.0;
  }

  void copyFrom(Texture whole) {
    System.arraycopy(whole.pixels, 0, pixels, 0, pixels.length);
  }

  Picture picture() {
    Picture.Builder builder = Picture.builder(width, height);
    byte[] rgb = builder.pixels();
    for (int i = 0; i < pixels.length; i++) {
      int p = pixels[i];
      rgb[3 * i] = (byte) (p >> 16);
      rgb[3 * i + 1] = (byte) (p >> 8);
      rgb[3 * i + 2] = (byte) p;
    }
    return builder.build();
  }

  /** Multiplies a colour by gains with 8 fractional bits, and clips. */
  static int lit(int colour, int red, int green, int blue) {
    int r = Math.min(255, (((colour >> 16) & 0xff) * red) >> 8);
    int g = Math.min(255, (((colour >> 8) & 0xff) * green) >> 8);
    int b = Math.min(255, ((colour & 0xff) * blue) >> 8);
    return (r << 16) | (g << 8) | b;
  }
}
