package io.github.facelock.core.face;

import io.github.facelock.api.face.Picture;
import java.nio.ByteBuffer;
import java.util.function.IntUnaryOperator;

/** Spoils and cuts pictures. */
final class Pixels {

  private Pixels() {}

  /** Turns a picture about a point and cuts a square around it; what lies outside is grey. */
  static Picture turned(Picture picture, double x, double y, int side, double degrees) {
    Picture.Builder builder = Picture.builder(side, side);
    byte[] to = builder.pixels();
    ByteBuffer from = picture.pixels();
    double cos = Math.cos(Math.toRadians(degrees));
    double sin = Math.sin(Math.toRadians(degrees));
    for (int ty = 0; ty < side; ty++) {
      for (int tx = 0; tx < side; tx++) {
        double u = tx - side / 2.0;
        double v = ty - side / 2.0;
        int sx = (int) Math.round(x + cos * u + sin * v);
        int sy = (int) Math.round(y - sin * u + cos * v);
        boolean inside = sx >= 0 && sy >= 0 && sx < picture.width() && sy < picture.height();
        for (int c = 0; c < 3; c++) {
          to[3 * (ty * side + tx) + c] =
              inside ? from.get(3 * (sy * picture.width() + sx) + c) : (byte) 128;
        }
      }
    }
    return builder.build();
  }

  static Picture each(Picture picture, IntUnaryOperator value) {
    Picture.Builder builder = Picture.builder(picture.width(), picture.height());
    byte[] to = builder.pixels();
    ByteBuffer from = picture.pixels();
    for (int i = 0; i < to.length; i++) {
      to[i] = (byte) Math.max(0, Math.min(255, value.applyAsInt(from.get(i) & 0xFF)));
    }
    return builder.build();
  }

  /** Three box blurs in both directions. */
  static Picture blurred(Picture picture, int radius) {
    Picture blurred = picture;
    for (int pass = 0; pass < 3; pass++) {
      blurred = box(box(blurred, radius, 0), 0, radius);
    }
    return blurred;
  }

  private static Picture box(Picture picture, int across, int down) {
    int w = picture.width();
    int h = picture.height();
    Picture.Builder builder = Picture.builder(w, h);
    byte[] to = builder.pixels();
    ByteBuffer from = picture.pixels();
    int n = 2 * (across + down) + 1;
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        for (int c = 0; c < 3; c++) {
          int sum = 0;
          for (int d = -across - down; d <= across + down; d++) {
            int sx = Math.max(0, Math.min(w - 1, across > 0 ? x + d : x));
            int sy = Math.max(0, Math.min(h - 1, down > 0 ? y + d : y));
            sum += from.get(3 * (sy * w + sx) + c) & 0xFF;
          }
          to[3 * (y * w + x) + c] = (byte) (sum / n);
        }
      }
    }
    return builder.build();
  }

  /** Paints an upright rectangle. */
  static Picture painted(Picture picture, int x0, int y0, int x1, int y1, int grey) {
    Picture.Builder builder = Picture.builder(picture.width(), picture.height());
    byte[] to = builder.pixels();
    picture.pixels().get(to);
    for (int y = Math.max(0, y0); y < Math.min(picture.height(), y1); y++) {
      for (int x = Math.max(0, x0); x < Math.min(picture.width(), x1); x++) {
        for (int c = 0; c < 3; c++) {
          to[3 * (y * picture.width() + x) + c] = (byte) grey;
        }
      }
    }
    return builder.build();
  }
}
