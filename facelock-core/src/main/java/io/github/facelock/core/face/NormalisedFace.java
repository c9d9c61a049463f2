package io.github.facelock.core.face;

import io.github.facelock.api.face.Landmarks;
import io.github.facelock.api.face.Picture;
import io.github.facelock.core.image.Border;
import io.github.facelock.core.image.PictureSampler;
import io.github.facelock.core.image.SimilarityTransform;
import io.github.facelock.core.image.TensorFormat;
import java.nio.FloatBuffer;

/**
 * A face in grey, turned upright and brought to one size, so that what is measured on it does not
 * depend on the camera's resolution: {@value #WIDTH} × {@value #HEIGHT} pixels, {@value #EYES}
 * between the eyes.
 */
final class NormalisedFace {

  static final int WIDTH = 64;
  static final int HEIGHT = 80;
  static final int EYES = 28;

  private static final int EYE_Y = 26;
  private static final int RIGHT_EYE_X = (WIDTH - EYES) / 2;
  private static final int LEFT_EYE_X = RIGHT_EYE_X + EYES;
  private static final TensorFormat GREY =
      TensorFormat.of(TensorFormat.Colour.GREY, TensorFormat.Layout.PLANAR, 0, 1);

  private final float[] grey = new float[WIDTH * HEIGHT];
  private final float mouthY;
  private final float mean;
  private final float spread;

  NormalisedFace(Picture picture, Landmarks points) {
    Landmarks five = points.five();
    SimilarityTransform upright =
        SimilarityTransform.fit(
            new float[] {five.x(0), five.y(0), five.x(1), five.y(1)},
            new float[] {RIGHT_EYE_X, EYE_Y, LEFT_EYE_X, EYE_Y});
    new PictureSampler(GREY, WIDTH, HEIGHT)
        .warp(picture, upright, Border.REPLICATE, FloatBuffer.wrap(grey));
    double x = (five.x(3) + five.x(4)) / 2.0;
    double y = (five.y(3) + five.y(4)) / 2.0;
    mouthY = (float) Math.max(EYE_Y + 14, Math.min(HEIGHT - 8, upright.y(x, y)));
    double sum = 0;
    double squares = 0;
    int n = 0;
    for (int py = 0; py < HEIGHT; py++) {
      for (int px = 0; px < WIDTH; px++) {
        if (inFace(px, py)) {
          sum += at(px, py);
          squares += (double) at(px, py) * at(px, py);
          n++;
        }
      }
    }
    mean = (float) (sum / n);
    spread = (float) Math.sqrt(Math.max(0, squares / n - sum / n * (sum / n)));
  }

  /** An ellipse from the brows to the chin; leaves out hair and background. */
  private static boolean inFace(int x, int y) {
    double u = (x - (WIDTH - 1) / 2.0) / 25;
    double v = (y - 44) / 32.0;
    return u * u + v * v <= 1;
  }

  private float at(int x, int y) {
    return grey[y * WIDTH + x];
  }

  /** Mean brightness of the face, 0 to 255. */
  float brightness() {
    return mean;
  }

  /** Standard deviation of the brightness within the face. */
  float contrast() {
    return spread;
  }

  /** Share of the face's pixels at 250 or above. */
  float glare() {
    int bright = 0;
    int n = 0;
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        if (inFace(x, y)) {
          bright += at(x, y) >= 250 ? 1 : 0;
          n++;
        }
      }
    }
    return (float) bright / n;
  }

  /** Difference of the two halves' brightness over their sum, 0 (even) to 1. */
  float unevenness() {
    double left = 0;
    double right = 0;
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH / 2; x++) {
        if (inFace(x, y)) {
          left += at(x, y);
          right += at(WIDTH - 1 - x, y);
        }
      }
    }
    return (float) (Math.abs(left - right) / Math.max(1, left + right));
  }

  /**
   * How much of the face's contrast is in its finest details: root mean square of the Laplacian
   * over the standard deviation of brightness.
   */
  float sharpness() {
    double squares = 0;
    int n = 0;
    for (int y = 1; y < HEIGHT - 1; y++) {
      for (int x = 1; x < WIDTH - 1; x++) {
        if (inFace(x, y)) {
          double laplacian =
              4 * at(x, y) - at(x - 1, y) - at(x + 1, y) - at(x, y - 1) - at(x, y + 1);
          squares += laplacian * laplacian;
          n++;
        }
      }
    }
    return (float) (Math.sqrt(squares / n) / Math.max(1, spread));
  }

  /**
   * How much darker eyes and brows are than the cheeks, in standard deviations; negative on most of
   * what is no upright face.
   */
  float eyeDarkness() {
    float eyes = (box(11, 18, 25, 30) + box(39, 18, 53, 30)) / 2;
    float cheeks = (box(12, 36, 24, 46) + box(40, 36, 52, 46)) / 2;
    return (cheeks - eyes) / Math.max(1, spread);
  }

  /**
   * Detail within the eyes' regions, of the poorer one: changes from pixel to pixel over spread.
   */
  float eyeDetail() {
    return Math.min(detail(11, 20, 25, 32), detail(39, 20, 53, 32));
  }

  /** Mean brightness of the eyes' inner regions relative to the face's mean. */
  float eyeBrightness() {
    return (box(13, 22, 23, 30) + box(41, 22, 51, 30)) / 2 / Math.max(1, mean);
  }

  /** Detail around the mouth. */
  float mouthDetail() {
    int y = Math.round(mouthY);
    return detail(20, y - 5, 44, Math.min(HEIGHT - 1, y + 6));
  }

  private float box(int x0, int y0, int x1, int y1) {
    double sum = 0;
    for (int y = y0; y < y1; y++) {
      for (int x = x0; x < x1; x++) {
        sum += at(x, y);
      }
    }
    return (float) (sum / ((x1 - x0) * (y1 - y0)));
  }

  private float detail(int x0, int y0, int x1, int y1) {
    double squares = 0;
    for (int y = y0; y < y1; y++) {
      for (int x = x0; x < x1; x++) {
        double down = at(x, y + 1) - at(x, y);
        squares += down * down;
      }
    }
    return (float) (Math.sqrt(squares / ((x1 - x0) * (y1 - y0))) / Math.max(1, spread));
  }
}
