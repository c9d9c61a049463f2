package io.github.facelock.test;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.spi.Alert;
import io.github.facelock.spi.AlertMessage;
import io.github.facelock.spi.AlertSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An alert sink that keeps what it is told. Thread-safe.
 *
 * <pre>{@code
 * RecordingAlertSink alerts = new RecordingAlertSink();
 * // ... too many wrong answers ...
 * Alert alert = alerts.await(Alert.Cause.LOCKED);
 * }</pre>
 */
public final class RecordingAlertSink implements AlertSink {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<AlertMessage> messages = new ArrayList<>();
  private boolean refusing;

  /** Makes a sink that accepts. */
  public RecordingAlertSink() {}

  @Override
  public void deliver(AlertMessage message) {
    Objects.requireNonNull(message, "message");
    lock.lock();
    try {
      if (refusing) {
        throw new FaceLockException.Delivery(
            "The alert sink refuses every alert; call accept() to end that",
            true,
            new IllegalStateException("asked for by the test"));
      }
      messages.add(message);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Fails from now on. */
  public void refuse() {
    lock.lock();
    try {
      refusing = true;
    } finally {
      lock.unlock();
    }
  }

  /** Takes alerts again. */
  public void accept() {
    lock.lock();
    try {
      refusing = false;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits, at most ten seconds, for an alert.
   *
   * @param cause which kind
   * @return the first of this kind
   * @throws AssertionError if none comes
   */
  public Alert await(Alert.Cause cause) {
    return awaitMessage(cause).alert();
  }

  /**
   * Waits, at most ten seconds, for an alert.
   *
   * @param cause which kind
   * @return the first message of this kind
   * @throws AssertionError if none comes
   */
  public AlertMessage awaitMessage(Alert.Cause cause) {
    Objects.requireNonNull(cause, "cause");
    lock.lock();
    try {
      long nanos = PATIENCE.toNanos();
      while (true) {
        for (AlertMessage message : messages) {
          if (message.alert().cause() == cause) {
            return message;
          }
        }
        if (nanos <= 0) {
          throw new AssertionError(
              "No alert " + cause + " within " + PATIENCE + "; there are " + messages);
        }
        nanos = changed.awaitNanos(nanos);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted while waiting for an alert", e);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Shows what came.
   *
   * @return a copy, in the order of arrival
   */
  public List<Alert> alerts() {
    lock.lock();
    try {
      return messages.stream().map(AlertMessage::alert).toList();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Shows what came, with what a receiver sees of it.
   *
   * @return a copy, in the order of arrival
   */
  public List<AlertMessage> messages() {
    lock.lock();
    try {
      return List.copyOf(messages);
    } finally {
      lock.unlock();
    }
  }
}
