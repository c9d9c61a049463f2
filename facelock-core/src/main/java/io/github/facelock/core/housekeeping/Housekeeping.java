package io.github.facelock.core.housekeeping;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs chores when they are due by a clock, one after the other on one thread. A chore that fails
 * is reported, logged, and tried again at its next time; it stops no other one. Thread-safe.
 */
public final class Housekeeping implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
  private static final long PATIENCE_SECONDS = 10;

  private final Clock clock;
  private final List<Turn> turns = new ArrayList<>();
  private final Object oneRun = new Object();
  private Optional<ScheduledExecutorService> scheduler = Optional.empty();

  /**
   * Takes chores; runs nothing yet.
   *
   * @param chores what is to be done
   * @param clock tells what is due
   */
  public Housekeeping(List<Chore> chores, Clock clock) {
    this.clock = Objects.requireNonNull(clock, "clock");
    chores.forEach(chore -> turns.add(new Turn(chore)));
  }

  /** Looks once a second, from now until {@link #close()}, for what is due. */
  public synchronized void start() {
    if (scheduler.isPresent()) {
      return;
    }
    ScheduledThreadPoolExecutor thread =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread daemon = new Thread(work, "facelock-housekeeping");
              daemon.setDaemon(true);
              return daemon;
            });
    // The first run is soon: a process that restarts often would else never do any.
    var unused = thread.scheduleWithFixedDelay(this::runDue, 1, 1, TimeUnit.SECONDS);
    scheduler = Optional.of(thread);
  }

  /**
   * Runs what is due now, on the caller's thread: for applications with a scheduler of their own.
   */
  public void runDue() {
    synchronized (oneRun) {
      for (Turn turn : turns) {
        if (Thread.currentThread().isInterrupted()) {
          return;
        }
        turn.runIfDue(clock.instant());
      }
    }
  }

  /**
   * Tells how each chore goes.
   *
   * @return in the order in which they were given
   */
  public List<ChoreReport> reports() {
    return turns.stream().map(Turn::report).toList();
  }

  /** Ends the thread after the chore that it is at. Closing twice is harmless. */
  @Override
  public void close() {
    Optional<ScheduledExecutorService> thread;
    synchronized (this) {
      thread = scheduler;
    }
    if (thread.isEmpty()) {
      return;
    }
    thread.get().shutdown();
    try {
      if (!thread.get().awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        thread.get().shutdownNow();
      }
    } catch (InterruptedException e) {
      thread.get().shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private static final class Turn {
    private final Chore chore;
    private Optional<Instant> begun = Optional.empty();
    private Optional<Instant> lastRun = Optional.empty();
    private Optional<String> fault = Optional.empty();
    private long total;

    Turn(Chore chore) {
      this.chore = chore;
    }

    void runIfDue(Instant now) {
      // Without its sign, so that a clock set back does not stop the chore.
      boolean due =
          begun
              .map(at -> Duration.between(at, now).abs().compareTo(chore.every()) >= 0)
              .orElse(true);
      if (!due) {
        return;
      }
      begun = Optional.of(now);
      try {
        long count = chore.work().run(now);
        synchronized (this) {
          lastRun = Optional.of(now);
          fault = Optional.empty();
          total += count;
        }
      } catch (RuntimeException e) {
        LOG.warn(
            "Housekeeping: {} failed and is tried again in {}", chore.name(), chore.every(), e);
        synchronized (this) {
          fault = Optional.of(e.toString());
        }
      }
    }

    synchronized ChoreReport report() {
      return new ChoreReport(chore.name(), lastRun, total, fault);
    }
  }
}
