package io.github.facelock.core.password;

/**
 * What one hash costs (RFC 9106, section 3.1). The bounds hold for settings and for stored hashes
 * alike, so that no altered hash can ask for all memory or for minutes.
 *
 * @param memoryKiB memory in KiB: at least 8 for each lane (RFC 9106), at most {@value
 *     #MAX_MEMORY_KIB}
 * @param iterations passes over the memory: 1 to {@value #MAX_ITERATIONS}
 * @param parallelism lanes: 1 to {@value #MAX_PARALLELISM}
 */
public record Argon2Parameters(int memoryKiB, int iterations, int parallelism) {

  /** The largest accepted memory: 128 MiB. */
  public static final int MAX_MEMORY_KIB = 128 * 1024;

  /** The largest accepted number of passes. */
  public static final int MAX_ITERATIONS = 10;

  /** The largest accepted number of lanes. */
  public static final int MAX_PARALLELISM = 4;

  private static final int MIN_MEMORY_KIB_PER_LANE = 8;

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException if a value is out of its bounds
   */
  public Argon2Parameters {
    if (parallelism < 1 || parallelism > MAX_PARALLELISM) {
      throw new IllegalArgumentException("Argon2id has 1 to " + MAX_PARALLELISM + " lanes here");
    }
    if (memoryKiB < MIN_MEMORY_KIB_PER_LANE * parallelism || memoryKiB > MAX_MEMORY_KIB) {
      throw new IllegalArgumentException(
          "Argon2id takes %d KiB for each lane to %d KiB here"
              .formatted(MIN_MEMORY_KIB_PER_LANE, MAX_MEMORY_KIB));
    }
    if (iterations < 1 || iterations > MAX_ITERATIONS) {
      throw new IllegalArgumentException("Argon2id makes 1 to " + MAX_ITERATIONS + " passes here");
    }
  }

  /**
   * 19 MiB, two passes, one lane: the least that the OWASP Password Storage Cheat Sheet recommends.
   *
   * @return the default
   */
  public static Argon2Parameters recommended() {
    return new Argon2Parameters(19 * 1024, 2, 1);
  }
}
