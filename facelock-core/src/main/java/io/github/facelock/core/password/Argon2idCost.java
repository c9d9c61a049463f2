package io.github.facelock.core.password;

/**
 * What one hash costs (RFC 9106, section 3.1).
 *
 * @param memoryKib 8 × parallelism to 131 072 KiB
 * @param iterations 1 to 16 passes over the memory
 * @param parallelism 1 to 4 lanes
 */
public record Argon2idCost(int memoryKib, int iterations, int parallelism) {

  /** The most that a stored hash may ask for. */
  static final int MAX_MEMORY_KIB = 131_072;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of range
   */
  public Argon2idCost {
    if (parallelism < 1
        || parallelism > 4
        || iterations < 1
        || iterations > 16
        || memoryKib < 8 * parallelism
        || memoryKib > MAX_MEMORY_KIB) {
      throw new IllegalArgumentException(
          "Argon2id: 1 to 4 lanes, 1 to 16 iterations, 8 KiB a lane to 128 MiB");
    }
  }

  /**
   * 19 MiB, two iterations, one lane (OWASP Password Storage Cheat Sheet): about 60 ms.
   *
   * @return the defaults
   */
  public static Argon2idCost ofDefaults() {
    return new Argon2idCost(19 * 1024, 2, 1);
  }
}
