package io.github.facelock.core.liveness;

import io.github.facelock.api.face.Landmarks;
import io.github.facelock.api.face.Picture;
import io.github.facelock.core.image.Border;
import io.github.facelock.core.image.PictureSampler;
import io.github.facelock.core.image.SimilarityTransform;
import io.github.facelock.core.image.TensorFormat;
import java.nio.FloatBuffer;

/**
 * A small grey picture of an upright face, all that is kept of a frame: {@value #WIDTH} × {@value
 * #HEIGHT} bytes, {@value #EYES} pixels between the eyes; with the mean colour of its cheeks.
 */
final class FaceCrop {

  static final int WIDTH = 64;
  static final int HEIGHT = 80;
  static final int EYES = 28;

  private static final int EYE_Y = 26;
  private static final int RIGHT_EYE_X = (WIDTH - EYES) / 2;
  private static final int PIXELS = WIDTH * HEIGHT;
  private static final int OVEREXPOSED = 250;

  private final byte[] grey = new byte[PIXELS];
  private final double[] skin = new double[3];
  private final double glare;
  private final double spread;

  private FaceCrop(float[] rgb) {
    int bright = 0;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < PIXELS; i++) {
      float value = .299f * rgb[i] + .587f * rgb[PIXELS + i] + .114f * rgb[2 * PIXELS + i];
      grey[i] = (byte) Math.max(0, Math.min(255, Math.round(value)));
      bright += value >= OVEREXPOSED ? 1 : 0;
      sum += value;
      squares += value * value;
    }
    glare = (double) bright / PIXELS;
    spread = Math.sqrt(Math.max(0, squares / PIXELS - sum / PIXELS * (sum / PIXELS)));
    addSkin(rgb, 12, 24);
    addSkin(rgb, 40, 52);
  }

  /** Cheeks: no eyes, brows, beard. */
  private void addSkin(float[] rgb, int fromX, int toX) {
    for (int c = 0; c < 3; c++) {
      double sum = 0;
      for (int y = 36; y < 46; y++) {
        for (int x = fromX; x < toX; x++) {
          sum += rgb[c * PIXELS + y * WIDTH + x];
        }
      }
      skin[c] += sum / (2 * 10 * (toX - fromX));
    }
  }

  /** Makes crops; not thread-safe, because it owns scratch memory. */
  static final class Cutter {
    private static final TensorFormat RGB =
        TensorFormat.of(TensorFormat.Colour.RGB, TensorFormat.Layout.PLANAR, 0, 1);

    private final PictureSampler sampler = new PictureSampler(RGB, WIDTH, HEIGHT);
    private final float[] rgb = new float[3 * PIXELS];

    FaceCrop cut(Picture picture, Landmarks points) {
      Landmarks five = points.five();
      SimilarityTransform upright =
          SimilarityTransform.fit(
              new float[] {five.x(0), five.y(0), five.x(1), five.y(1)},
              new float[] {RIGHT_EYE_X, EYE_Y, RIGHT_EYE_X + EYES, EYE_Y});
      sampler.warp(picture, upright, Border.REPLICATE, FloatBuffer.wrap(rgb));
      return new FaceCrop(rgb);
    }
  }

  int at(int x, int y) {
    return grey[y * WIDTH + x] & 0xff;
  }

  /** Share of overexposed pixels. */
  double glare() {
    return glare;
  }

  /** Mean of the cheeks, 0 to 255. */
  double red() {
    return skin[0];
  }

  double green() {
    return skin[1];
  }

  double blue() {
    return skin[2];
  }

  /** Standard deviation of the grey values. */
  double spread() {
    return spread;
  }

  /** Normalised cross-correlation with another crop, −1 to 1; 0 if one has no contrast. */
  double likeness(FaceCrop other) {
    double sumA = 0;
    double sumB = 0;
    double squaresA = 0;
    double squaresB = 0;
    double products = 0;
    for (int i = 0; i < PIXELS; i++) {
      int a = grey[i] & 0xff;
      int b = other.grey[i] & 0xff;
      sumA += a;
      sumB += b;
      squaresA += a * a;
      squaresB += b * b;
      products += a * b;
    }
    double varA = squaresA - sumA * sumA / PIXELS;
    double varB = squaresB - sumB * sumB / PIXELS;
    return varA <= 0 || varB <= 0 ? 0 : (products - sumA * sumB / PIXELS) / Math.sqrt(varA * varB);
  }

  /** Whether two crops are the same picture, pixel by pixel: no two frames of a camera are. */
  boolean same(FaceCrop other) {
    return java.util.Arrays.equals(grey, other.grey);
  }

  /** The same for equal crops; for finding them among many. */
  int fingerprint() {
    return java.util.Arrays.hashCode(grey);
  }
}
