package io.github.facelock.api.face;

import java.util.Objects;

/**
 * Points of a face, in pixels of its picture: either 5 (the person's right eye, left eye, nose tip,
 * right and left mouth corner, as seen from left to right in an unmirrored picture) or 68 in the
 * iBUG 300-W order (counted from 0). Immutable.
 */
public final class Landmarks {

  /** The number of points in the full set. */
  public static final int FULL = 68;

  private static final int FIVE = 5;

  private final float[] xy;

  private Landmarks(float[] xy) {
    this.xy = xy;
  }

  /**
   * Takes a copy of points.
   *
   * @param xy x and y of each point in turn; 10 or 136 finite values
   * @return the landmarks
   * @throws IllegalArgumentException if there are neither 5 nor 68 points or a value is not finite
   */
  public static Landmarks of(float... xy) {
    Objects.requireNonNull(xy, "xy");
    if (xy.length != 2 * FIVE && xy.length != 2 * FULL) {
      throw new IllegalArgumentException("Landmarks are 5 or 68 points");
    }
    for (float value : xy) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException("Landmarks need finite coordinates");
      }
    }
    return new Landmarks(xy.clone());
  }

  /**
   * Tells how many points there are.
   *
   * @return 5 or 68
   */
  public int count() {
    return xy.length / 2;
  }

  /**
   * Tells a point's horizontal position.
   *
   * @param point its number, from 0
   * @return in pixels
   */
  public float x(int point) {
    return xy[2 * point];
  }

  /**
   * Tells a point's vertical position.
   *
   * @param point its number, from 0
   * @return in pixels
   */
  public float y(int point) {
    return xy[2 * point + 1];
  }

  /**
   * Reduces to the five points that alignment uses. From 68 points: an eye is the mean of the four
   * lid points (37, 38, 40, 41 and 43, 44, 46, 47), the nose is point 30, a mouth corner the mean
   * of the outer and inner corner (48, 60 and 54, 64).
   *
   * @return five points; this object if it has five
   */
  public Landmarks five() {
    if (count() == FIVE) {
      return this;
    }
    float[] five = new float[2 * FIVE];
    mean(five, 0, 37, 38, 40, 41);
    mean(five, 1, 43, 44, 46, 47);
    mean(five, 2, 30);
    mean(five, 3, 48, 60);
    mean(five, 4, 54, 64);
    return new Landmarks(five);
  }

  private void mean(float[] into, int point, int... of) {
    float sumX = 0;
    float sumY = 0;
    for (int p : of) {
      sumX += x(p);
      sumY += y(p);
    }
    into[2 * point] = sumX / of.length;
    into[2 * point + 1] = sumY / of.length;
  }

  @Override
  public String toString() {
    return "Landmarks[" + count() + "]";
  }
}
