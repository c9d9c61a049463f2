package io.github.facelock.spi.face;

import io.github.facelock.api.face.DetectedFace;
import io.github.facelock.api.face.HeadPose;
import io.github.facelock.api.face.Picture;

/** Estimates where a head points. Thread-safe. */
@FunctionalInterface
public interface HeadPoseEstimator {

  /**
   * Estimates the pose.
   *
   * @param picture the picture in which the face was detected
   * @param face the face
   * @return angles in degrees
   */
  HeadPose estimate(Picture picture, DetectedFace face);
}
