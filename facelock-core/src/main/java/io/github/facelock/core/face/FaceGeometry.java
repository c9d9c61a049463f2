package io.github.facelock.core.face;

import io.github.facelock.api.face.DetectedFace;
import io.github.facelock.api.face.FaceBox;
import io.github.facelock.api.face.Landmarks;
import io.github.facelock.api.face.Picture;
import io.github.facelock.spi.face.FaceLandmarker;
import java.util.Optional;

/** Relations between a face's points. */
final class FaceGeometry {

  /** Jaw points come first among the 68 and wander most. */
  private static final int FIRST_INNER_POINT = 17;

  private final Landmarks points;
  private final float rightX;
  private final float rightY;
  private final float leftX;
  private final float leftY;
  private final float mouthX;
  private final float mouthY;
  private final float noseX;
  private final float noseY;

  FaceGeometry(Landmarks points) {
    this.points = points;
    Landmarks five = points.five();
    rightX = five.x(0);
    rightY = five.y(0);
    leftX = five.x(1);
    leftY = five.y(1);
    noseX = five.x(2);
    noseY = five.y(2);
    mouthX = (five.x(3) + five.x(4)) / 2;
    mouthY = (five.y(3) + five.y(4)) / 2;
  }

  float eyeDistance() {
    return (float) Math.hypot(leftX - rightX, leftY - rightY);
  }

  /** Degrees; positive when the head leans clockwise as seen in the picture. */
  float roll() {
    return (float) Math.toDegrees(Math.atan2(leftY - rightY, leftX - rightX));
  }

  /** See {@link FaceMeasures#noseLine()}. */
  float noseLine() {
    double dx = mouthX - eyesX();
    double dy = mouthY - eyesY();
    double squares = dx * dx + dy * dy;
    return (float) ((dy * (noseX - eyesX()) - dx * (noseY - eyesY())) / Math.max(1e-6, squares));
  }

  private float eyesX() {
    return (rightX + leftX) / 2;
  }

  private float eyesY() {
    return (rightY + leftY) / 2;
  }

  /**
   * Whether the points are those of some face at all: eyes apart, the mouth below them (as seen
   * from the head), the nose between, all near the box.
   */
  boolean ordered(FaceBox box) {
    float eyes = eyeDistance();
    double share = eyes / box.height();
    if (!(share > 0.1 && share < 0.75)) {
      return false;
    }
    double dx = mouthX - eyesX();
    double dy = mouthY - eyesY();
    double length = Math.hypot(dx, dy);
    double along = ((noseX - eyesX()) * dx + (noseY - eyesY()) * dy) / (length * length);
    boolean below = (leftX - rightX) * dy - (leftY - rightY) * dx > 0.4 * eyes * length;
    return below
        && length > 0.4 * eyes
        && length < 2.5 * eyes
        && along > 0.02
        && along < 1.1
        && Math.abs(eyesX() - box.centreX()) < 0.5 * box.width()
        && eyesY() > box.y()
        && mouthY < box.y() + 1.15 * box.height();
  }

  /**
   * How little these points look like those of an upright face: how far they wander, in eye
   * distances, when the detector's box is shifted by 8 % and widened by 15 % (a face's points stay,
   * those of a flower do not); and how much higher than on a face the eyes lie in the box, because
   * on a face that stands on its head the points are put near its mouth.
   */
  double implausibility(Picture picture, DetectedFace face, FaceLandmarker landmarker) {
    FaceBox box = face.box();
    double wandering =
        (distance(picture, face, landmarker, -0.08f, 0, 1)
                + distance(picture, face, landmarker, 0.08f, 0, 1)
                + distance(picture, face, landmarker, 0, -0.08f, 1)
                + distance(picture, face, landmarker, 0, 0.08f, 1)
                + distance(picture, face, landmarker, 0, 0, 1.15f))
            / 5;
    double eyeHeight = (eyesY() - box.y()) / box.height();
    return wandering + Math.max(0, 0.40 - eyeHeight);
  }

  private double distance(
      Picture picture,
      DetectedFace face,
      FaceLandmarker landmarker,
      float right,
      float down,
      float scale) {
    FaceBox box = face.box();
    FaceBox shifted =
        new FaceBox(
            box.x() + right * box.height() - box.width() * (scale - 1) / 2,
            box.y() + down * box.height() - box.height() * (scale - 1) / 2,
            box.width() * scale,
            box.height() * scale);
    Landmarks other =
        landmarker.locate(picture, new DetectedFace(shifted, face.confidence(), Optional.empty()));
    if (other.count() != points.count()) {
      return Double.MAX_VALUE;
    }
    int first = points.count() == Landmarks.FULL ? FIRST_INNER_POINT : 0;
    double sum = 0;
    for (int i = first; i < points.count(); i++) {
      sum += Math.hypot(other.x(i) - points.x(i), other.y(i) - points.y(i));
    }
    return sum / (points.count() - first) / eyeDistance();
  }
}
