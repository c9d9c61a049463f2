package io.github.facelock.core.liveness;

/**
 * From where on each cue speaks for a screen or a sheet. The documentation ("Liveness") says what
 * people and attacks reach.
 *
 * @param moire natural logarithm of how far a wave stands out in the face
 * @param moireAlone the same, from where on no other cue is needed
 * @param refresh amplitude of bands that roll over the face
 * @param bezel share of the border on the third best of four sides, 0 to 1
 */
public record ScreenThresholds(double moire, double moireAlone, double refresh, double bezel) {

  /**
   * Checks that every threshold is a positive number.
   *
   * @throws IllegalArgumentException if one is not, or the second is below the first
   */
  public ScreenThresholds {
    // Also refuses NaN, with which no comparison would ever veto.
    if (!(moire > 0 && moireAlone >= moire && refresh > 0 && bezel > 0)) {
      throw new IllegalArgumentException("A threshold of a screen's cue is a positive number");
    }
  }

  /**
   * The measured thresholds.
   *
   * @return the usual thresholds
   */
  public static ScreenThresholds ofDefaults() {
    return new ScreenThresholds(4.0, 4.8, 0.007, 0.75);
  }
}
