package io.github.facelock.core.face;

import io.github.facelock.api.face.HeadPose;
import io.github.facelock.api.face.Landmarks;
import io.github.facelock.api.face.ObservedFace;
import io.github.facelock.api.face.Picture;
import java.util.Optional;

/**
 * What is measured on a face before it is judged. Brightness, contrast, sharpness and detail are
 * measured on the face turned upright and brought to 28 pixels between the eyes, so they do not
 * depend on the resolution of the camera.
 *
 * @param eyeDistance between the centres of the eyes, in pixels of the picture
 * @param eyeShare the same as a share of the picture's width
 * @param outside share of the landmarks that lie beyond the picture's edges
 * @param noseLine how far the nose's tip lies beside the line from between the eyes to the mouth,
 *     in lengths of that line; positive towards the picture's right. 0 when the head is frontal,
 *     about .17 at 18 degrees, .33 at 35
 * @param yaw degrees, 0 if no estimator is there
 * @param pitch degrees, 0 if no estimator is there
 * @param roll degrees from the line of the eyes, positive clockwise in the picture
 * @param brightness mean of the face, 0 to 255
 * @param glare share of the face at 250 or above
 * @param unevenness difference of the halves' brightness over their sum, 0 to 1
 * @param sharpness root mean square of the Laplacian over the standard deviation
 * @param eyeDetail mean vertical change within the poorer eye's region over the standard deviation
 * @param eyeBrightness of the eyes' inner regions over the face's mean
 * @param mouthDetail mean vertical change around the mouth over the standard deviation
 */
public record FaceMeasures(
    float eyeDistance,
    float eyeShare,
    float outside,
    float noseLine,
    float yaw,
    float pitch,
    float roll,
    float brightness,
    float glare,
    float unevenness,
    float sharpness,
    float eyeDetail,
    float eyeBrightness,
    float mouthDetail) {

  static FaceMeasures of(ObservedFace face, Optional<HeadPose> pose) {
    Picture picture = face.picture();
    FaceGeometry geometry = new FaceGeometry(face.landmarks());
    NormalisedFace pixels = new NormalisedFace(picture, face.landmarks());
    return new FaceMeasures(
        geometry.eyeDistance(),
        geometry.eyeDistance() / picture.width(),
        outside(face.landmarks(), picture),
        geometry.noseLine(),
        pose.map(HeadPose::yaw).orElse(0f),
        pose.map(HeadPose::pitch).orElse(0f),
        geometry.roll(),
        pixels.brightness(),
        pixels.glare(),
        pixels.unevenness(),
        pixels.sharpness(),
        pixels.eyeDetail(),
        pixels.eyeBrightness(),
        pixels.mouthDetail());
  }

  private static float outside(Landmarks points, Picture picture) {
    int outside = 0;
    for (int i = 0; i < points.count(); i++) {
      boolean inside =
          points.x(i) >= 0
              && points.y(i) >= 0
              && points.x(i) < picture.width()
              && points.y(i) < picture.height();
      outside += inside ? 0 : 1;
    }
    return (float) outside / points.count();
  }

  /**
   * How good a face is for comparison, to choose among frames that are all good enough: frontal,
   * upright, sharp, large, evenly lit.
   *
   * @return 0 to 1
   */
  public double grade() {
    double frontal = bell(noseLine / 0.2) * bell(yaw / 30) * bell(pitch / 40);
    double detail = Math.min(1, sharpness / 0.6) * Math.min(1, eyeDistance / 60);
    double light = bell((brightness - 140) / 90) * bell(unevenness / 0.4);
    return frontal * bell(roll / 20) * detail * light;
  }

  private static double bell(double deviation) {
    return Math.exp(-deviation * deviation / 2);
  }
}
