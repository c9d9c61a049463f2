package io.github.facelock.core.liveness;

import io.github.facelock.api.face.FaceBox;
import io.github.facelock.api.face.Picture;
import java.nio.ByteBuffer;

/**
 * The border of a sheet or a screen: straight edges round the face on at least three sides, each
 * along its whole length. One such edge is a door, two are a corner of the room. Not thread-safe.
 */
final class BezelCue {

  private static final int WIDTH = 160;
  private static final int EDGE = 10;
  private static final int SAMPLES = 40;
  private static final double STEEPEST = 0.30;
  private static final double SLOPE_STEP = 0.05;

  private double scale;
  private int width;
  private int height;
  private int[] grey = new int[0];

  /**
   * Looks for edges.
   *
   * @return support of the third best of the four sides, 0 to 1: the share of a straight line's
   *     length along which the brightness changes in the same sense
   */
  double sides(Picture picture, FaceBox face) {
    shrink(picture);
    double x = face.centreX() / scale;
    double y = face.centreY() / scale;
    double w = face.height() / scale;
    double[] sides = {
      side(x, y, w, true, -1),
      side(x, y, w, true, 1),
      side(x, y, w, false, -1),
      side(x, y, w, false, 1)
    };
    java.util.Arrays.sort(sides);
    return sides[1];
  }

  private void shrink(Picture picture) {
    scale = Math.max(1, (double) picture.width() / WIDTH);
    width = (int) (picture.width() / scale);
    height = (int) (picture.height() / scale);
    grey = new int[width * height];
    ByteBuffer rgb = picture.pixels();
    int block = (int) scale;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int sum = 0;
        for (int k = 0; k < block; k++) {
          int p = 3 * (((int) (y * scale) + k) * picture.width() + (int) (x * scale) + k);
          sum += (rgb.get(p) & 0xff) + 2 * (rgb.get(p + 1) & 0xff) + (rgb.get(p + 2) & 0xff);
        }
        grey[y * width + x] = sum / (4 * block);
      }
    }
  }

  /** The best line on one side of the face, between half a face and two faces from its middle. */
  private double side(double x, double y, double w, boolean upright, int direction) {
    double best = 0;
    double middle = upright ? x : y;
    double along = upright ? y : x;
    for (double away = 0.5 * w; away <= 2 * w; away += 1) {
      for (double slope = -STEEPEST; slope <= STEEPEST; slope += SLOPE_STEP) {
        best = Math.max(best, line(middle + direction * away, along, 0.75 * w, slope, upright));
      }
    }
    return best;
  }

  private double line(double at, double along, double half, double slope, boolean upright) {
    int rising = 0;
    int falling = 0;
    for (int i = 0; i < SAMPLES; i++) {
      double t = (2 * (i + 0.5) / SAMPLES - 1) * half;
      double across = at + slope * t;
      int px = (int) Math.round(upright ? across : along + t);
      int py = (int) Math.round(upright ? along + t : across);
      if (px < 1 || py < 1 || px >= width - 1 || py >= height - 1) {
        continue;
      }
      int p = py * width + px;
      int change = upright ? grey[p + 1] - grey[p - 1] : grey[p + width] - grey[p - width];
      rising += change > EDGE ? 1 : 0;
      falling += change < -EDGE ? 1 : 0;
    }
    return (double) Math.max(rising, falling) / SAMPLES;
  }
}
