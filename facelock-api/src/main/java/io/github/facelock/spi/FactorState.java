package io.github.facelock.spi;

/**
 * What a factor remembers between question and answer. The engine stores it encrypted. Immutable.
 */
public final class FactorState {

  /** The largest state, in bytes. */
  public static final int MAX_LENGTH = 4096;

  private static final FactorState EMPTY = new FactorState(new byte[0]);

  private final byte[] bytes;

  private FactorState(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Nothing to remember.
   *
   * @return the empty state
   */
  public static FactorState empty() {
    return EMPTY;
  }

  /**
   * Remembers bytes in a format of the factor's own.
   *
   * @param bytes at most {@value #MAX_LENGTH}; copied
   * @return the state
   * @throws IllegalArgumentException if there are more
   */
  public static FactorState of(byte[] bytes) {
    if (bytes.length > MAX_LENGTH) {
      throw new IllegalArgumentException("A factor's state has at most " + MAX_LENGTH + " bytes");
    }
    return new FactorState(bytes.clone());
  }

  /**
   * Shows the bytes.
   *
   * @return a copy
   */
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public String toString() {
    return "FactorState[redacted]";
  }
}
