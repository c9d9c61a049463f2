package io.github.facelock.benchmarks.statistics;

import java.util.ArrayList;
import java.util.List;

/**
 * The detection error trade-off (Martin et al. 1997; ISO/IEC 19795-1): FNMR against FMR. Immutable.
 *
 * @param points from the strictest threshold to the laxest
 * @param impostors how many impostor comparisons are behind it
 * @param genuine how many genuine comparisons are behind it
 */
public record DetCurve(List<Point> points, int impostors, int genuine) {

  /** Steps finer than this in normal deviates cannot be seen in a drawing. */
  private static final double VISIBLE = 0.01;

  /**
   * A point.
   *
   * @param falseMatchRate 0 to 1
   * @param falseNonMatchRate 0 to 1
   */
  public record Point(double falseMatchRate, double falseNonMatchRate) {}

  /** Copies the points. */
  public DetCurve {
    points = List.copyOf(points);
  }

  /**
   * Draws the curve; points that would fall on one another are left out.
   *
   * @param scores at least one of each kind
   * @return the curve, from (0, 1) to (1, 0)
   */
  public static DetCurve of(Scores scores) {
    if (!scores.hasBothKinds()) {
      throw new IllegalArgumentException(
          "A curve needs at least one genuine and one impostor comparison");
    }
    double genuine = scores.genuineCount();
    double impostors = scores.impostorCount();
    Thinned points = new Thinned();
    points.add(new Point(0, 1));
    scores.sink(
        (threshold, trueMatches, falseMatches) ->
            points.add(new Point(falseMatches / impostors, 1 - trueMatches / genuine)));
    return new DetCurve(points.all(), scores.impostorCount(), scores.genuineCount());
  }

  private static final class Thinned {
    private final List<Point> kept = new ArrayList<>();
    private Point last = new Point(0, 1);

    void add(Point point) {
      if (kept.isEmpty() || visible(kept.get(kept.size() - 1), point)) {
        // The corner of the step, unless it was kept already.
        if (!kept.isEmpty() && !kept.get(kept.size() - 1).equals(last)) {
          kept.add(last);
        }
        kept.add(point);
      }
      last = point;
    }

    List<Point> all() {
      if (!kept.get(kept.size() - 1).equals(last)) {
        kept.add(last);
      }
      return kept;
    }

    private static boolean visible(Point a, Point b) {
      return apart(a.falseMatchRate(), b.falseMatchRate())
          || apart(a.falseNonMatchRate(), b.falseNonMatchRate());
    }

    private static boolean apart(double a, double b) {
      return Math.abs(Probit.of(a) - Probit.of(b)) > VISIBLE;
    }
  }
}
