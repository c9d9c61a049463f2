package io.github.facelock.api;

/**
 * A fault of the system, never a verdict about a person. The message names the cause and the cure,
 * and holds no secret. The authenticator turns it into {@link DenialReason#UNAVAILABLE}; set-up
 * calls let it through.
 */
public class FaceLockException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message the cause and the cure
   */
  public FaceLockException(String message) {
    super(message);
  }

  /**
   * Makes an exception with the one beneath it.
   *
   * @param message the cause and the cure
   * @param cause the exception beneath
   */
  public FaceLockException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Weights are missing, altered, or not of the expected shape. */
  public static final class Model extends FaceLockException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception.
     *
     * @param message the cause and the cure
     */
    public Model(String message) {
      super(message);
    }

    /**
     * Makes an exception with the one beneath it.
     *
     * @param message the cause and the cure
     * @param cause the exception beneath
     */
    public Model(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** A native library cannot be loaded on this machine. */
  public static final class NativeLibrary extends FaceLockException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception with the one beneath it.
     *
     * @param message the cause and the cure
     * @param cause the exception beneath
     */
    public NativeLibrary(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** A camera or a video file cannot be opened, or gives no pictures. */
  public static final class Camera extends FaceLockException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception.
     *
     * @param message the cause and the cure
     */
    public Camera(String message) {
      super(message);
    }

    /**
     * Makes an exception with the one beneath it.
     *
     * @param message the cause and the cure
     * @param cause the exception beneath
     */
    public Camera(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** A store does not answer, or holds what cannot be read. */
  public static final class Store extends FaceLockException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception.
     *
     * @param message the cause and the cure
     */
    public Store(String message) {
      super(message);
    }

    /**
     * Makes an exception with the one beneath it.
     *
     * @param message the cause and the cure
     * @param cause the exception beneath
     */
    public Store(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** A key is missing, or does not fit what was sealed with it. */
  public static final class Key extends FaceLockException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception.
     *
     * @param message the cause and the cure
     */
    public Key(String message) {
      super(message);
    }

    /**
     * Makes an exception with the one beneath it.
     *
     * @param message the cause and the cure
     * @param cause the exception beneath
     */
    public Key(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** A message could not be handed over. */
  public static final class Delivery extends FaceLockException {
    private static final long serialVersionUID = 1L;

    private final boolean retryable;

    /**
     * Makes an exception.
     *
     * @param message the cause and the cure
     * @param retryable whether the same message may succeed later (greylisting, a time-out)
     * @param cause the exception beneath
     */
    public Delivery(String message, boolean retryable, Throwable cause) {
      super(message, cause);
      this.retryable = retryable;
    }

    /**
     * Tells whether trying again makes sense.
     *
     * @return whether the same message may succeed later
     */
    public boolean retryable() {
      return retryable;
    }
  }
}
