package io.github.facelock.core.liveness;

import io.github.facelock.api.face.FaceBox;
import io.github.facelock.api.face.Picture;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Rolling refresh: a screen is drawn line by line, a camera reads line by line, and where they do
 * not run in step, level bands roll over the screen. From frame to frame the brightness of the rows
 * of the face's region then changes like a sine. Not thread-safe; for one clip.
 */
final class RefreshCue {

  private static final int ROWS = 48;
  private static final int COLUMN_STEP = 4;
  private static final int LEAST_PAIRS = 4;
  private static final long LONGEST_MS = 350;

  /** Bands per face region that are looked for. */
  private static final double LEAST_BANDS = 0.75;

  private static final double MOST_BANDS = 6;
  private static final double BANDS_STEP = 0.25;

  private final List<Double> amplitudes = new ArrayList<>();
  private double[] before = new double[0];
  private double beforeTop;
  private double beforeHeight;
  private long beforeMs;

  /** Takes the next frame. */
  void add(long ms, Picture picture, FaceBox face) {
    double[] rows = rows(picture, face.y(), face);
    if (before.length > 0 && ms - beforeMs <= LONGEST_MS) {
      // The head moves between frames, the bands are those of the camera's rows: the same rows are
      // compared, and only where the head hardly moved.
      boolean still =
          Math.abs(face.y() - beforeTop) < 0.04 * face.height()
              && Math.abs(face.height() - beforeHeight) < 0.04 * face.height();
      if (still) {
        amplitudes.add(amplitude(before, rows));
      }
    }
    before = rows;
    beforeTop = face.y();
    beforeHeight = face.height();
    beforeMs = ms;
  }

  /**
   * The median, over pairs of neighbouring frames with a still face, of the amplitude of the
   * strongest band in the logarithm of brightness, times the share of the change that it explains.
   *
   * @return 0 (no bands, or too few such pairs) and more; bands of 2 % reach about .02
   */
  double strength() {
    if (amplitudes.size() < LEAST_PAIRS) {
      return 0;
    }
    double[] sorted = amplitudes.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private static double[] rows(Picture picture, double top, FaceBox face) {
    ByteBuffer rgb = picture.pixels();
    int from = Math.max(0, (int) face.x());
    int to = Math.min(picture.width(), (int) (face.x() + face.width()));
    double[] rows = new double[ROWS];
    for (int i = 0; i < ROWS; i++) {
      int y = (int) Math.round(top + (i + 0.5) * face.height() / ROWS);
      y = Math.max(0, Math.min(picture.height() - 1, y));
      long sum = 0;
      int n = 0;
      for (int x = from; x < to; x += COLUMN_STEP) {
        int p = 3 * (y * picture.width() + x);
        sum += (rgb.get(p) & 0xff) + 2 * (rgb.get(p + 1) & 0xff) + (rgb.get(p + 2) & 0xff);
        n += 4;
      }
      rows[i] = Math.log(1 + (n == 0 ? 0 : (double) sum / n));
    }
    return rows;
  }

  private static double amplitude(double[] a, double[] b) {
    double[] change = new double[ROWS];
    double mean = 0;
    for (int i = 0; i < ROWS; i++) {
      change[i] = b[i] - a[i];
      mean += change[i] / ROWS;
    }
    double squares = 0;
    for (int i = 0; i < ROWS; i++) {
      change[i] -= mean;
      squares += change[i] * change[i];
    }
    double best = 0;
    for (double bands = LEAST_BANDS; bands <= MOST_BANDS; bands += BANDS_STEP) {
      double re = 0;
      double im = 0;
      for (int i = 0; i < ROWS; i++) {
        double phase = 2 * Math.PI * bands * i / ROWS;
        re += change[i] * Math.cos(phase);
        im += change[i] * Math.sin(phase);
      }
      best = Math.max(best, re * re + im * im);
    }
    double amplitude = 2 * Math.sqrt(best) / ROWS;
    double explained = squares <= 0 ? 0 : Math.min(1, amplitude * amplitude * ROWS / 2 / squares);
    return amplitude / 2 * explained;
  }
}
