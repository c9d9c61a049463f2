package io.github.facelock.core.alert;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The one thread that calls one sink, with a short queue: a sink that hangs holds up neither logins
 * nor other sinks. The thread ends when there is nothing to do.
 */
final class SinkLane {

  /** Room for several passes of a courier: a burst alone must not look like a sink that hangs. */
  static final int QUEUE = 64;

  private final ThreadPoolExecutor executor;

  SinkLane() {
    executor =
        new ThreadPoolExecutor(
            1,
            1,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(QUEUE),
            task -> {
              Thread thread = new Thread(task, "facelock-alerts");
              thread.setDaemon(true);
              return thread;
            });
    executor.allowCoreThreadTimeOut(true);
  }

  /** Runs something soon; tells whether there was room. */
  boolean offer(Runnable task) {
    try {
      executor.execute(task);
      return true;
    } catch (RejectedExecutionException full) {
      return false;
    }
  }

  /** Takes nothing more; interrupts what hangs. */
  void stop() {
    executor.shutdownNow();
  }
}
