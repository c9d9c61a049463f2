package io.github.facelock.test.simulation;

/**
 * A portrait as a net of points: a head of its own depth before a wall, joined by elastic skin. On
 * the head every point turns with it, on the trunk it moves along, on the wall it stays, and in
 * between it does in part. Immutable.
 */
final class HeadMesh {

  /** Texture pixels between neighbouring points. */
  static final int STEP = 8;

  static final int COLUMNS = Portrait.WIDTH / STEP + 1;
  static final int ROWS = Portrait.HEIGHT / STEP + 1;

  /** How far away the photograph was taken, which says how its perspective is undone. */
  private static final double PHOTOGRAPH_DISTANCE = 900;

  private static final double WALL = 1500;
  private static final double TRUNK_DEPTH = -60;
  private static final double AMBIENT = 0.72;
  private static final double[] LAMP = {-0.30, -0.50, 0.81};

  private final Rotation towardsCamera;
  private final double pivotX;
  private final double pivotY;
  private final double pivotZ;
  private final float[] headX = new float[ROWS * COLUMNS];
  private final float[] headY = new float[ROWS * COLUMNS];
  private final float[] headZ = new float[ROWS * COLUMNS];
  private final float[] headShare = new float[ROWS * COLUMNS];
  private final float[] trunkShare = new float[ROWS * COLUMNS];
  private final float[] normalX = new float[ROWS * COLUMNS];
  private final float[] normalY = new float[ROWS * COLUMNS];
  private final float[] normalZ = new float[ROWS * COLUMNS];

  HeadMesh(HeadShape shape) {
    Rotation photographed = shape.photographed();
    this.towardsCamera = photographed.inverse();
    this.pivotX = photographed.x(0, HeadShape.PIVOT_Y, HeadShape.PIVOT_Z);
    this.pivotY = photographed.y(0, HeadShape.PIVOT_Y, HeadShape.PIVOT_Z);
    this.pivotZ = photographed.z(0, HeadShape.PIVOT_Y, HeadShape.PIVOT_Z);
    for (int row = 0; row < ROWS; row++) {
      for (int column = 0; column < COLUMNS; column++) {
        int i = row * COLUMNS + column;
        double flatX = (column * STEP - Portrait.EYES_X) / Portrait.SCALE;
        double flatY = (row * STEP - Portrait.EYES_Y) / Portrait.SCALE;
        double z = shape.depth(flatX, flatY);
        // What lies behind the eyes' plane looks smaller in the photograph than it is.
        double grown = 1 - z / PHOTOGRAPH_DISTANCE;
        headX[i] = (float) (flatX * grown);
        headY[i] = (float) (flatY * grown);
        headZ[i] = (float) z;
        headShare[i] = (float) shape.belongs(flatX, flatY);
        trunkShare[i] = (float) shape.trunk(flatX, flatY);
      }
    }
    for (int row = 0; row < ROWS; row++) {
      for (int column = 0; column < COLUMNS; column++) {
        normal(row, column);
      }
    }
  }

  private void normal(int row, int column) {
    int left = row * COLUMNS + Math.max(0, column - 1);
    int right = row * COLUMNS + Math.min(COLUMNS - 1, column + 1);
    int up = Math.max(0, row - 1) * COLUMNS + column;
    int down = Math.min(ROWS - 1, row + 1) * COLUMNS + column;
    double ax = headX[right] - headX[left];
    double ay = headY[right] - headY[left];
    double az = headZ[right] - headZ[left];
    double bx = headX[down] - headX[up];
    double by = headY[down] - headY[up];
    double bz = headZ[down] - headZ[up];
    double nx = ay * bz - az * by;
    double ny = az * bx - ax * bz;
    double nz = ax * by - ay * bx;
    double length = Math.max(1e-9, Math.sqrt(nx * nx + ny * ny + nz * nz));
    int i = row * COLUMNS + column;
    normalX[i] = (float) (nx / length);
    normalY[i] = (float) (ny / length);
    normalZ[i] = (float) (nz / length);
  }

  /**
   * Puts the points before the camera.
   *
   * @param place of the head
   * @param rest distance at which the wall and the head look as in the photograph
   * @param frame the camera's picture plane
   * @param into receives x and y in pixels, 1/distance, brightness, and the share of the display's
   *     light that comes back
   */
  void project(HeadPlace place, double rest, Frame frame, MeshPainter into) {
    Rotation turn = Rotation.of(place.yaw(), place.pitch(), place.roll()).after(towardsCamera);
    for (int i = 0; i < headX.length; i++) {
      double depth = rest - headZ[i];
      double wallX = headX[i] / depth * WALL;
      double wallY = headY[i] / depth * WALL;
      double x = headX[i] - pivotX;
      double y = headY[i] - pivotY;
      double z = headZ[i] - pivotZ;
      double turnedX = turn.x(x, y, z) + place.right();
      double turnedY = turn.y(x, y, z) + HeadShape.PIVOT_Y + place.down();
      double turnedZ = place.distance() - turn.z(x, y, z) - HeadShape.PIVOT_Z;
      double h = headShare[i];
      double t = (1 - h) * trunkShare[i];
      double w = 1 - h - t;
      double cameraX = h * turnedX + t * (headX[i] + place.right()) + w * wallX;
      double cameraY = h * turnedY + t * (headY[i] + place.down()) + w * wallY;
      double cameraZ = h * turnedZ + t * (place.distance() - TRUNK_DEPTH) + w * WALL;
      double nx = turn.x(normalX[i], normalY[i], normalZ[i]);
      double ny = turn.y(normalX[i], normalY[i], normalZ[i]);
      double nz = turn.z(normalX[i], normalY[i], normalZ[i]);
      double before = lamp(normalX[i], normalY[i], normalZ[i]);
      double shade = h * lamp(nx, ny, nz) / before + 1 - h;
      double near = 450 / cameraZ;
      double reflected = (h + 0.6 * t) * Math.max(0, nz) * Math.min(2, near * near);
      into.point(
          i,
          frame.centreX() + frame.focalLength * cameraX / cameraZ,
          frame.centreY() + frame.focalLength * cameraY / cameraZ,
          1 / cameraZ,
          shade,
          reflected);
    }
  }

  private static double lamp(double nx, double ny, double nz) {
    double cosine = nx * LAMP[0] + ny * LAMP[1] + nz * LAMP[2];
    return AMBIENT + (1 - AMBIENT) * Math.max(0, cosine);
  }
}
