package io.github.facelock.test.simulation;

import io.github.facelock.api.face.Landmarks;
import io.github.facelock.api.face.Picture;

/** A drawn face of 68 known points: grey, with one blue dot, so that its way can be followed. */
final class Sketch {

  static final int NOSE_TIP = 30;
  static final int RIGHT_EAR = 0;
  static final int SIDE = 600;

  private static final int GREY = 120;
  private static final double DOT = 5;

  /** Jaw, brows, nose, eyes, lips in eye distances from between the eyes. */
  private static final double[] POINTS = {
    -1.13, .05, -1.12, .35, -1.09, .65, -1.02, .95, -.90, 1.22, -.72, 1.46, -.50, 1.64, -.26, 1.75,
    0, 1.78, .26, 1.75, .50, 1.64, .72, 1.46, .90, 1.22, 1.02, .95, 1.09, .65, 1.12, .35, 1.13, .05,
    -.85, -.30, -.70, -.42, -.52, -.45, -.35, -.42, -.18, -.35, .18, -.35, .35, -.42, .52, -.45,
    .70, -.42, .85, -.30, 0, -.05, 0, .18, 0, .40, 0, .60, -.22, .74, -.11, .78, 0, .80, .11, .78,
    .22, .74, -.72, .02, -.58, -.06, -.42, -.06, -.28, .03, -.42, .06, -.58, .06, .28, .03, .42,
    -.06, .58, -.06, .72, .02, .58, .06, .42, .06, -.40, 1.15, -.24, 1.08, -.08, 1.05, 0, 1.07, .08,
    1.05, .24, 1.08, .40, 1.15, .24, 1.25, .08, 1.29, 0, 1.30, -.08, 1.29, -.24, 1.25, -.34, 1.15,
    -.08, 1.13, 0, 1.14, .08, 1.13, .34, 1.15, .08, 1.19, 0, 1.20, -.08, 1.19
  };

  private Sketch() {}

  static Landmarks points() {
    return points(0, 1);
  }

  private static Landmarks points(double lean, double scale) {
    double cos = Math.cos(Math.toRadians(lean)) * scale;
    double sin = Math.sin(Math.toRadians(lean)) * scale;
    float[] xy = new float[POINTS.length];
    for (int i = 0; i < xy.length; i += 2) {
      double x = 100 * POINTS[i];
      double y = 100 * POINTS[i + 1];
      xy[i] = (float) (cos * x - sin * y + SIDE * scale / 2);
      xy[i + 1] = (float) (sin * x + cos * y + SIDE * scale * 0.4);
    }
    return Landmarks.of(xy);
  }

  /** A face with a dot at one of its points. */
  static Portrait dottedAt(int point) {
    return leaning(point, 0, 1);
  }

  /** The same on another photograph: leaning clockwise, and larger or smaller. */
  static Portrait leaning(int point, double degrees, double scale) {
    Landmarks points = points(degrees, scale);
    return dotted(points, points.x(point), points.y(point), scale, DOT);
  }

  /** A face with a dot at a place of its picture, {@value #SIDE} pixels wide and high. */
  static Portrait dottedAt(double x, double y) {
    return dotted(points(), x, y, 1, DOT);
  }

  /** A face with a large blot, which stays visible where the picture is blurred. */
  static Portrait blottedAt(double x, double y) {
    return dotted(points(), x, y, 1, 70);
  }

  private static Portrait dotted(
      Landmarks points, double x, double y, double scale, double radius) {
    int side = (int) (SIDE * scale);
    Picture.Builder builder = Picture.builder(side, side);
    byte[] rgb = builder.pixels();
    for (int py = 0; py < side; py++) {
      for (int px = 0; px < side; px++) {
        boolean dot = Math.hypot(px - x, py - y) < radius * scale;
        int i = 3 * (py * side + px);
        rgb[i] = (byte) (dot ? 20 : GREY);
        rgb[i + 1] = (byte) (dot ? 20 : GREY);
        rgb[i + 2] = (byte) (dot ? 250 : GREY);
      }
    }
    return Portrait.ofFrontal(builder.build(), points);
  }

  /** Where the dot is seen: the centroid of what is bluer than any furniture. */
  static double[] dotIn(Picture picture) {
    double sumX = 0;
    double sumY = 0;
    double weight = 0;
    int width = picture.width();
    for (int i = 0; i < width * picture.height(); i++) {
      int red = picture.pixels().get(3 * i) & 0xff;
      int blue = picture.pixels().get(3 * i + 2) & 0xff;
      double blueness = Math.max(0, blue - red - 80);
      sumX += blueness * (i % width);
      sumY += blueness * Math.floorDiv(i, width);
      weight += blueness;
    }
    if (weight == 0) {
      throw new AssertionError("The dot is not in the picture");
    }
    return new double[] {sumX / weight, sumY / weight};
  }

  /** Mean of one channel in a rectangle. */
  static double mean(Picture picture, int channel, int x0, int y0, int x1, int y1) {
    double sum = 0;
    for (int y = y0; y < y1; y++) {
      for (int x = x0; x < x1; x++) {
        sum += picture.pixels().get(3 * (y * picture.width() + x) + channel) & 0xff;
      }
    }
    return sum / ((x1 - x0) * (y1 - y0));
  }
}
