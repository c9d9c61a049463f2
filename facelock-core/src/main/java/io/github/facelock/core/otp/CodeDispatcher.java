package io.github.facelock.core.otp;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.AuditLog;
import io.github.facelock.spi.OtpChannel;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends codes on threads of its own, so that no login waits for a mail server. Thread-safe.
 *
 * <p>The channels of a message's factor are tried in order. Where one of them may take the message
 * later (greylisting, a time-out), it is tried again after a pause, until the code expires. For
 * each message one {@link AuditEvent.Type#CODE_SENT} or {@link AuditEvent.Type#CODE_NOT_SENT} is
 * audited, with the number of tries and, where nothing was sent, the cause: {@code queue-full},
 * {@code no-channel}, {@code refused}, {@code expired}, {@code shut-down}.
 */
public final class CodeDispatcher implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CodeDispatcher.class);

  private final List<OtpChannel> channels;
  private final AuditLog audit;
  private final Clock clock;
  private final DeliverySettings settings;
  private final Semaphore room;
  private final ThreadPoolExecutor workers;
  private final ScheduledExecutorService timer;
  private final Set<Job> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * Starts the threads.
   *
   * @param channels where codes go out, the preferred channel of a factor first
   * @param audit takes what became of each message
   * @param clock tells when codes expire
   * @param settings how hard to work
   */
  public CodeDispatcher(
      List<? extends OtpChannel> channels, AuditLog audit, Clock clock, DeliverySettings settings) {
    this.channels = List.copyOf(channels);
    this.audit = Objects.requireNonNull(audit, "audit");
    this.clock = Objects.requireNonNull(clock, "clock");
    this.settings = settings;
    this.room = new Semaphore(settings.capacity());
    ThreadFactory threads = daemons();
    this.workers =
        new ThreadPoolExecutor(
            settings.threads(),
            settings.threads(),
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(settings.capacity()),
            threads);
    this.timer = Executors.newSingleThreadScheduledExecutor(threads);
  }

  /** Takes a message; returns at once. */
  void dispatch(CodeDelivery delivery) {
    Job job = new Job(delivery);
    if (closed) {
      job.settle(AuditEvent.Type.CODE_NOT_SENT, "shut-down");
    } else if (!room.tryAcquire()) {
      job.settle(AuditEvent.Type.CODE_NOT_SENT, "queue-full");
    } else {
      open.add(job);
      job.submit();
    }
  }

  /**
   * Takes no more messages and gives those under way a bounded time. What is not sent by then, and
   * what waits for another try, is audited as not sent.
   */
  @Override
  public void close() {
    closed = true;
    timer.shutdownNow();
    workers.shutdown();
    try {
      if (!workers.awaitTermination(settings.closeWithin().toMillis(), TimeUnit.MILLISECONDS)) {
        workers.shutdownNow();
      }
    } catch (InterruptedException e) {
      workers.shutdownNow();
      Thread.currentThread().interrupt();
    }
    for (Job job : open) {
      job.finish(AuditEvent.Type.CODE_NOT_SENT, "shut-down");
    }
  }

  private static ThreadFactory daemons() {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, "facelock-delivery-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /** One message on its way. Only one thread at a time runs it. */
  private final class Job implements Runnable {
    private final CodeDelivery delivery;
    private final List<OtpChannel> hopeful = new ArrayList<>();
    private final AtomicBoolean settled = new AtomicBoolean();
    private final AtomicInteger tries = new AtomicInteger();

    Job(CodeDelivery delivery) {
      this.delivery = delivery;
      for (OtpChannel channel : channels) {
        if (channel.factor().equals(delivery.factor())) {
          hopeful.add(channel);
        }
      }
    }

    void submit() {
      try {
        workers.execute(this);
      } catch (RejectedExecutionException e) {
        finish(AuditEvent.Type.CODE_NOT_SENT, "shut-down");
      }
    }

    @Override
    public void run() {
      if (hopeful.isEmpty()) {
        finish(AuditEvent.Type.CODE_NOT_SENT, "no-channel");
      } else if (!clock.instant().isBefore(delivery.expiresAt())) {
        finish(AuditEvent.Type.CODE_NOT_SENT, "expired");
      } else if (sent()) {
        finish(AuditEvent.Type.CODE_SENT, "");
      } else if (hopeful.isEmpty()) {
        finish(AuditEvent.Type.CODE_NOT_SENT, "refused");
      } else {
        tryLater();
      }
    }

    private boolean sent() {
      tries.incrementAndGet();
      for (OtpChannel channel : List.copyOf(hopeful)) {
        try {
          channel.send(delivery.message());
          return true;
        } catch (FaceLockException.Delivery e) {
          LOG.warn("A code was not sent: {}", e.getMessage());
          if (!e.retryable()) {
            hopeful.remove(channel);
          }
        } catch (RuntimeException | Error e) {
          // Only the class: a foreign message may hold the address or the code.
          LOG.error("A channel of {} failed with {}", delivery.factor(), e.getClass().getName());
          hopeful.remove(channel);
        }
      }
      return false;
    }

    private void tryLater() {
      Duration delay = settings.pauseAfter(tries.get());
      if (!clock.instant().plus(delay).isBefore(delivery.expiresAt())) {
        finish(AuditEvent.Type.CODE_NOT_SENT, "expired");
        return;
      }
      try {
        var unused = timer.schedule(this::submit, delay.toMillis(), TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException e) {
        finish(AuditEvent.Type.CODE_NOT_SENT, "shut-down");
      }
    }

    void finish(AuditEvent.Type type, String cause) {
      if (settle(type, cause)) {
        open.remove(this);
        room.release();
      }
    }

    boolean settle(AuditEvent.Type type, String cause) {
      if (!settled.compareAndSet(false, true)) {
        return false;
      }
      Map<String, String> details =
          cause.isEmpty()
              ? Map.of("tries", tries.toString())
              : Map.of("tries", tries.toString(), "cause", cause);
      try {
        audit.append(
            new AuditEvent(
                clock.instant(),
                type,
                delivery.transaction(),
                Optional.of(delivery.subject()),
                Optional.of(delivery.factor()),
                delivery.source(),
                details));
      } catch (RuntimeException | Error e) {
        LOG.error("What became of a code could not be audited: {}", e.getClass().getName());
      }
      return true;
    }
  }
}
