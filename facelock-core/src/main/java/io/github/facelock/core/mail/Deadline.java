package io.github.facelock.core.mail;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Bounds what the current thread does, by interrupting it: a socket channel on which it waits is
 * then closed beneath it. Read time-outs alone do not bound a server that sends byte by byte.
 *
 * <p>Closed by the thread that opened it, which is then no longer interrupted on its account.
 */
final class Deadline implements AutoCloseable {

  private final Thread worker = Thread.currentThread();
  private final Future<?> alarm;
  private boolean over;
  private boolean missed;

  Deadline(ScheduledExecutorService timer, Duration within) {
    this.alarm = timer.schedule(this::miss, within.toMillis(), TimeUnit.MILLISECONDS);
  }

  private synchronized void miss() {
    if (!over) {
      missed = true;
      worker.interrupt();
    }
  }

  /** Tells whether time ran out. */
  synchronized boolean missed() {
    return missed;
  }

  @Override
  public void close() {
    boolean interrupted;
    synchronized (this) {
      over = true;
      interrupted = missed;
    }
    alarm.cancel(false);
    if (interrupted) {
      Thread.interrupted();
    }
  }
}
