package io.github.facelock.api.face;

/**
 * How alike two templates are (ISO/IEC 2382-37: comparison score). Only scores of one model can be
 * compared with each other or with a threshold. Never sent to a client: a score is an oracle for
 * hill climbing.
 *
 * @param value cosine similarity, −1 to 1; greater is more alike
 */
public record ComparisonScore(float value) implements Comparable<ComparisonScore> {

  private static final float ROUNDING = 1e-3f;

  /**
   * Checks the range, with room for rounding.
   *
   * @throws IllegalArgumentException if the value is outside −1 to 1 or not a number
   */
  public ComparisonScore {
    if (!(value >= -1 - ROUNDING && value <= 1 + ROUNDING)) {
      throw new IllegalArgumentException("A comparison score lies between -1 and 1");
    }
    value = Math.max(-1, Math.min(1, value));
  }

  @Override
  public int compareTo(ComparisonScore other) {
    return Float.compare(value, other.value);
  }
}
