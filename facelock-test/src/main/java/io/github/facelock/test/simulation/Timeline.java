package io.github.facelock.test.simulation;

import java.util.ArrayList;
import java.util.List;

/**
 * Values that move from one mark to the next without a jerk, and rest where two marks are alike.
 */
final class Timeline {

  private static final class Mark {
    final double seconds;
    final double[] values;

    Mark(double seconds, double[] values) {
      this.seconds = seconds;
      this.values = values.clone();
    }
  }

  private final List<Mark> marks = new ArrayList<>();

  /** Begins with values at time 0. */
  Timeline(double... values) {
    marks.add(new Mark(0, values));
  }

  /** The time of the last mark. */
  double end() {
    return last().seconds;
  }

  private Mark last() {
    return marks.get(marks.size() - 1);
  }

  /** Stays as it is. */
  Timeline rest(double seconds) {
    return move(seconds, last().values);
  }

  /** Goes to other values. */
  Timeline move(double seconds, double... values) {
    marks.add(new Mark(end() + seconds, values));
    return this;
  }

  /** The values at a time; before and after the marks those of the nearest mark. */
  double[] at(double seconds) {
    for (int i = 1; i < marks.size(); i++) {
      Mark to = marks.get(i);
      if (seconds < to.seconds) {
        Mark from = marks.get(i - 1);
        double t = Math.max(0, (seconds - from.seconds) / (to.seconds - from.seconds));
        double eased = t * t * (3 - 2 * t);
        double[] values = from.values.clone();
        for (int k = 0; k < values.length; k++) {
          values[k] += eased * (to.values[k] - values[k]);
        }
        return values;
      }
    }
    return last().values.clone();
  }
}
