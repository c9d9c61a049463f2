package io.github.facelock.test.simulation;

import io.github.facelock.api.face.DetectedFace;
import io.github.facelock.api.face.HeadPose;
import io.github.facelock.api.face.Landmarks;
import io.github.facelock.api.face.Picture;
import io.github.facelock.spi.face.FaceDetector;
import io.github.facelock.spi.face.FaceLandmarker;
import io.github.facelock.spi.face.HeadPoseEstimator;
import java.util.Comparator;

/**
 * One photograph of one person, brought upright and to life size, from which clips are rendered. A
 * frontal photograph with 40 or more pixels between the eyes gives the best clips; a head that was
 * turned by up to 20 degrees can be used. Immutable.
 *
 * <p>What is far from the head and trunk, and beyond the photograph's edges, is blurred, so that
 * nobody else is in the picture.
 */
public final class Portrait {

  static final int WIDTH = 864;
  static final int HEIGHT = 704;
  static final double EYES_X = 432;
  static final double EYES_Y = 330;

  /** Pixels of the texture per millimetre of the face. */
  static final double SCALE = 1.25;

  private static final int LID_STEPS = 2;
  private static final float LEVEL = 0.6f;

  /** The nose's tip moves by this share of the way from eyes to mouth per degree of a turn. */
  private static final double NOSE_PER_DEGREE = 0.0105;

  private final Texture[] byLids = new Texture[LID_STEPS + 1];
  private final HeadShape shape;
  private final double[] x;
  private final double[] y;

  private Portrait(Texture open, double[] x, double[] y, HeadShape shape) {
    this.x = x;
    this.y = y;
    this.shape = shape;
    byLids[0] = open;
    for (int i = 1; i <= LID_STEPS; i++) {
      byLids[i] = Eyelids.lowered(open, x, y, (double) i / LID_STEPS);
    }
  }

