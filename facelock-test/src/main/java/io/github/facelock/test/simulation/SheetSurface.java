package io.github.facelock.test.simulation;

/**
 * A flat sheet, or one that is bent round a cylinder, before the camera: where a ray of sight meets
 * it, and where a point of it is seen. Exact perspective. A point of the sheet is named by the
 * distances from its middle measured along the paper: {@code across} to the right, {@code down}
 * downwards, in millimetres.
 *
 * <p>Bent with radius r, a point lies at (r sin(p/r), q, r cos(p/r) − r), p across the cylinder's
 * axis and q along it: bending does not stretch paper.
 */
final class SheetSurface {

  private final SheetPlace place;
  private final double radius;
  private final Rotation turn;
  private final Rotation back;
  private final double axisCos;
  private final double axisSin;
  private final double originX;
  private final double originY;
  private final double originZ;

  double across;
  double down;

  /** Of the sheet at the last hit, in the camera's axes with z towards the camera. */
  double normalX;

  double normalY;
  double normalZ;

  /**
   * Places a sheet.
   *
   * @param place where it is held
   * @param radius of the cylinder, positive when its middle bulges towards the camera, negative
   *     when it is hollow; infinite for a flat sheet
   * @param axis direction of the cylinder's axis in the sheet: 0 upright, 90 level, clockwise
   */
  SheetSurface(SheetPlace place, double radius, double axis) {
    this.place = place;
    this.radius = radius;
    this.turn = Rotation.of(place.yaw(), place.pitch(), place.roll());
    this.back = turn.inverse();
    this.axisCos = Math.cos(Math.toRadians(axis));
    this.axisSin = Math.sin(Math.toRadians(axis));
    double x = -place.right();
    double y = -place.down();
    double z = place.distance();
    double sheetX = back.x(x, y, z);
    double sheetY = back.y(x, y, z);
    this.originX = intoX(sheetX, sheetY);
    this.originY = intoY(sheetX, sheetY);
    this.originZ = back.z(x, y, z);
  }

  private double intoX(double x, double y) {
    return axisCos * x + axisSin * y;
  }

  private double intoY(double x, double y) {
    return axisCos * y - axisSin * x;
  }

  private boolean flat() {
    return Double.isInfinite(radius);
  }

  /**
   * Follows a ray of sight.
   *
   * @param rayX horizontal over forward, from the camera
   * @param rayY vertical over forward
   * @return whether it meets the endless sheet's front; then {@link #across}, {@link #down} and the
   *     normal are set
   */
  boolean hit(double rayX, double rayY) {
    double sheetX = back.x(rayX, rayY, -1);
    double sheetY = back.y(rayX, rayY, -1);
    double dz = back.z(rayX, rayY, -1);
    double dx = intoX(sheetX, sheetY);
    double dy = intoY(sheetX, sheetY);
    double p;
    double q;
    double normalP = 0;
    double normalOut = 1;
    if (flat()) {
      if (dz >= -1e-9) {
        return false;
      }
      double t = -originZ / dz;
      p = originX + t * dx;
      q = originY + t * dy;
    } else {
      double fromZ = originZ + radius;
      double a = dx * dx + dz * dz;
      double half = originX * dx + fromZ * dz;
      double c = originX * originX + fromZ * fromZ - radius * radius;
      double root = half * half - a * c;
      if (root < 0) {
        return false;
      }
      double t = (-half - Math.signum(radius) * Math.sqrt(root)) / a;
      if (t <= 0) {
        return false;
      }
      normalP = (originX + t * dx) / radius;
      normalOut = (fromZ + t * dz) / radius;
      if (normalOut <= 0) {
        return false;
      }
      p = radius * Math.atan2(normalP, normalOut);
      q = originY + t * dy;
    }
    across = axisCos * p - axisSin * q;
    down = axisSin * p + axisCos * q;
    double nx = axisCos * normalP;
    double ny = axisSin * normalP;
    normalX = turn.x(nx, ny, normalOut);
    normalY = turn.y(nx, ny, normalOut);
    normalZ = turn.z(nx, ny, normalOut);
    return true;
  }

  /**
   * Tells where a point of the sheet is seen: the way back from {@link #hit}.
   *
   * @return horizontal and vertical over forward
   */
  double[] seen(double pointAcross, double pointDown) {
    double p = intoX(pointAcross, pointDown);
    double q = intoY(pointAcross, pointDown);
    double x = flat() ? p : radius * Math.sin(p / radius);
    double z = flat() ? 0 : radius * Math.cos(p / radius) - radius;
    double sheetX = axisCos * x - axisSin * q;
    double sheetY = axisSin * x + axisCos * q;
    double forward = place.distance() - turn.z(sheetX, sheetY, z);
    return new double[] {
      (turn.x(sheetX, sheetY, z) + place.right()) / forward,
      (turn.y(sheetX, sheetY, z) + place.down()) / forward
    };
  }
}
