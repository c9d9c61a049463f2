package io.github.facelock.api;

import java.time.Duration;

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

  /** Too much is asked at a time; the same request may succeed later. */
  public static final class Busy extends FaceLockException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception.
     *
     * @param message the cause and the cure
     */
    public Busy(String message) {
      super(message);
    }
  }

  /** A message could not be handed over. */
  public static final class Delivery extends FaceLockException {
    private static final long serialVersionUID = 1L;

    private final boolean retryable;
    private final boolean uncertain;
    private final Duration retryAfter;

    /**
     * Makes an exception.
     *
     * @param message the cause and the cure
     * @param retryable whether the same message may succeed later (greylisting, a time-out)
     * @param cause the exception beneath
     */
    public Delivery(String message, boolean retryable, Throwable cause) {
      this(message, retryable, false, Duration.ZERO, cause);
    }

    private Delivery(
        String message,
        boolean retryable,
        boolean uncertain,
        Duration retryAfter,
        Throwable cause) {
      super(message, cause);
      this.retryable = retryable;
      this.uncertain = uncertain;
      this.retryAfter = retryAfter;
    }

    /**
     * The next hop may have taken the message, though it did not say so: the connection broke after
     * the request went out. Whoever tries again may send twice, so once more is enough.
     *
     * @param message the cause and the cure
     * @param cause the exception beneath
     * @return a retryable exception
     */
    public static Delivery uncertain(String message, Throwable cause) {
      return new Delivery(message, true, true, Duration.ZERO, cause);
    }

    /**
     * The next hop asks for patience.
     *
     * @param message the cause and the cure
     * @param wait how long to wait before the next try, not negative
     * @param cause the exception beneath
     * @return a retryable exception
     * @throws IllegalArgumentException if the wait is negative
     */
    public static Delivery after(String message, Duration wait, Throwable cause) {
      if (wait.isNegative()) {
        throw new IllegalArgumentException("A wait is not negative");
      }
      return new Delivery(message, true, false, wait, cause);
    }

    /**
     * Tells whether trying again makes sense.
     *
     * @return whether the same message may succeed later
     */
    public boolean retryable() {
      return retryable;
    }

    /**
     * Tells whether the message may have been taken all the same.
     *
     * @return whether another try may send it twice
     */
    public boolean uncertain() {
      return uncertain;
    }

    /**
     * Tells how long to wait at least.
     *
     * @return nothing if the next hop named no time
     */
    public Duration retryAfter() {
      return retryAfter;
    }
  }
}
