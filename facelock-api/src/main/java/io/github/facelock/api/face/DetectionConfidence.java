package io.github.facelock.api.face;

/**
 * How sure a detector is that something is a face. Says nothing about whose face it is: that is a
 * {@link ComparisonScore}, and the two types keep them apart.
 *
 * @param value 0 to 1
 */
public record DetectionConfidence(float value) {

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if the value is outside 0 to 1 or not a number
   */
  public DetectionConfidence {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException("A detection confidence lies between 0 and 1");
    }
  }
}
