package io.github.facelock.test.simulation;

/**
 * Turns points of a head or sheet. Its own axes: x to the frame's right, y down, z out towards the
 * camera. Roll is applied first, then pitch, then yaw. Immutable.
 */
final class Rotation {

  private final double[] m;

  private Rotation(double[] m) {
    this.m = m;
  }

  /**
   * Makes a rotation.
   *
   * @param yaw degrees; positive moves what lies in front to the frame's left
   * @param pitch degrees; positive moves what lies in front upwards
   * @param roll degrees; positive clockwise in the frame
   */
  static Rotation of(double yaw, double pitch, double roll) {
    double a = Math.toRadians(yaw);
    double b = Math.toRadians(pitch);
    double c = Math.toRadians(roll);
    double[] aboutY = {Math.cos(a), 0, -Math.sin(a), 0, 1, 0, Math.sin(a), 0, Math.cos(a)};
    double[] aboutX = {1, 0, 0, 0, Math.cos(b), -Math.sin(b), 0, Math.sin(b), Math.cos(b)};
    double[] aboutZ = {Math.cos(c), -Math.sin(c), 0, Math.sin(c), Math.cos(c), 0, 0, 0, 1};
    return new Rotation(times(aboutY, times(aboutX, aboutZ)));
  }

  private static double[] times(double[] a, double[] b) {
    double[] product = new double[9];
    for (int i = 0; i < 9; i++) {
      for (int k = 0; k < 3; k++) {
        product[i] += a[i / 3 * 3 + k] * b[3 * k + i % 3];
      }
    }
    return product;
  }

  double x(double x, double y, double z) {
    return m[0] * x + m[1] * y + m[2] * z;
  }

  double y(double x, double y, double z) {
    return m[3] * x + m[4] * y + m[5] * z;
  }

  double z(double x, double y, double z) {
    return m[6] * x + m[7] * y + m[8] * z;
  }

  /** The rotation that does another one first, then this. */
  Rotation after(Rotation first) {
    return new Rotation(times(m, first.m));
  }

  /** The rotation back. */
  Rotation inverse() {
    return new Rotation(new double[] {m[0], m[3], m[6], m[1], m[4], m[7], m[2], m[5], m[8]});
  }
}
