package io.github.facelock.spi;

import io.github.facelock.api.face.CapturedFrame;
import java.util.Optional;

/**
 * Where alerts are raised: by the engine, by factors, by the application's own sensors.
 * Thread-safe. Returns soon, never waits for who is told, and throws nothing that a caller would
 * have to heed. When it returns, the alert is as durable as the outbox behind it.
 */
@FunctionalInterface
public interface Alerts {

  /**
   * Raises an alert.
   *
   * @param alert what happened
   * @param evidence what the camera saw, if anything; kept only where the rules say so, encrypted
   *     and for a limited time, and in no log
   */
  void raise(Alert alert, Optional<CapturedFrame> evidence);

  /**
   * Raises an alert of which there is no picture.
   *
   * @param alert what happened
   */
  default void raise(Alert alert) {
    raise(alert, Optional.empty());
  }
}
