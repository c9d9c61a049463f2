package io.github.facelock.spi;

/**
 * Tells somebody: mail, SMS, a webhook, a sound, a log. Thread-safe. Called from a delivery thread;
 * a failing sink never changes a verdict. After a crash a message may come once more, with the same
 * {@link AlertMessage#id()}.
 */
@FunctionalInterface
public interface AlertSink {

  /**
   * Hands an alert over, within a bounded time.
   *
   * @param message what to tell
   * @throws io.github.facelock.api.FaceLockException.Delivery if it could not be handed over
   */
  void deliver(AlertMessage message);
}
