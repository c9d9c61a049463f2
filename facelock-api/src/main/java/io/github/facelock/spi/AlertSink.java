package io.github.facelock.spi;

/**
 * Tells somebody: mail, SMS, a webhook, a sound, a log. Thread-safe. Called from a delivery thread;
 * a failing sink never changes a verdict.
 */
@FunctionalInterface
public interface AlertSink {

  /**
   * Hands an alert over, within a bounded time.
   *
   * @param alert what to tell
   * @throws io.github.facelock.api.FaceLockException.Delivery if it could not be handed over
   */
  void deliver(Alert alert);
}
