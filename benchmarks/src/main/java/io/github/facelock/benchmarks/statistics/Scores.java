package io.github.facelock.benchmarks.statistics;

import java.util.Arrays;

/**
 * Genuine and impostor scores of one experiment (ISO/IEC 19795-1: of mated and non-mated
 * comparisons). A comparison matches when its score is <em>at or above</em> the threshold.
 * Immutable.
 */
public final class Scores {

  private final float[] genuine;
  private final float[] impostor;

  private Scores(float[] genuine, float[] impostor) {
    this.genuine = genuine;
    this.impostor = impostor;
  }

  /**
   * Takes a copy of scores.
   *
   * @param genuine of pairs of one person, in any order, finite
   * @param impostor of pairs of two people, in any order, finite
   * @return the scores
   */
  public static Scores of(float[] genuine, float[] impostor) {
    return sorted(genuine.clone(), impostor.clone());
  }

  private static Scores sorted(float[] genuine, float[] impostor) {
    Arrays.sort(genuine);
    Arrays.sort(impostor);
    return new Scores(genuine, impostor);
  }

  /**
   * Tells how many genuine comparisons there are.
   *
   * @return 0 or more
   */
  public int genuineCount() {
    return genuine.length;
  }

  /**
   * Tells how many impostor comparisons there are.
   *
   * @return 0 or more
   */
  public int impostorCount() {
    return impostor.length;
  }

  /**
   * Tells whether both kinds of comparison are there, without which there are no curves.
   *
   * @return whether there is at least one of each
   */
  public boolean hasBothKinds() {
    return genuine.length > 0 && impostor.length > 0;
  }

  /**
   * Counts the impostors that match.
   *
   * @param threshold the least score that matches
   * @return the errors, of all impostor comparisons
   */
  public Proportion falseMatches(float threshold) {
    return new Proportion((long) impostor.length - below(impostor, threshold), impostor.length);
  }

  /**
   * Counts the genuine comparisons that do not match.
   *
   * @param threshold the least score that matches
   * @return the errors, of all genuine comparisons
   */
  public Proportion falseNonMatches(float threshold) {
    return new Proportion(below(genuine, threshold), genuine.length);
  }

  /**
   * Shows an impostor score by its rank.
   *
   * @param rank 0 for the greatest
   * @return the score
   */
  float impostorFromTop(int rank) {
    return impostor[impostor.length - 1 - rank];
  }

  /**
   * Walks over the distinct scores from the greatest to the least, as a threshold that sinks.
   *
   * @param step called once for each distinct score
   */
  void sink(Step step) {
    int g = genuine.length;
    int i = impostor.length;
    while (g > 0 || i > 0) {
      float score =
          g == 0
              ? impostor[i - 1]
              : i == 0 ? genuine[g - 1] : Math.max(genuine[g - 1], impostor[i - 1]);
      // Ties move together: a threshold cannot tell them apart.
      while (g > 0 && genuine[g - 1] >= score) {
        g--;
      }
      while (i > 0 && impostor[i - 1] >= score) {
        i--;
      }
      step.reach(score, genuine.length - g, impostor.length - i);
    }
  }

  /** One distinct score that the sinking threshold reached. */
  @FunctionalInterface
  interface Step {
    /**
     * Tells what matches now.
     *
     * @param threshold the score
     * @param trueMatches genuine comparisons at or above it
     * @param falseMatches impostor comparisons at or above it
     */
    void reach(float threshold, int trueMatches, int falseMatches);
  }

  /** The number of values below a bound in a sorted array. */
  private static int below(float[] sorted, float bound) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < bound) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Gathers scores one by one. Not thread-safe. */
  public static final class Builder {
    private float[] genuine = new float[1024];
    private float[] impostor = new float[1024];
    private int genuineCount;
    private int impostorCount;

    /** Begins without scores. */
    public Builder() {}

    /**
     * Adds a score.
     *
     * @param score finite
     * @param mated whether both samples are of one person
     */
    public void add(float score, boolean mated) {
      if (!Float.isFinite(score)) {
        throw new IllegalArgumentException("A score is a finite number");
      }
      if (mated) {
        genuine = roomFor(genuine, genuineCount);
        genuine[genuineCount++] = score;
      } else {
        impostor = roomFor(impostor, impostorCount);
        impostor[impostorCount++] = score;
      }
    }

    private static float[] roomFor(float[] values, int count) {
      return count < values.length ? values : Arrays.copyOf(values, count + (count >> 1));
    }

    /**
     * Shows the genuine scores in the order in which they came.
     *
     * @return a copy
     */
    public float[] genuineInOrder() {
      return Arrays.copyOf(genuine, genuineCount);
    }

    /**
     * Shows the impostor scores in the order in which they came.
     *
     * @return a copy
     */
    public float[] impostorInOrder() {
      return Arrays.copyOf(impostor, impostorCount);
    }

    /**
     * Sorts what was gathered.
     *
     * @return the scores
     */
    public Scores build() {
      return sorted(genuineInOrder(), impostorInOrder());
    }
  }
}
