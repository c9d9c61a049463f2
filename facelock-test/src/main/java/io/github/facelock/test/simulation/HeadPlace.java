package io.github.facelock.test.simulation;

/**
 * Where a head is, and where it points, at one moment.
 *
 * @param yaw degrees; positive when the person turns to their own right
 * @param pitch degrees; positive when the person looks up
 * @param roll degrees; positive when the head leans clockwise in the frame
 * @param right millimetres from the frame's middle to its right
 * @param down millimetres from the frame's middle downwards
 * @param distance millimetres from the camera to the eyes; 150 to 3000
 * @param eyesClosed 0 (as in the photograph) to 1 (closed)
 */
public record HeadPlace(
    double yaw,
    double pitch,
    double roll,
    double right,
    double down,
    double distance,
    double eyesClosed) {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if the head is turned by more than 75 degrees, too near or too
   *     far, or a value is not finite
   */
  public HeadPlace {
    double most = Math.max(Math.abs(yaw), Math.max(Math.abs(pitch), Math.abs(roll)));
    if (!(most <= 75)) {
      throw new IllegalArgumentException("A simulated head turns by at most 75 degrees");
    }
    if (!(distance >= 150 && distance <= 3000)) {
      throw new IllegalArgumentException("A simulated head is 150 to 3000 mm away");
    }
    if (!Double.isFinite(right + down) || !(eyesClosed >= 0 && eyesClosed <= 1)) {
      throw new IllegalArgumentException("A head's place needs finite values");
    }
  }

  /**
   * A head that looks into the camera.
   *
   * @param distance millimetres from the camera to the eyes
   * @return its place
   */
  public static HeadPlace frontal(double distance) {
    return new HeadPlace(0, 0, 0, 0, 0, distance, 0);
  }

  /**
   * The same head turned.
   *
   * @param degrees positive to the person's own right
   * @return its place
   */
  public HeadPlace withYaw(double degrees) {
    return new HeadPlace(degrees, pitch, roll, right, down, distance, eyesClosed);
  }

  /**
   * The same head raised or lowered.
   *
   * @param degrees positive upwards
   * @return its place
   */
  public HeadPlace withPitch(double degrees) {
    return new HeadPlace(yaw, degrees, roll, right, down, distance, eyesClosed);
  }

  /**
   * The same head with its lids lowered.
   *
   * @param closed 0 (as in the photograph) to 1 (closed)
   * @return its place
   */
  public HeadPlace withEyesClosed(double closed) {
    return new HeadPlace(yaw, pitch, roll, right, down, distance, closed);
  }
}
