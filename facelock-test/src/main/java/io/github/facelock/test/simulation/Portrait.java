package io.github.facelock.test.simulation;

import io.github.facelock.api.face.DetectedFace;
import io.github.facelock.api.face.Landmarks;
import io.github.facelock.api.face.Picture;
import io.github.facelock.spi.face.FaceDetector;
import io.github.facelock.spi.face.FaceLandmarker;
import java.util.Comparator;

/**
 * One photograph of one person, brought upright and to life size, from which clips are rendered. A
 * frontal photograph with 40 or more pixels between the eyes gives the best clips. Immutable.
 *
 * <p>What lies beyond the photograph's edges is its edge, blurred.
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

  private final Texture[] byLids = new Texture[LID_STEPS + 1];
  private final HeadShape shape;
  private final double[] x;
  private final double[] y;

  private Portrait(Texture open, double[] x, double[] y) {
    this.x = x;
    this.y = y;
    byLids[0] = open;
    for (int i = 1; i <= LID_STEPS; i++) {
      byLids[i] = Eyelids.lowered(open, x, y, (double) i / LID_STEPS);
    }
    double[] mmX = new double[x.length];
    double[] mmY = new double[y.length];
    for (int i = 0; i < x.length; i++) {
      mmX[i] = (x[i] - EYES_X) / SCALE;
      mmY[i] = (y[i] - EYES_Y) / SCALE;
    }
    this.shape = new HeadShape(mmX, mmY);
  }

  /**
   * Takes the largest face of a photograph.
   *
   * @param photograph shows a person from the front
   * @param detector finds the face
   * @param landmarker finds its points, 68 of them
   * @return the portrait
   * @throws IllegalArgumentException if no face is found or the landmarker does not give 68 points
   */
  public static Portrait of(Picture photograph, FaceDetector detector, FaceLandmarker landmarker) {
    DetectedFace largest =
        detector.detect(photograph).stream()
            .max(Comparator.comparingDouble(f -> f.box().width() * f.box().height()))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "No face is found in the photograph; give one that shows a person from the"
                            + " front"));
    return of(photograph, landmarker.locate(photograph, largest));
  }

  /**
   * Takes a face whose points are known.
   *
   * @param photograph shows a person from the front
   * @param landmarks the face's 68 points
   * @return the portrait
   * @throws IllegalArgumentException if there are not 68 points, or the eyes coincide
   */
  public static Portrait of(Picture photograph, Landmarks landmarks) {
    if (landmarks.count() != Landmarks.FULL) {
      throw new IllegalArgumentException("A portrait needs 68 points, not " + landmarks.count());
    }
    Landmarks five = landmarks.five();
    double dx = five.x(1) - five.x(0);
    double dy = five.y(1) - five.y(0);
    double eyes = Math.hypot(dx, dy);
    if (eyes < 4) {
      throw new IllegalArgumentException("The photograph is too small: the eyes touch each other");
    }
    Texture source = Texture.of(photograph);
    double shrunk = 1;
    // A texture that is sampled at less than its resolution would show steps.
    while (eyes * shrunk * LEVEL > HeadShape.EYE_DISTANCE * SCALE) {
      source = source.halved();
      shrunk /= 2;
    }
    // Source pixels per texture pixel, turned by the roll of the head.
    double step = eyes * shrunk / (HeadShape.EYE_DISTANCE * SCALE);
    double cos = dx / eyes * step;
    double sin = dy / eyes * step;
    double midX = (five.x(0) + five.x(1)) / 2.0 * shrunk;
    double midY = (five.y(0) + five.y(1)) / 2.0 * shrunk;
    Texture upright = upright(source, cos, sin, midX, midY);
    double[] x = new double[Landmarks.FULL];
    double[] y = new double[Landmarks.FULL];
    for (int i = 0; i < x.length; i++) {
      double fromX = landmarks.x(i) * shrunk - midX;
      double fromY = landmarks.y(i) * shrunk - midY;
      x[i] = EYES_X + (cos * fromX + sin * fromY) / (step * step);
      y[i] = EYES_Y + (cos * fromY - sin * fromX) / (step * step);
    }
    return new Portrait(upright, x, y);
  }

  private static Texture upright(Texture source, double cos, double sin, double midX, double midY) {
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
        double share = Math.hypot(beyondX, beyondY) / fade;
        int colour = source.sample((float) sx, (float) sy);
        if (share > 0) {
          int far =
              blurred.sample(
                  (float) ((sx + 0.5) * coarse - 0.5), (float) ((sy + 0.5) * coarse - 0.5));
          colour = Texture.mix(colour, far, share);
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
