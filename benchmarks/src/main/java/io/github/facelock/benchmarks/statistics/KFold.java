package io.github.facelock.benchmarks.statistics;

import java.util.Arrays;
import java.util.Optional;

/**
 * Accuracy by cross-validation: the threshold is chosen on all folds but one and tested on that
 * one, so that it never saw what it is judged by (the protocol of Labeled Faces in the Wild).
 *
 * @param folds how many
 * @param mean of the folds' accuracies
 * @param deviation the folds' standard deviation, with n − 1
 */
public record KFold(int folds, double mean, double deviation) {

  /**
   * Measures. Genuine and impostor comparisons are each cut into consecutive folds of equal size,
   * which gives the official folds for a file that is sorted by fold, and balanced folds for any
   * other.
   *
   * @param folds 2 or more
   * @param genuine scores in the order of the file
   * @param impostor scores in the order of the file
   * @return the accuracy; nothing if a fold would lack a kind
   */
  public static Optional<KFold> accuracy(int folds, float[] genuine, float[] impostor) {
    if (folds < 2) {
      throw new IllegalArgumentException("Cross-validation needs at least two folds");
    }
    if (genuine.length < folds || impostor.length < folds) {
      return Optional.empty();
    }
    double[] accuracies = new double[folds];
    for (int fold = 0; fold < folds; fold++) {
      Scores others = Scores.of(without(genuine, fold, folds), without(impostor, fold, folds));
      Scores tested = Scores.of(only(genuine, fold, folds), only(impostor, fold, folds));
      accuracies[fold] = accuracy(tested, mostAccurateThreshold(others));
    }
    double mean = Arrays.stream(accuracies).sum() / folds;
    double squares = Arrays.stream(accuracies).map(a -> (a - mean) * (a - mean)).sum();
    return Optional.of(new KFold(folds, mean, Math.sqrt(squares / (folds - 1))));
  }

  /**
   * Tells the share of right decisions.
   *
   * @param scores the comparisons, at least one
   * @param threshold the least score that matches
   * @return 0 to 1
   */
  public static double accuracy(Scores scores, float threshold) {
    OperatingPoint point = OperatingPoint.at(scores, threshold);
    long errors = point.falseMatches().count() + point.falseNonMatches().count();
    return 1 - (double) errors / ((long) scores.genuineCount() + scores.impostorCount());
  }

  /**
   * Finds the threshold with the most right decisions, in the middle between two scores; the
   * greatest of several.
   *
   * @param scores the comparisons, at least one
   * @return the threshold
   */
  public static float mostAccurateThreshold(Scores scores) {
    Choice choice = new Choice();
    scores.sink(choice);
    return choice.threshold();
  }

  private static float[] only(float[] all, int fold, int folds) {
    return Arrays.copyOfRange(all, start(all, fold, folds), start(all, fold + 1, folds));
  }

  private static float[] without(float[] all, int fold, int folds) {
    int from = start(all, fold, folds);
    int to = start(all, fold + 1, folds);
    float[] rest = new float[all.length - (to - from)];
    System.arraycopy(all, 0, rest, 0, from);
    System.arraycopy(all, to, rest, from, all.length - to);
    return rest;
  }

  private static int start(float[] all, int fold, int folds) {
    return (int) ((long) all.length * fold / folds);
  }

  private static final class Choice implements Scores.Step {
    // Before the first step nothing matches: no true match, no false one.
    private int best;
    private float bestScore = Float.POSITIVE_INFINITY;
    private float belowBest = Float.NaN;

    @Override
    public void reach(float score, int trueMatches, int falseMatches) {
      if (Float.isNaN(belowBest)) {
        belowBest = score;
      }
      if (trueMatches - falseMatches > best) {
        best = trueMatches - falseMatches;
        bestScore = score;
        belowBest = Float.NaN;
      }
    }

    float threshold() {
      if (Float.isInfinite(bestScore)) {
        return Math.nextUp(belowBest);
      }
      float middle = Float.isNaN(belowBest) ? bestScore : (bestScore + belowBest) / 2;
      // Between neighbouring floats there is no middle.
      return middle > belowBest ? middle : bestScore;
    }
  }
}
