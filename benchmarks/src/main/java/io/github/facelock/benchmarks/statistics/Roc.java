package io.github.facelock.benchmarks.statistics;

import java.util.Optional;

/**
 * The receiver operating characteristic of an experiment. Equal scores are one step, so nothing
 * depends on the order in which comparisons were made. Immutable.
 */
public final class Roc {

  private final Scores scores;
  private final double auc;
  private final double equalErrorRate;

  private Roc(Scores scores, double auc, double equalErrorRate) {
    this.scores = scores;
    this.auc = auc;
    this.equalErrorRate = equalErrorRate;
  }

  /**
   * Draws the curve.
   *
   * @param scores at least one genuine and one impostor score
   * @return the curve
   * @throws IllegalArgumentException if a kind is missing
   */
  public static Roc of(Scores scores) {
    if (!scores.hasBothKinds()) {
      throw new IllegalArgumentException(
          "A curve needs at least one genuine and one impostor comparison");
    }
    Walk walk = new Walk(scores.genuineCount(), scores.impostorCount());
    scores.sink(walk);
    return new Roc(scores, walk.auc(), walk.equalErrorRate);
  }

  /**
   * Tells the area under the curve: the chance that a genuine score is above an impostor score,
   * ties counted half (the Mann–Whitney U statistic over the number of pairs).
   *
   * @return 0 to 1
   */
  public double auc() {
    return auc;
  }

  /**
   * Tells where FMR and FNMR are equal, with straight lines between the measured points.
   *
   * @return 0 to 1
   */
  public double equalErrorRate() {
    return equalErrorRate;
  }

  /**
   * Finds the least threshold that keeps a false match rate.
   *
   * @param rate the rate, greater than 0 and less than 1
   * @return the point; nothing if there are fewer than 1/rate impostor comparisons, since then not
   *     even one false match could be told from too many
   */
  public Optional<OperatingPoint> atFalseMatchRate(double rate) {
    if (!(rate > 0 && rate < 1)) {
      throw new IllegalArgumentException("A false match rate lies between 0 and 1");
    }
    // The addend keeps 0.001 × 3000 from being 2.999….
    int allowed = (int) Math.floor(rate * scores.impostorCount() + 1e-9);
    if (allowed == 0) {
      return Optional.empty();
    }
    // The strongest impostor that must not match; all that tie with it stay out too.
    float strongestRefused = scores.impostorFromTop(allowed);
    return Optional.of(OperatingPoint.at(scores, Math.nextUp(strongestRefused)));
  }

  /**
   * Tells the number of impostor comparisons that a rate needs to be measured at all.
   *
   * @param rate the rate, greater than 0
   * @return 1/rate, rounded up
   */
  public static long impostorsNeededFor(double rate) {
    return (long) Math.ceil(1 / rate - 1e-9);
  }

  private static final class Walk implements Scores.Step {
    private final double genuine;
    private final double impostors;
    private long twiceU;
    private int lastTrue;
    private int lastFalse;
    private double lastFmr;
    private double lastFnmr = 1;
    private boolean crossed;
    private double equalErrorRate;

    Walk(int genuine, int impostors) {
      this.genuine = genuine;
      this.impostors = impostors;
    }

    @Override
    public void reach(float threshold, int trueMatches, int falseMatches) {
      // The trapezium under this step, twice, in whole numbers.
      twiceU += (long) (falseMatches - lastFalse) * ((long) trueMatches + lastTrue);
      lastTrue = trueMatches;
      lastFalse = falseMatches;
      double fmr = falseMatches / impostors;
      double fnmr = 1 - trueMatches / genuine;
      if (!crossed && fmr >= fnmr) {
        crossed = true;
        double before = lastFnmr - lastFmr;
        double after = fmr - fnmr;
        equalErrorRate = lastFmr + before / (before + after) * (fmr - lastFmr);
      }
      lastFmr = fmr;
      lastFnmr = fnmr;
    }

    double auc() {
      return twiceU / (2 * genuine * impostors);
    }
  }
}
