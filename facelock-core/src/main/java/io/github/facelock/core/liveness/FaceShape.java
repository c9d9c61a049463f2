package io.github.facelock.core.liveness;

import io.github.facelock.api.face.Landmarks;

/**
 * What the 68 points of one frame say of a head's direction and size, in measures that do not
 * depend on where and how large the face is.
 *
 * <p>The axis runs from between the eyes (mean of points 36–47) to the middle of the mouth's
 * corners (48, 54). Places are measured along it and across it, in its lengths; a plane that is
 * tilted leaves the place along it as it is, and the place across it at zero.
 *
 * @param centreX middle of the inner points, in pixels
 * @param centreY middle of the inner points, in pixels
 * @param size length of the diagonal of eye distance and axis, in pixels; hardly changes in a turn
 * @param roll of the line through the eyes, in degrees, clockwise positive
 * @param noseLine place of the nose's tip (30) across the axis, positive towards the picture's
 *     right: the nose's parallax in a turn
 * @param noseAlong place of the nose's tip along the axis: its parallax in a nod
 * @param outlineLine place of the outline's middle (0, 1, 15, 16) across the axis: the ears lie
 *     behind the eyes, so in a turn it moves against the nose
 * @param breadth eye distance over the axis's length; smaller in a turn, larger in a nod
 * @param inner eye distance over the outline's breadth (0 to 16): grows when a head comes closer,
 *     because the eyes are nearer to the camera than the ears
 * @param eyeAspect mean height of the eyes over their breadth, about .3 open and .15 closed
 */
record FaceShape(
    double centreX,
    double centreY,
    double size,
    double roll,
    double noseLine,
    double noseAlong,
    double outlineLine,
    double breadth,
    double inner,
    double eyeAspect) {

  private static final double LEAST = 1e-6;

  static FaceShape of(Landmarks points) {
    if (points.count() != Landmarks.FULL) {
      throw new IllegalArgumentException("A clip is judged with 68 points");
    }
    double[] eyes = mean(points, 36, 48);
    double[] right = mean(points, 36, 42);
    double[] left = mean(points, 42, 48);
    double axisX = (points.x(48) + points.x(54)) / 2 - eyes[0];
    double axisY = (points.y(48) + points.y(54)) / 2 - eyes[1];
    double squares = Math.max(LEAST, axisX * axisX + axisY * axisY);
    double axis = Math.sqrt(squares);
    double eyeDistance = Math.max(LEAST, Math.hypot(left[0] - right[0], left[1] - right[1]));
    double[] centre = mean(points, 17, Landmarks.FULL);
    double noseX = points.x(30) - eyes[0];
    double noseY = points.y(30) - eyes[1];
    double outX = (points.x(0) + points.x(1) + points.x(15) + points.x(16)) / 4 - eyes[0];
    double outY = (points.y(0) + points.y(1) + points.y(15) + points.y(16)) / 4 - eyes[1];
    return new FaceShape(
        centre[0],
        centre[1],
        Math.hypot(eyeDistance, axis),
        Math.toDegrees(Math.atan2(left[1] - right[1], left[0] - right[0])),
        (axisY * noseX - axisX * noseY) / squares,
        (axisX * noseX + axisY * noseY) / squares,
        (axisY * outX - axisX * outY) / squares,
        eyeDistance / axis,
        eyeDistance / Math.max(LEAST, distance(points, 0, 16)),
        (aspect(points, 36) + aspect(points, 42)) / 2);
  }

  private static double[] mean(Landmarks points, int from, int to) {
    double x = 0;
    double y = 0;
    for (int i = from; i < to; i++) {
      x += points.x(i);
      y += points.y(i);
    }
    return new double[] {x / (to - from), y / (to - from)};
  }

  /** Height over breadth of the eye whose first point this is (Soukupová and Čech, 2016). */
  private static double aspect(Landmarks points, int first) {
    double height =
        (distance(points, first + 1, first + 5) + distance(points, first + 2, first + 4)) / 2;
    return height / Math.max(LEAST, distance(points, first, first + 3));
  }

  private static double distance(Landmarks points, int a, int b) {
    return Math.hypot(points.x(a) - points.x(b), points.y(a) - points.y(b));
  }
}
