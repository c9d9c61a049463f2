package io.github.facelock.core.audit;

/**
 * How many records a log keeps by itself. Older ones are cut off now and then, verifiably.
 *
 * @param records the fewest that are kept; an eighth more may be there. {@link Long#MAX_VALUE} to
 *     keep all
 */
public record AuditRetention(long records) {

  private static final int FEWEST = 100;

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if fewer than 100 are kept, in which nobody finds anything
   */
  public AuditRetention {
    if (records < FEWEST) {
      throw new IllegalArgumentException("Keep at least " + FEWEST + " audit records");
    }
  }

  /**
   * Keeps all until somebody cuts.
   *
   * @return the retention
   */
  public static AuditRetention keepAll() {
    return new AuditRetention(Long.MAX_VALUE);
  }

  /**
   * Keeps the last ones.
   *
   * @param records how many, at least 100
   * @return the retention
   */
  public static AuditRetention last(long records) {
    return new AuditRetention(records);
  }

  /** Every eighth of the length, so that cutting costs little for each record. */
  boolean isDue(long number) {
    return number > records && number % Math.max(1, records / 8) == 0;
  }
}
