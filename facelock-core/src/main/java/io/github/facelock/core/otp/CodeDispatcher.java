package io.github.facelock.core.otp;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.core.crypto.KeyRing;
import io.github.facelock.spi.Alert;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.AuditLog;
import io.github.facelock.spi.OtpChannel;
import io.github.facelock.spi.SendReceipt;
import io.github.facelock.spi.store.AttemptStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
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
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends codes on threads of its own, so that no login waits for a mail server. Thread-safe.
 *
 * <p>The channels of a message's factor are tried in order. Where one of them may take the message
 * later (greylisting, a time-out), it is tried again after a pause, until the code expires. For
 * each message one {@link AuditEvent.Type#CODE_SENT} or {@link AuditEvent.Type#CODE_NOT_SENT} is
 * audited, with the number of tries; where it was sent, the channel, the status and the provider's
 * reference; where not, the cause: {@code queue-full}, {@code no-channel}, {@code budget} (and
 * which one), {@code refused}, {@code uncertain}, {@code expired}, {@code shut-down}, {@code
 * fault}.
 *
 * <p>A message is charged to the send budgets before its first try, here and not in the request, so
 * that the time of a request does not tell whose subject has an address. Where a channel cannot
 * know whether a message was taken, one more try is made in all: at most one duplicate.
 *
 * <p>Where a provider that took a message reports later that it failed, the channels behind that
 * one are tried, while the code lives: as a message of its own, charged to the budgets and audited
 * with {@code instead-of}. Each channel is given a message once at most.
 */
public final class CodeDispatcher implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CodeDispatcher.class);

  /** By then the request is answered: a sender at work beside it would slow it down. */
  private static final Duration HAND_OVER = Duration.ofMillis(20);

  private final List<OtpChannel> channels;
  private final Optional<SendBudget> budget;
  private final AuditLog audit;
  private final Consumer<? super Alert> alerts;
  private final Clock clock;
  private final DeliverySettings settings;
  private final Semaphore room;
  private final Semaphore pretences;
  private final ThreadPoolExecutor workers;
  private final ScheduledExecutorService timer;
  private final Reportable reportable;
  private final Set<Job> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * Starts the threads, without send budgets.
   *
   * @param channels where codes go out, the preferred channel of a factor first
   * @param audit takes what became of each message
   * @param clock tells when codes expire
   * @param settings how hard to work
   */
  public CodeDispatcher(
      List<? extends OtpChannel> channels, AuditLog audit, Clock clock, DeliverySettings settings) {
    this(channels, Optional.empty(), audit, alert -> {}, clock, settings);
  }

  /**
   * Starts the threads, with send budgets.
   *
   * @param channels where codes go out, the preferred channel of a factor first
   * @param budgets how many may go out
   * @param counts where they are counted, shared by all nodes
   * @param keys gives the key under which destinations are hashed there
   * @param audit takes what became of each message
   * @param alerts takes an {@link Alert.Cause#SEND_BUDGET_EXCEEDED}; must neither block nor fail
   * @param clock tells when codes expire
   * @param settings how hard to work
   */
  public CodeDispatcher(
      List<? extends OtpChannel> channels,
      SendBudgets budgets,
      AttemptStore counts,
      KeyRing keys,
      AuditLog audit,
      Consumer<? super Alert> alerts,
      Clock clock,
      DeliverySettings settings) {
    this(
        channels,
        Optional.of(new SendBudget(budgets, counts, keys, clock)),
        audit,
        alerts,
        clock,
        settings);
  }

  private CodeDispatcher(
      List<? extends OtpChannel> channels,
      Optional<SendBudget> budget,
      AuditLog audit,
      Consumer<? super Alert> alerts,
      Clock clock,
      DeliverySettings settings) {
    this.channels = List.copyOf(channels);
    this.budget = budget;
    this.alerts = Objects.requireNonNull(alerts, "alerts");
    this.audit = Objects.requireNonNull(audit, "audit");
    this.clock = Objects.requireNonNull(clock, "clock");
    this.settings = settings;
    this.reportable = new Reportable(settings.capacity());
    this.room = new Semaphore(settings.capacity());
    this.pretences = new Semaphore(settings.capacity());
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

  /** Tells whether some channel carries codes of a factor. */
  boolean serves(FactorType factor) {
    return channels.stream().anyMatch(channel -> channel.factor().equals(factor));
  }

  /** Takes a message; returns at once. */
  void dispatch(CodeDelivery delivery) {
    start(delivery, room);
  }

  /** Goes the same way in the same time, and sends and audits nothing. */
  void pretend(CodeDelivery delivery) {
    start(delivery, pretences);
  }

  private void start(CodeDelivery delivery, Semaphore place) {
    reportable.supersede(delivery);
    start(
        new Job(
            delivery,
            channels.stream()
                .filter(channel -> channel.factor().equals(delivery.factor()))
                .toList(),
            Map.of(),
            place));
  }

  /** Sends a message by the next channel: the one that took it says that it will not arrive. */
  void undelivered(OtpChannel channel, String reference) {
    reportable
        .take(channel, reference, clock.instant())
        .ifPresent(
            kept ->
                start(
                    new Job(
                        kept.delivery(),
                        kept.others(),
                        Map.of("instead-of", channel.name()),
                        room)));
  }

  private void start(Job job) {
    if (closed) {
      job.settle(AuditEvent.Type.CODE_NOT_SENT, Map.of("cause", "shut-down"));
    } else {
      boolean placed = job.place.tryAcquire();
      if (placed) {
        open.add(job);
      }
      Runnable next = placed ? job::begin : job::drop;
      try {
        later(next, HAND_OVER);
      } catch (RejectedExecutionException e) {
        next.run();
      }
    }
  }

  private void later(Runnable work, Duration delay) {
    var unused = timer.schedule(work, delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Takes no more messages and gives those under way a bounded time. What is not sent by then, and
   * what waits for another try, is audited as not sent.
   */
  @Override
  public void close() {
    closed = true;
    timer.shutdownNow();
    open.forEach(Job::begin);
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
      job.fail("shut-down");
    }
    reportable.clear();
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
    private static final int MOST_UNCERTAIN = 2;

    private final CodeDelivery delivery;
    private final Map<String, String> facts;
    private final Semaphore place;
    private final Map<OtpChannel, Instant> hopeful = new LinkedHashMap<>();
    private final Set<OtpChannel> perhapsTaken = new HashSet<>();
    private final AtomicBoolean begun = new AtomicBoolean();
    private final AtomicBoolean settled = new AtomicBoolean();
    private final AtomicInteger tries = new AtomicInteger();
    private boolean charged;
    private int uncertain;

    /**
     * Takes a message.
     *
     * @param place whose permit it has while it is under way: that of pretences is sent nowhere
     */
    Job(CodeDelivery delivery, List<OtpChannel> by, Map<String, String> facts, Semaphore place) {
      this.delivery = delivery;
      this.facts = facts;
      this.place = place;
      by.forEach(channel -> hopeful.put(channel, Instant.EPOCH));
    }

    /** For the first time: when the pause after the request is over, or when all ends. */
    void begin() {
      if (!begun.compareAndSet(false, true)) {
        return;
      }
      if (place == pretences) {
        fail("pretence");
      } else {
        submit();
      }
    }

    void drop() {
      settle(AuditEvent.Type.CODE_NOT_SENT, Map.of("cause", "queue-full"));
    }

    private void submit() {
      try {
        workers.execute(this);
      } catch (RejectedExecutionException e) {
        fail("shut-down");
      }
    }

    @Override
    public void run() {
      if (hopeful.isEmpty()) {
        fail("no-channel");
      } else if (!clock.instant().isBefore(delivery.expiresAt())) {
        fail("expired");
      } else if (isCharged() && !sent()) {
        if (uncertain >= MOST_UNCERTAIN) {
          fail("uncertain");
        } else if (hopeful.isEmpty()) {
          fail("refused");
        } else {
          tryLater();
        }
      }
    }

    /** Once for each message, before its first try. A budget that cannot be asked sends nothing. */
    private boolean isCharged() {
      if (charged || budget.isEmpty()) {
        return true;
      }
      try {
        Optional<String> exceeded = budget.get().charge(delivery);
        charged = exceeded.isEmpty();
        exceeded.ifPresent(this::refuseForBudget);
      } catch (RuntimeException | Error e) {
        LOG.error("A send budget could not be asked: {}", e.getClass().getName());
        fail("fault");
      }
      return charged;
    }

    private void refuseForBudget(String name) {
      finish(AuditEvent.Type.CODE_NOT_SENT, Map.of("cause", "budget", "budget", name));
      alerts.accept(
          new Alert(
              clock.instant(),
              Alert.Cause.SEND_BUDGET_EXCEEDED,
              Optional.of(delivery.subject()),
              Optional.of(delivery.factor()),
              delivery.source(),
              Map.of("budget", name)));
    }

    private boolean sent() {
      tries.incrementAndGet();
      for (OtpChannel channel : List.copyOf(hopeful.keySet())) {
        Instant now = clock.instant();
        if (now.isBefore(hopeful.getOrDefault(channel, Instant.EPOCH))) {
          continue;
        }
        SendReceipt receipt;
        try {
          receipt = channel.send(delivery.message());
        } catch (FaceLockException.Delivery e) {
          LOG.warn("A code was not sent: {}", e.getMessage());
          hopeful.put(channel, now.plus(e.retryAfter()));
          if (!e.retryable()) {
            hopeful.remove(channel);
          }
          if (e.uncertain()) {
            perhapsTaken.add(channel);
            uncertain++;
          }
          if (uncertain >= MOST_UNCERTAIN) {
            return false;
          }
          continue;
        } catch (RuntimeException | Error e) {
          // Only the class: a foreign message may hold the address or the code.
          LOG.error("A channel of {} failed with {}", delivery.factor(), e.getClass().getName());
          hopeful.remove(channel);
          continue;
        }
        succeed(channel, receipt);
        return true;
      }
      return false;
    }

    private void tryLater() {
      Instant now = clock.instant();
      Duration delay = settings.pauseAfter(tries.get());
      Instant earliest =
          hopeful.values().stream().min(Comparator.naturalOrder()).orElse(now).minus(delay);
      Duration wait = earliest.isAfter(now) ? delay.plus(Duration.between(now, earliest)) : delay;
      if (!now.plus(wait).isBefore(delivery.expiresAt())) {
        fail("expired");
        return;
      }
      try {
        later(this::submit, wait);
      } catch (RejectedExecutionException e) {
        fail("shut-down");
      }
    }

    private void succeed(OtpChannel channel, SendReceipt receipt) {
      Map<String, String> details = new HashMap<>();
      details.put("channel", channel.name());
      details.put("status", CodeReports.word(receipt.status()));
      receipt.reference().ifPresent(reference -> details.put("reference", reference));
      hopeful.remove(channel);
      hopeful.keySet().removeAll(perhapsTaken);
      if (receipt.reference().isPresent() && !hopeful.isEmpty()) {
        Reportable.Kept kept = new Reportable.Kept(delivery, List.copyOf(hopeful.keySet()));
        reportable.keep(channel, receipt.reference().get(), kept, clock.instant());
      }
      finish(AuditEvent.Type.CODE_SENT, details);
    }

    void fail(String cause) {
      finish(AuditEvent.Type.CODE_NOT_SENT, Map.of("cause", cause));
    }

    private void finish(AuditEvent.Type type, Map<String, String> details) {
      if (settle(type, details)) {
        open.remove(this);
        place.release();
      }
    }

    boolean settle(AuditEvent.Type type, Map<String, String> details) {
      if (!settled.compareAndSet(false, true)) {
        return false;
      }
      if (place == pretences) {
        return true;
      }
      Map<String, String> all = new HashMap<>(details);
      all.putAll(facts);
      all.put("tries", tries.toString());
      try {
        audit.append(
            new AuditEvent(
                clock.instant(),
                type,
                delivery.transaction(),
                Optional.of(delivery.subject()),
                Optional.of(delivery.factor()),
                delivery.source(),
                all));
      } catch (RuntimeException | Error e) {
        LOG.error("What became of a code could not be audited: {}", e.getClass().getName());
      }
      return true;
    }
  }
}
