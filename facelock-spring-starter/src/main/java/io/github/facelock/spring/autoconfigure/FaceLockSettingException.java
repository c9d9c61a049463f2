package io.github.facelock.spring.autoconfigure;

import java.util.function.Supplier;

/** A setting that FaceLock cannot start with. Holds no secret. */
public final class FaceLockSettingException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String cure;

  /**
   * Makes an exception.
   *
   * @param problem what is wrong, naming the property
   * @param cure what to do
   */
  public FaceLockSettingException(String problem, String cure) {
    super(problem);
    this.cure = cure;
  }

  private FaceLockSettingException(String problem, String cure, RuntimeException cause) {
    super(problem, cause);
    this.cure = cure;
  }

  /**
   * Tells what to do.
   *
   * @return whole sentences
   */
  public String cure() {
    return cure;
  }

  /** Says under which properties a value was refused; the parts of FaceLock do not know that. */
  static <T> T checked(String properties, Supplier<T> make) {
    try {
      return make.get();
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new FaceLockSettingException(
          "A value of " + properties + " was refused: " + e.getMessage(),
          "Correct " + properties + ".",
          e);
    }
  }
}
