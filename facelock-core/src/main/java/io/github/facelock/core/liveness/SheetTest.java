package io.github.facelock.core.liveness;

/**
 * How well a turned face is explained by a sheet of paper that shows the frontal one: the largest
 * normalised cross-correlation over quadratic warps
 *
 * <pre>{@code
 * x' = a0 + a1·x + a2·y + a3·x² + a4·x·y + a5·y²
 * y' = b0 + b1·x + b2·y + b3·x² + b4·x·y + b5·y²
 * }</pre>
 *
 * which hold every tilt of a plane and, to second order, every bending. Found by Gauss–Newton steps
 * on the difference of the standardised pictures (S. Baker, I. Matthews, "Lucas-Kanade 20 Years
 * On", 2004), from coarse to fine. A sheet reaches .95 and more; a head does not, because its nose
 * hides one cheek and shows more of the other.
 */
final class SheetTest {

  private static final int PARAMETERS = 6;
  private static final int ITERATIONS = 12;
  private static final double SCALE = 32;

  private final double[] frontal;
  private final double[] turned;
  private final int width;
  private final int height;
  private final int step;

  private SheetTest(FaceCrop frontal, FaceCrop turned, int step) {
    this.step = step;
    this.width = FaceCrop.WIDTH / step;
    this.height = FaceCrop.HEIGHT / step;
    this.frontal = shrink(frontal, step);
    this.turned = shrink(turned, step);
  }

