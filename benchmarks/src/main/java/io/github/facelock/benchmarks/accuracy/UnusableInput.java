package io.github.facelock.benchmarks.accuracy;

/** What the user gave cannot be measured; the message is one sentence for them. */
public final class UnusableInput extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message cause and cure in one sentence
   */
  public UnusableInput(String message) {
    super(message);
  }

  /**
   * Makes an exception with the one beneath it.
   *
   * @param message cause and cure in one sentence
   * @param cause the exception beneath
   */
  public UnusableInput(String message, Throwable cause) {
    super(message, cause);
  }
}
