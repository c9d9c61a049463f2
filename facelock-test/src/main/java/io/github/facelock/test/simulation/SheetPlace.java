package io.github.facelock.test.simulation;

/**
 * Where a print or a screen is held, and how, at one moment.
 *
 * @param yaw degrees about the sheet's vertical axis; positive brings the edge on the frame's right
 *     nearer
 * @param pitch degrees about its horizontal axis; positive brings its lower edge nearer
 * @param roll degrees in its own plane; positive clockwise in the frame
 * @param right millimetres from the frame's middle to its right
 * @param down millimetres from the frame's middle downwards
 * @param distance millimetres from the camera to the sheet's middle; 60 to 3000
 */
public record SheetPlace(
    double yaw, double pitch, double roll, double right, double down, double distance) {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if the sheet would show its back, is too near or too far, or a
   *     value is not finite
   */
  public SheetPlace {
    if (!(Math.abs(yaw) < 90 && Math.abs(pitch) < 90 && Math.abs(roll) <= 180)) {
      throw new IllegalArgumentException("A sheet shows its front, so it turns by less than 90");
    }
    if (!(distance >= 60 && distance <= 3000)) {
      throw new IllegalArgumentException("A sheet is held 60 to 3000 mm away");
    }
    if (!Double.isFinite(right + down)) {
      throw new IllegalArgumentException("A sheet's place needs finite values");
    }
  }

  /**
   * A sheet that faces the camera.
   *
   * @param distance millimetres from the camera to the sheet's middle
   * @return its place
   */
  public static SheetPlace facing(double distance) {
    return new SheetPlace(0, 0, 0, 0, 0, distance);
  }

  /**
   * The same sheet tilted about its vertical axis.
   *
   * @param degrees positive brings the edge on the frame's right nearer
   * @return its place
   */
  public SheetPlace withYaw(double degrees) {
    return new SheetPlace(degrees, pitch, roll, right, down, distance);
  }

  /**
   * The same sheet tilted about its horizontal axis.
   *
   * @param degrees positive brings its lower edge nearer
   * @return its place
   */
  public SheetPlace withPitch(double degrees) {
    return new SheetPlace(yaw, degrees, roll, right, down, distance);
  }
}
