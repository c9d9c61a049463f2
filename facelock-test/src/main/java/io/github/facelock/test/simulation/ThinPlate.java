package io.github.facelock.test.simulation;

/**
 * A smooth height over scattered points: the thin-plate spline that passes through all of them
 * (Duchon 1977; Bookstein, "Principal warps", IEEE PAMI 11(6), 1989).
 */
final class ThinPlate {

  private final double[] x;
  private final double[] y;
  private final double[] weights;

  /** Points of equal index belong together; no two of them may coincide. */
  ThinPlate(double[] x, double[] y, double[] height) {
    this.x = x.clone();
    this.y = y.clone();
    int n = x.length;
    double[][] system = new double[n + 3][n + 4];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        system[i][j] = kernel(x[i] - x[j], y[i] - y[j]);
      }
      double[] plane = {1, x[i], y[i]};
      for (int k = 0; k < 3; k++) {
        system[i][n + k] = plane[k];
        system[n + k][i] = plane[k];
      }
      system[i][n + 3] = height[i];
    }
    this.weights = solve(system);
  }

  double at(double px, double py) {
    int n = x.length;
    double sum = weights[n] + weights[n + 1] * px + weights[n + 2] * py;
    for (int i = 0; i < n; i++) {
      sum += weights[i] * kernel(px - x[i], py - y[i]);
    }
    return sum;
  }

  private static double kernel(double dx, double dy) {
    double squares = dx * dx + dy * dy;
    return squares < 1e-9 ? 0 : squares * Math.log(squares);
  }

  /** Gauss's elimination with pivots of the last column as the right side. */
  private static double[] solve(double[][] a) {
    int n = a.length;
    for (int column = 0; column < n; column++) {
      int pivot = column;
      for (int row = column + 1; row < n; row++) {
        if (Math.abs(a[row][column]) > Math.abs(a[pivot][column])) {
          pivot = row;
        }
      }
      double[] swapped = a[column];
      a[column] = a[pivot];
      a[pivot] = swapped;
      for (int row = column + 1; row < n; row++) {
        double factor = a[row][column] / a[column][column];
        for (int k = column; k <= n; k++) {
          a[row][k] -= factor * a[column][k];
        }
      }
    }
    double[] solution = new double[n];
    for (int row = n - 1; row >= 0; row--) {
      double sum = a[row][n];
      for (int k = row + 1; k < n; k++) {
        sum -= a[row][k] * solution[k];
      }
      solution[row] = sum / a[row][row];
    }
    return solution;
  }
}
