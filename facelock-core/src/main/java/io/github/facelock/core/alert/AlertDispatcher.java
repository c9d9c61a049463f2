package io.github.facelock.core.alert;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.face.CapturedFrame;
import io.github.facelock.spi.Alert;
import io.github.facelock.spi.AlertMessage;
import io.github.facelock.spi.AlertSink;
import io.github.facelock.spi.Alerts;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands alerts to sinks, away from the request's thread. Each sink has its own bounded queue and
 * its own daemon thread, so that one which hangs delays neither logins nor the other sinks. When a
 * queue is full, new alerts for that sink are dropped, counted and logged. Thread-safe.
 */
public final class AlertDispatcher implements Alerts, AutoCloseable {

  /** Room in each sink's queue. */
  public static final int DEFAULT_CAPACITY = 1000;

  private static final Logger LOG = LoggerFactory.getLogger(AlertDispatcher.class);
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final List<Lane> lanes;
  private final AtomicLong number = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final Duration grace;

  /**
   * Starts a dispatcher with the default room, which gives its sinks five seconds when it is
   * closed.
   *
   * @param sinks who tells whom; may be empty
   */
  public AlertDispatcher(List<? extends AlertSink> sinks) {
    this(sinks, DEFAULT_CAPACITY, GRACE);
  }

  /**
   * Starts a dispatcher.
   *
   * @param sinks who tells whom; may be empty
   * @param capacity room in each sink's queue, at least 1
   * @param grace how long {@link #close} waits for what is queued
   * @throws IllegalArgumentException if the capacity is smaller or the time negative
   */
  public AlertDispatcher(List<? extends AlertSink> sinks, int capacity, Duration grace) {
    if (capacity < 1 || grace.isNegative()) {
      throw new IllegalArgumentException(
          "A dispatcher needs room for one alert, and time to close");
    }
    this.grace = grace;
    this.lanes = sinks.stream().map(sink -> new Lane(sink, capacity)).toList();
  }

  /**
   * Queues an alert for every sink. Never blocks and never fails.
   *
   * @param alert what to tell
   * @param evidence not told
   */
  @Override
  public void raise(Alert alert, Optional<CapturedFrame> evidence) {
    if (alert.cause() == Alert.Cause.ATTEMPT_FAILED) {
      return;
    }
    AlertMessage message =
        AlertMessage.of("m" + number.incrementAndGet(), alert, Alert.Severity.WARNING);
    lanes.forEach(lane -> lane.executor.execute(() -> deliver(lane.sink, message)));
  }

  /**
   * Counts the alerts that found no room, or came after the end, for each sink that missed one.
   *
   * @return since the start
   */
  public long dropped() {
    return dropped.get();
  }

  /**
   * Counts the deliveries that a sink refused.
   *
   * @return since the start
   */
  public long failed() {
    return failed.get();
  }

  /** Delivers what is queued within the grace, drops the rest. Closing twice is harmless. */
  @Override
  public void close() {
    lanes.forEach(lane -> lane.executor.shutdown());
    long left = grace.toMillis() / Math.max(1, lanes.size());
    boolean interrupted = false;
    for (Lane lane : lanes) {
      try {
        if (!interrupted && lane.executor.awaitTermination(left, TimeUnit.MILLISECONDS)) {
          continue;
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
      dropped.addAndGet(lane.executor.shutdownNow().size());
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void deliver(AlertSink sink, AlertMessage alert) {
    try {
      sink.deliver(alert);
    } catch (FaceLockException e) {
      failed.incrementAndGet();
      LOG.warn("{} did not take an alert: {}", sink.getClass().getName(), e.getMessage());
    } catch (RuntimeException | Error e) {
      // Its message is not ours, so it may hold anything.
      failed.incrementAndGet();
      LOG.warn("{} failed with {}", sink.getClass().getName(), e.getClass().getName());
    }
  }

  private final class Lane {
    private final AlertSink sink;
    private final ThreadPoolExecutor executor;

    Lane(AlertSink sink, int capacity) {
      this.sink = Objects.requireNonNull(sink, "sink");
      this.executor =
          new ThreadPoolExecutor(
              1,
              1,
              0,
              TimeUnit.SECONDS,
              new ArrayBlockingQueue<>(capacity),
              task -> {
                Thread thread = new Thread(task, "facelock-alerts");
                thread.setDaemon(true);
                return thread;
              },
              (task, full) -> {
                long count = dropped.incrementAndGet();
                LOG.warn(
                    "{} is too slow or closed: {} alerts dropped",
                    sink.getClass().getName(),
                    count);
              });
    }
  }
}
