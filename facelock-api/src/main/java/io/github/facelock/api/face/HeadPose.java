package io.github.facelock.api.face;

/**
 * Where a head points, in degrees, for an unmirrored picture.
 *
 * @param yaw positive when the person turns to their own right (towards the picture's left)
 * @param pitch positive when the person looks up
 * @param roll positive when the head leans clockwise as seen in the picture
 */
public record HeadPose(float yaw, float pitch, float roll) {

  /**
   * Refuses what is no angle: every comparison with NaN is false, so it would pass each limit.
   *
   * @throws IllegalArgumentException if an angle is not finite
   */
  public HeadPose {
    if (!Float.isFinite(yaw) || !Float.isFinite(pitch) || !Float.isFinite(roll)) {
      throw new IllegalArgumentException("A head pose needs finite angles");
    }
  }
}
