package io.github.facelock.test.simulation;

import java.util.ArrayList;
import java.util.List;

/**
 * The depth of an average adult head, bent to pass through a person's 68 points. Millimetres, with
 * 63 between the eyes' centres; the origin lies between the eyes, x to the frame's right, y down, z
 * out of the face. The depths are round numbers from anthropometry (a nose's tip lies about 38 mm
 * before the eyes, an ear's opening about 85 mm behind them), one head for all: a coarse model.
 */
final class HeadShape {

  /** Between the eyes' centres: the mean of adults (Dodgson 2004). */
  static final double EYE_DISTANCE = 63;

  /** The axis about which heads turn and nod: the upper neck. */
  static final double PIVOT_Y = 50;

  static final double PIVOT_Z = -90;

  private static final double CHIN = 112;
  private static final double NOSE_TIP = 38;
  private static final double BACK = -95;

  /**
   * Chosen so that the bundled models see simulated turns as they see real ones: at a pose of 20 to
   * 25 degrees the nose's tip has moved by about .21 of the way from eyes to mouth.
   */
  private static final double DEEP = 0.78;

  /** The outline's mean depth, which says where it is seen when the head is turned. */
  private static final double MIDDLE_Z = -45;

  /** Depth of each of the 68 points. */
  private static final double[] DEPTHS = {
    -85, -80, -72, -62, -50, -36, -20, -9, -4, -9, -20, -36, -50, -62, -72, -80, -85, -14, -3, 5, 9,
    10, 10, 9, 5, -3, -14, 8, 17, 27, NOSE_TIP, 14, 19, 23, 19, 14, -10, -1, 0, -3, -2, -3, -3, 0,
    -1, -10, -3, -2, 1, 9, 14, 14, 14, 9, 1, 8, 11, 12, 11, 8, 2, 10, 11, 10, 2, 10, 11, 10
  };

  /** Where no landmark lies: x, y, z of the right half, mirrored for the left. */
  private static final double[][] GUIDES = {
    {0, -48, 6},
    {30, -50, 0},
    {55, -45, -26},
    {0, -78, -10},
    {40, -80, -26},
    {0, -118, -62},
    {45, -105, -72},
    {72, -35, -72},
    {32, 38, 0},
    {46, 24, -12},
    {52, 58, -24},
    {15, 28, 9},
    {12, 8, 5},
    {0, 52, 15},
    {0, 94, 7},
    {18, 92, 1},
    {0, 128, -52},
    {45, 135, -62},
    {84, 10, -92}
  };

  private final Rotation photographed;
  private final ThinPlate depth;
  private final double halfWidth;
  private final double chin;

  /**
   * Fits the head.
   *
   * @param x of the 68 points in the photograph
   * @param y of the 68 points in the photograph
   * @param photographed how the head was turned when the photograph was taken
   */
  HeadShape(double[] x, double[] y, Rotation photographed) {
    this.photographed = photographed;
    double[] rightEar = facing(x[0], y[0], DEEP * DEPTHS[0]);
    double[] leftEar = facing(x[16], y[16], DEEP * DEPTHS[16]);
    this.halfWidth = clip((leftEar[0] - rightEar[0]) / 2, 58, 85);
    this.chin = clip(facing(x[8], y[8], DEEP * DEPTHS[8])[1], 90, 135);
    List<double[]> points = new ArrayList<>();
    // Inner lips coincide when the mouth is shut; the outer ones suffice.
    for (int i = 0; i < 60; i++) {
      double[] head = facing(x[i], y[i], DEEP * DEPTHS[i]);
      add(points, x[i], y[i], photographed.z(head[0], head[1], DEEP * DEPTHS[i]));
    }
    for (double[] guide : GUIDES) {
      double headY = guide[1] > 0 ? guide[1] * chin / CHIN : guide[1];
      double headX = guide[0] * (guide[0] > 40 ? halfWidth / 72 : 1);
      addGuide(points, headX, headY, DEEP * guide[2]);
      if (headX > 0) {
        addGuide(points, -headX, headY, DEEP * guide[2]);
      }
    }
    double[][] columns = new double[3][points.size()];
    for (int i = 0; i < points.size(); i++) {
      for (int k = 0; k < 3; k++) {
        columns[k][i] = points.get(i)[k];
      }
    }
    this.depth = new ThinPlate(columns[0], columns[1], columns[2]);
  }

  /** Where a point of known depth lies on the head when it looks straight ahead: x and y. */
  private double[] facing(double x, double y, double z) {
    double a = photographed.x(1, 0, 0);
    double b = photographed.x(0, 1, 0);
    double c = photographed.y(1, 0, 0);
    double d = photographed.y(0, 1, 0);
    double restX = x - photographed.x(0, 0, z);
    double restY = y - photographed.y(0, 0, z);
    double determinant = a * d - b * c;
    return new double[] {
      (d * restX - b * restY) / determinant, (a * restY - c * restX) / determinant
    };
  }

  private void addGuide(List<double[]> points, double x, double y, double z) {
    add(points, photographed.x(x, y, z), photographed.y(x, y, z), photographed.z(x, y, z));
  }

  /** Adds a point unless one lies there already, which would make the spline wrinkle. */
  private static void add(List<double[]> points, double x, double y, double z) {
    boolean free = points.stream().noneMatch(p -> Math.hypot(p[0] - x, p[1] - y) < 3);
    if (free) {
      points.add(new double[] {x, y, z});
    }
  }

  /** How the head was turned when the photograph was taken. */
  Rotation photographed() {
    return photographed;
  }

  /** How far a point of the photograph lies before (positive) or behind the eyes. */
  double depth(double x, double y) {
    return belongs(x, y) > 0 ? clip(depth.at(x, y), BACK, NOSE_TIP + 4) : BACK;
  }

  /** How much of the head's movement a point takes part in: 1 on the head, 0 far beside it. */
  double belongs(double x, double y) {
    double[] head = facing(x, y, MIDDLE_Z);
    double centreY = 4;
    double a = halfWidth * 1.16;
    double b = head[1] < centreY ? 130 : chin * 1.04;
    return 1 - smooth(1, 1.6, Math.hypot(head[0] / a, (head[1] - centreY) / b));
  }

  /** How much of the trunk's movement a point takes part in, where it is not the head. */
  double trunk(double x, double y) {
    double edge = halfWidth + 1.4 * Math.max(0, y - chin * 0.85);
    return smooth(chin * 0.7, chin * 1.1, y) * (1 - smooth(edge, edge + 60, Math.abs(x)));
  }

  private static double clip(double value, double least, double most) {
    return Math.max(least, Math.min(most, value));
  }

  private static double smooth(double from, double to, double value) {
    double t = clip((value - from) / (to - from), 0, 1);
    return t * t * (3 - 2 * t);
  }
}