  /**
   * Takes the largest face of a photograph. How the head was turned is the mean of what the
   * estimator and the nose's place say.
   *
   * @param photograph shows a person
   * @param detector finds the face
   * @param landmarker finds its points, 68 of them
   * @param pose tells how the head was turned
   * @return the portrait
   * @throws IllegalArgumentException if no face is found or the landmarker does not give 68 points
   */
  public static Portrait of(
      Picture photograph,
      FaceDetector detector,
      FaceLandmarker landmarker,
      HeadPoseEstimator pose) {
    DetectedFace largest =
        detector.detect(photograph).stream()
            .max(Comparator.comparingDouble(f -> f.box().width() * f.box().height()))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "No face is found in the photograph; give one that shows a person from the"
                            + " front"));
    return of(
        photograph, landmarker.locate(photograph, largest), pose.estimate(photograph, largest));
  }

  /**
   * Takes a face whose points are known.
   *
   * @param photograph shows a person
   * @param landmarks the face's 68 points
   * @param pose what is said of how the head was turned; its roll is not needed
   * @return the portrait
   * @throws IllegalArgumentException if there are not 68 points, or the eyes coincide
   */
  public static Portrait of(Picture photograph, Landmarks landmarks, HeadPose pose) {
    if (landmarks.count() != Landmarks.FULL) {
      throw new IllegalArgumentException("A portrait needs 68 points, not " + landmarks.count());
    }
    double yaw = (pose.yaw() - noseLine(landmarks) / NOSE_PER_DEGREE) / 2;
    return upright(photograph, landmarks, Rotation.of(clip(yaw), clip(pose.pitch()), 0));
  }

  /**
   * Takes a face that looked straight into the camera.
   *
   * @param photograph shows a person from the front
   * @param landmarks the face's 68 points
   * @return the portrait
   * @throws IllegalArgumentException if there are not 68 points, or the eyes coincide
   */
  public static Portrait ofFrontal(Picture photograph, Landmarks landmarks) {
    if (landmarks.count() != Landmarks.FULL) {
      throw new IllegalArgumentException("A portrait needs 68 points, not " + landmarks.count());
    }
    return upright(photograph, landmarks, Rotation.of(0, 0, 0));
  }

  private static double clip(double degrees) {
    return Math.max(-30, Math.min(30, degrees));
  }

  /** How far the nose's tip lies beside the line from between the eyes to the mouth. */
  private static double noseLine(Landmarks points) {
    Landmarks five = points.five();
    double eyesX = (five.x(0) + five.x(1)) / 2;
    double eyesY = (five.y(0) + five.y(1)) / 2;
    double dx = (five.x(3) + five.x(4)) / 2 - eyesX;
    double dy = (five.y(3) + five.y(4)) / 2 - eyesY;
    double squares = Math.max(1e-6, dx * dx + dy * dy);
    return (dy * (five.x(2) - eyesX) - dx * (five.y(2) - eyesY)) / squares;
  }

  private static Portrait upright(Picture photograph, Landmarks landmarks, Rotation photographed) {
    Landmarks five = landmarks.five();
    double dx = five.x(1) - five.x(0);
    double dy = five.y(1) - five.y(0);
    double seen = Math.hypot(dx, dy);
    if (seen < 4) {
      throw new IllegalArgumentException("The photograph is too small: the eyes touch each other");
    }
    // A turned head's eyes look closer together than they are.
    double eyes = seen / photographed.x(1, 0, 0);
    Texture source = Texture.of(photograph);
    double shrunk = 1;
    // A texture that is sampled at less than its resolution would show steps.
    while (eyes * shrunk * LEVEL > HeadShape.EYE_DISTANCE * SCALE) {
      source = source.halved();
      shrunk /= 2;
    }
    // Source pixels per texture pixel, turned by the roll of the head.
    double step = eyes * shrunk / (HeadShape.EYE_DISTANCE * SCALE);
    double cos = dx / seen * step;
    double sin = dy / seen * step;
    double midX = (five.x(0) + five.x(1)) / 2.0 * shrunk;
    double midY = (five.y(0) + five.y(1)) / 2.0 * shrunk;
    double[] x = new double[Landmarks.FULL];
    double[] y = new double[Landmarks.FULL];
    double[] mmX = new double[x.length];
    double[] mmY = new double[y.length];
    for (int i = 0; i < x.length; i++) {
      double fromX = landmarks.x(i) * shrunk - midX;
      double fromY = landmarks.y(i) * shrunk - midY;
      mmX[i] = (cos * fromX + sin * fromY) / (step * step) / SCALE;
      mmY[i] = (cos * fromY - sin * fromX) / (step * step) / SCALE;
      x[i] = EYES_X + SCALE * mmX[i];
      y[i] = EYES_Y + SCALE * mmY[i];
    }
    HeadShape shape = new HeadShape(mmX, mmY, photographed);
    return new Portrait(texture(source, cos, sin, midX, midY, shape), x, y, shape);
  }

  private static Texture texture(
      Texture source, double cos, double sin, double midX, double midY, HeadShape shape) {
    Texture blurred = source;
    double coarse = 1;
    while (Math.min(blurred.width, blurred.height) > 12) {
      blurred = blurred.halved();
      coarse /= 2;
    }
    double fade = Math.max(4, Math.min(source.width, source.height) / 20.0);
    int[] pixels = new int[WIDTH * HEIGHT];
    for (int v = 0; v < HEIGHT; v++) {
      for (int u = 0; u < WIDTH; u++) {
        double sx = midX + cos * (u - EYES_X) - sin * (v - EYES_Y);
        double sy = midY + sin * (u - EYES_X) + cos * (v - EYES_Y);
        double beyondX = Math.max(0, Math.max(fade - sx, sx - (source.width - 1 - fade)));
        double beyondY = Math.max(0, Math.max(fade - sy, sy - (source.height - 1 - fade)));
        double mmX = (u - EYES_X) / SCALE;
        double mmY = (v - EYES_Y) / SCALE;
        double away = 1 - 3 * (shape.belongs(mmX, mmY) + shape.trunk(mmX, mmY));
        double share = Math.max(away, Math.hypot(beyondX, beyondY) / fade);
        int colour = source.sample((float) sx, (float) sy);
        if (share > 0) {
          double farX = (sx + 0.5) * coarse - 0.5;
          double farY = (sy + 0.5) * coarse - 0.5;
          colour = Texture.mix(colour, blurred.sample((float) farX, (float) farY), share);
        }
        pixels[v * WIDTH + u] = colour;
      }
    }
    return new Texture(WIDTH, HEIGHT, pixels);
  }

  /** The texture with the eyes as far closed as asked, in steps. */
  Texture texture(double eyesClosed) {
    return byLids[(int) Math.round(eyesClosed * LID_STEPS)];
  }

  HeadShape shape() {
    return shape;
  }

  /** Where a landmark lies in the texture. */
  double x(int point) {
    return x[point];
  }

  /** Where a landmark lies in the texture. */
  double y(int point) {
    return y[point];
  }

  /** Portraits show people, so they print nothing. */
  @Override
  public String toString() {
    return "Portrait";
  }
}
