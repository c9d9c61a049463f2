package io.github.facelock.api.face;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A model's measured relation between comparison score and false match rate. Between measured
 * points the logarithm of the rate is taken as linear in the score, which is how the tail of
 * impostor scores behaves. Immutable.
 */
public final class ScoreCalibration {

  /**
   * One measurement.
   *
   * @param score the threshold
   * @param rate the share of impostor comparisons at or above it
   */
  public record Point(ComparisonScore score, FalseMatchRate rate) {}

  private final List<Point> points;

  private ScoreCalibration(List<Point> points) {
    this.points = points;
  }

  /**
   * Makes a calibration.
   *
   * @param points at least two measurements, in any order; a greater score has a smaller rate
   * @return the calibration
   * @throws IllegalArgumentException if there are fewer than two points or the rates do not fall
   */
  public static ScoreCalibration of(List<Point> points) {
    List<Point> sorted = new ArrayList<>(points);
    sorted.sort(Comparator.comparing(Point::score));
    if (sorted.size() < 2) {
      throw new IllegalArgumentException("A calibration needs at least two points");
    }
    for (int i = 1; i < sorted.size(); i++) {
      Point below = sorted.get(i - 1);
      Point above = sorted.get(i);
      if (above.score().compareTo(below.score()) <= 0
          || above.rate().compareTo(below.rate()) >= 0) {
        throw new IllegalArgumentException(
            "A calibration's rates must fall as its scores rise; look at score "
                + above.score().value());
      }
    }
    return new ScoreCalibration(List.copyOf(sorted));
  }

  /**
   * Finds the threshold for a rate that lies within the measurements.
   *
   * @param target the rate that is asked for
   * @return the least score at which the rate is reached
   * @throws IllegalArgumentException if the rate is smaller than the smallest measured one, which
   *     would be a promise without evidence
   */
  public ComparisonScore threshold(FalseMatchRate target) {
    if (target.compareTo(strictest()) < 0) {
      throw new IllegalArgumentException(
          "This model was measured down to a false match rate of "
              + strictest()
              + "; "
              + target
              + " cannot be promised. Ask for a greater rate, or calibrate the model with more data");
    }
    return extrapolatedThreshold(target);
  }

  /**
   * Finds the threshold for any rate; beyond the measurements the last slope is continued. For
   * identification, where the rate per comparison shrinks with the gallery and a stricter estimate
   * is better than the strictest measured threshold.
   *
   * @param target the rate that is asked for
   * @return the score at which the rate is, or is expected to be, reached; at most 1
   */
  public ComparisonScore extrapolatedThreshold(FalseMatchRate target) {
    Point first = points.get(0);
    if (target.compareTo(first.rate()) >= 0) {
      // Laxer than measured: the lowest measured threshold is the safe answer.
      return first.score();
    }
    int i = 1;
    while (i < points.size() - 1 && points.get(i).rate().compareTo(target) > 0) {
      i++;
    }
    Point below = points.get(i - 1);
    Point above = points.get(i);
    double logBelow = Math.log(below.rate().value());
    double logAbove = Math.log(above.rate().value());
    double share = (logBelow - Math.log(target.value())) / (logBelow - logAbove);
    double score = below.score().value() + share * (above.score().value() - below.score().value());
    return new ComparisonScore((float) Math.min(1, score));
  }

  /**
   * Tells the smallest measured rate.
   *
   * @return the rate of the greatest score
   */
  public FalseMatchRate strictest() {
    return points.get(points.size() - 1).rate();
  }

  /**
   * Shows the measurements.
   *
   * @return sorted by rising score
   */
  public List<Point> points() {
    return points;
  }
}
