package io.github.facelock.test.simulation;

import java.util.SplittableRandom;

/** A room behind an attacker: a wall in uneven light, with some furniture. */
final class Room {

  private Room() {}

  static Texture of(int width, int height, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] pixels = new int[width * height];
    int base = 110 + random.nextInt(80);
    double slopeX = random.nextDouble() - 0.5;
    double slopeY = random.nextDouble() - 0.5;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double light = base + 60 * (slopeX * x / width + slopeY * y / height);
        pixels[y * width + x] = packed(light, light * 0.97, light * 0.9);
      }
    }
    for (int i = 0; i < 5; i++) {
      int w = width / 8 + random.nextInt(width / 4);
      int h = height / 8 + random.nextInt(height / 2);
      int left = random.nextInt(width) - w / 2;
      int top = height / 4 + random.nextInt(height);
      int level = 40 + random.nextInt(150);
      int colour =
          packed(
              level + random.nextInt(-25, 26),
              level + random.nextInt(-25, 26),
              level + random.nextInt(-25, 26));
      for (int y = Math.max(0, top); y < Math.min(height, top + h); y++) {
        for (int x = Math.max(0, left); x < Math.min(width, left + w); x++) {
          pixels[y * width + x] = colour;
        }
      }
    }
    return new Texture(width, height, pixels);
  }

  private static int packed(double red, double green, double blue) {
    return (clip(red) << 16) | (clip(green) << 8) | clip(blue);
  }

  private static int clip(double value) {
    return (int) Math.max(0, Math.min(255, value));
  }
}
