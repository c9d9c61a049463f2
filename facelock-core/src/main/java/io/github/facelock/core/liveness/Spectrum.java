package io.github.facelock.core.liveness;

/**
 * Power of a square of values over frequency, by Cooley and Tukey's transform along the rows and
 * then the columns, after a Hann window. Not thread-safe: it owns scratch memory.
 */
final class Spectrum {

  private static final int LONGEST = 8;
  private static final int SPREAD = 1;

  private final int side;
  private final double[] re;
  private final double[] im;
  private final double[] window;
  private final double[] cos;
  private final double[] sin;

  /** For squares of one side, a power of two. */
  Spectrum(int side) {
    if (Integer.bitCount(side) != 1) {
      throw new IllegalArgumentException("The side is a power of two");
    }
    this.side = side;
    this.re = new double[side * side];
    this.im = new double[side * side];
    this.window = new double[side];
    this.cos = new double[side / 2];
    this.sin = new double[side / 2];
    for (int i = 0; i < side; i++) {
      window[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 0.5) / side);
    }
    for (int i = 0; i < side / 2; i++) {
      cos[i] = Math.cos(2 * Math.PI * i / side);
      sin[i] = -Math.sin(2 * Math.PI * i / side);
    }
  }

  /**
   * How far the strongest wave stands out: the greatest ratio of a frequency's power to the mean of
   * the others of the same length (a few if all directions are alike), among waves of at least
   * eight periods in the square and at least 2.5 pixels.
   *
   * @param values row by row
   */
  double prominence(double[] values) {
    double mean = 0;
    for (double value : values) {
      mean += value / values.length;
    }
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        re[y * side + x] = (values[y * side + x] - mean) * window[x] * window[y];
        im[y * side + x] = 0;
      }
    }
    for (int i = 0; i < side; i++) {
      transform(i * side, 1);
    }
    for (int i = 0; i < side; i++) {
      transform(i, side);
    }
    return prominence();
  }

  private double prominence() {
    int rings = side * 2 / 5 + 1;
    double[] peaks = new double[rings];
    int[] peakU = new int[rings];
    int[] peakV = new int[rings];
    for (int v = -side / 2 + 1; v < side / 2; v++) {
      // The other half is its mirror image.
      for (int u = 0; u < side / 2; u++) {
        int ring = ring(u, v);
        if (ring < rings && power(u, v) > peaks[ring]) {
          peaks[ring] = power(u, v);
          peakU[ring] = u;
          peakV[ring] = v;
        }
      }
    }
    double[] sums = new double[rings];
    int[] counts = new int[rings];
    for (int v = -side / 2 + 1; v < side / 2; v++) {
      for (int u = 0; u < side / 2; u++) {
        int ring = ring(u, v);
        // The window spreads a wave over its neighbours, which are part of it.
        if (ring < rings
            && (Math.abs(u - peakU[ring]) > SPREAD || Math.abs(v - peakV[ring]) > SPREAD)) {
          sums[ring] += power(u, v);
          counts[ring]++;
        }
      }
    }
    double greatest = 1;
    for (int ring = LONGEST; ring < rings; ring++) {
      // Below a grey level of noise there is no wave, only the rounding of the pixels.
      double usual = Math.max(sums[ring] / Math.max(1, counts[ring]), 0.02 * side * side);
      greatest = Math.max(greatest, peaks[ring] / usual);
    }
    return greatest;
  }

  /** Periods in the square, rounded; beyond all rings where it is not looked at. */
  private int ring(int u, int v) {
    int ring = (int) Math.round(Math.hypot(u, v));
    return ring < LONGEST || (u == 0 && v < 0) ? Integer.MAX_VALUE : ring;
  }

  private double power(int u, int v) {
    int i = ((v + side) % side) * side + u;
    return re[i] * re[i] + im[i] * im[i];
  }

  private void transform(int from, int step) {
    for (int i = 1, j = 0; i < side; i++) {
      int bit = side >> 1;
      for (; (j & bit) != 0; bit >>= 1) {
        j ^= bit;
      }
      j ^= bit;
      if (i < j) {
        swap(re, from + i * step, from + j * step);
        swap(im, from + i * step, from + j * step);
      }
    }
    for (int length = 2; length <= side; length <<= 1) {
      int half = length / 2;
      int stride = side / length;
      for (int start = 0; start < side; start += length) {
        for (int k = 0; k < half; k++) {
          int a = from + (start + k) * step;
          int b = from + (start + k + half) * step;
          double c = cos[k * stride];
          double s = sin[k * stride];
          double r = re[b] * c - im[b] * s;
          double i = re[b] * s + im[b] * c;
          re[b] = re[a] - r;
          im[b] = im[a] - i;
          re[a] += r;
          im[a] += i;
        }
      }
    }
  }

  private static void swap(double[] values, int a, int b) {
    double kept = values[a];
    values[a] = values[b];
    values[b] = kept;
  }
}