  private static double[] shrink(FaceCrop crop, int step) {
    int width = FaceCrop.WIDTH / step;
    int height = FaceCrop.HEIGHT / step;
    double[] values = new double[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double sum = 0;
        for (int i = 0; i < step * step; i++) {
          sum += crop.at(x * step + i % step, y * step + i / step);
        }
        values[y * width + x] = sum / (step * step);
      }
    }
    return values;
  }

  /**
   * Fits a sheet.
   *
   * @return the best correlation found, −1 to 1
   */
  static double correlation(FaceCrop frontal, FaceCrop turned) {
    double[] warp = new double[2 * PARAMETERS];
    warp[1] = 1;
    warp[PARAMETERS + 2] = 1;
    double best = -1;
    for (int step : new int[] {4, 2, 1}) {
      SheetTest level = new SheetTest(frontal, turned, step);
      best = level.improve(warp);
    }
    return best;
  }

  /** Improves the warp in place; the correlation that it reaches at this level. */
  private double improve(double[] warp) {
    double best = -1;
    double[] kept = warp.clone();
    for (int i = 0; i < ITERATIONS; i++) {
      double[][] normal = new double[2 * PARAMETERS][2 * PARAMETERS + 1];
      double correlation = accumulate(warp, normal);
      if (correlation <= best + 1e-5) {
        break;
      }
      best = correlation;
      System.arraycopy(warp, 0, kept, 0, warp.length);
      double[] change = solve(normal);
      for (int k = 0; k < warp.length; k++) {
        warp[k] += change[k];
      }
    }
    System.arraycopy(kept, 0, warp, 0, warp.length);
    return best;
  }

  /** Sums up the normal equations of the standardised difference. */
  private double accumulate(double[] warp, double[][] normal) {
    int n = 0;
    double sumA = 0;
    double sumB = 0;
    double squaresA = 0;
    double squaresB = 0;
    double products = 0;
    double[] sampled = new double[width * height];
    for (int y = 1; y < height - 1; y++) {
      for (int x = 1; x < width - 1; x++) {
        int i = y * width + x;
        sampled[i] = inFace(x, y) ? sample(warp, x, y) : Double.NaN;
        if (!Double.isNaN(sampled[i])) {
          n++;
          sumA += frontal[i];
          sumB += sampled[i];
          squaresA += frontal[i] * frontal[i];
          squaresB += sampled[i] * sampled[i];
          products += frontal[i] * sampled[i];
        }
      }
    }
    // A warp that shows less than half of the face explains nothing.
    if (n < width * height / 4) {
      return -1;
    }
    double meanA = sumA / n;
    double meanB = sumB / n;
    double spreadA = Math.sqrt(Math.max(1e-9, squaresA / n - meanA * meanA));
    double spreadB = Math.sqrt(Math.max(1e-9, squaresB / n - meanB * meanB));
    double[] row = new double[2 * PARAMETERS];
    for (int y = 1; y < height - 1; y++) {
      for (int x = 1; x < width - 1; x++) {
        int i = y * width + x;
        if (Double.isNaN(sampled[i])) {
          continue;
        }
        double[] basis = basis(x, y);
        double gx = gradient(warp, x, y, 0.5, 0) / spreadB;
        double gy = gradient(warp, x, y, 0, 0.5) / spreadB;
        for (int k = 0; k < PARAMETERS; k++) {
          row[k] = gx * basis[k] * SCALE / step;
          row[PARAMETERS + k] = gy * basis[k] * SCALE / step;
        }
        double rest = (frontal[i] - meanA) / spreadA - (sampled[i] - meanB) / spreadB;
        for (int k = 0; k < row.length; k++) {
          for (int l = k; l < row.length; l++) {
            normal[k][l] += row[k] * row[l];
          }
          normal[k][row.length] += row[k] * rest;
        }
      }
    }
    return (products / n - meanA * meanB) / (spreadA * spreadB);
  }

  /** An ellipse from the brows to the chin; hair and background do not follow the face. */
  private boolean inFace(int x, int y) {
    double u = (x * step - 31.5) / 25;
    double v = (y * step - 44) / 30.0;
    return u * u + v * v <= 1;
  }

  private double[] basis(int x, int y) {
    double u = (x * step - 31.5) / SCALE;
    double v = (y * step - 39.5) / SCALE;
    return new double[] {1, u, v, u * u, u * v, v * v};
  }

  private double[] place(double[] warp, int x, int y) {
    double[] basis = basis(x, y);
    double toX = 0;
    double toY = 0;
    for (int k = 0; k < PARAMETERS; k++) {
      toX += warp[k] * basis[k];
      toY += warp[PARAMETERS + k] * basis[k];
    }
    return new double[] {(toX * SCALE + 31.5) / step, (toY * SCALE + 39.5) / step};
  }

  private double sample(double[] warp, int x, int y) {
    double[] to = place(warp, x, y);
    return bilinear(to[0], to[1]);
  }

  private double gradient(double[] warp, int x, int y, double dx, double dy) {
    double[] to = place(warp, x, y);
    double after = bilinear(to[0] + dx, to[1] + dy);
    double before = bilinear(to[0] - dx, to[1] - dy);
    return Double.isNaN(after) || Double.isNaN(before) ? 0 : after - before;
  }

  private double bilinear(double x, double y) {
    int left = (int) Math.floor(x);
    int top = (int) Math.floor(y);
    if (left < 0 || top < 0 || left >= width - 1 || top >= height - 1) {
      return Double.NaN;
    }
    double u = x - left;
    double v = y - top;
    int i = top * width + left;
    return (1 - v) * ((1 - u) * turned[i] + u * turned[i + 1])
        + v * ((1 - u) * turned[i + width] + u * turned[i + width + 1]);
  }

  /** Gauss elimination with pivots; a little damping keeps flat pictures solvable. */
  private static double[] solve(double[][] upper) {
    int n = upper.length;
    for (int k = 0; k < n; k++) {
      for (int l = 0; l < k; l++) {
        upper[k][l] = upper[l][k];
      }
    }
    for (int k = 0; k < n; k++) {
      upper[k][k] += 1e-3 * upper[k][k] + 1e-9;
    }
    for (int k = 0; k < n; k++) {
      int pivot = k;
      for (int r = k + 1; r < n; r++) {
        if (Math.abs(upper[r][k]) > Math.abs(upper[pivot][k])) {
          pivot = r;
        }
      }
      double[] swap = upper[k];
      upper[k] = upper[pivot];
      upper[pivot] = swap;
      for (int r = 0; r < n; r++) {
        if (r != k) {
          double factor = upper[r][k] / upper[k][k];
          for (int c = k; c <= n; c++) {
            upper[r][c] -= factor * upper[k][c];
          }
        }
      }
    }
    double[] solution = new double[n];
    for (int k = 0; k < n; k++) {
      solution[k] = upper[k][n] / upper[k][k];
    }
    return solution;
  }
}
