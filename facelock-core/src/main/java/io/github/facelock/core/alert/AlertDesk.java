package io.github.facelock.core.alert;

import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.face.CapturedFrame;
import io.github.facelock.core.crypto.KeyRing;
import io.github.facelock.core.image.DecodeLimits;
import io.github.facelock.core.image.SafePictureDecoder;
import io.github.facelock.spi.Alert;
import io.github.facelock.spi.Alerts;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.AuditLog;
import io.github.facelock.spi.Snapshot;
import io.github.facelock.spi.store.AttemptStore;
import io.github.facelock.spi.store.OutboxEntry;
import io.github.facelock.spi.store.OutboxStore;
import io.github.facelock.spi.store.SnapshotStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes events, makes alerts of them by rules, keeps them in the outbox until they have gone out,
 * and hears who acknowledges them. Thread-safe.
 *
 * <p>When {@link #raise} returns, the alert is in the outbox. Where the outbox fails, the alert
 * waits in memory and is offered to it again; the verdict that it belongs to stands.
 */
public final class AlertDesk implements Alerts, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AlertDesk.class);

  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration PURGE_EVERY = Duration.ofHours(1);
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final Set<Alert.Cause> OWN_ACCOUNT =
      Set.of(Alert.Cause.CREDENTIALS_CHANGED, Alert.Cause.RECOVERY_CODE_USED);

  private final SealedOutbox outbox;
  private final Snapshots snapshots;
  private final AcknowledgeTokens tokens;
  private final Backlog backlog = new Backlog();
  private final AlertIntake intake;
  private final AlertSettings settings;
  private final AlertCourier courier;
  private final Clock clock;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition woken = lock.newCondition();
  private Optional<Thread> thread = Optional.empty();
  private boolean news;
  private boolean closed;
  private Instant purgedAt;

  /**
   * What a desk stands on.
   *
   * @param outbox keeps alerts
   * @param snapshots keeps pictures
   * @param counts counts repetitions and storms
   * @param keys seals alerts and pictures, signs links
   * @param audit takes what became of alerts
   * @param addresses tells where a subject is told about its own account
   * @param clock tells the time
   * @param random spreads tries, names notices
   */
  public record Foundation(
      OutboxStore outbox,
      SnapshotStore snapshots,
      AttemptStore counts,
      KeyRing keys,
      AuditLog audit,
      Function<SubjectId, List<NoticeAddress>> addresses,
      Clock clock,
      SecureRandom random) {}

  /**
   * Makes a desk. Nothing goes out before {@link #start()}, or {@link #deliverDue()}.
   *
   * @param settings who is told what
   * @param on what it stands on
   */
  public AlertDesk(AlertSettings settings, Foundation on) {
    this.settings = Objects.requireNonNull(settings, "settings");
    this.outbox = new SealedOutbox(on.outbox(), on.keys());
    this.snapshots =
        new Snapshots(on.snapshots(), on.keys(), new SafePictureDecoder(DecodeLimits.defaults()));
    this.tokens = new AcknowledgeTokens(on.keys());
    this.clock = on.clock();
    this.intake =
        new AlertIntake(
            settings,
            outbox,
            snapshots,
            new WindowCounter(on.counts(), outbox::idOf),
            on.addresses(),
            clock,
            on.random());
    this.purgedAt = clock.instant();
    this.courier =
        new AlertCourier(outbox, snapshots, tokens, settings, on.audit(), clock, on.random());
  }

  /** Starts the thread that delivers. */
  public void start() {
    Thread worker = new Thread(this::work, "facelock-alert-courier");
    worker.setDaemon(true);
    lock.lock();
    try {
      if (thread.isPresent() || closed) {
        return;
      }
      thread = Optional.of(worker);
    } finally {
      lock.unlock();
    }
    worker.start();
  }

  @Override
  public void raise(Alert event, Optional<CapturedFrame> evidence) {
    raise(event, evidence, List.of());
  }

  /**
   * Raises an event about a subject's addresses: those that were on file before are told too, so
   * that nobody can take an account over in silence.
   *
   * @param event what happened
   * @param former where the subject was told before
   */
  public void raiseChanged(Alert event, List<NoticeAddress> former) {
    raise(event, Optional.empty(), former);
  }

  private void raise(Alert event, Optional<CapturedFrame> evidence, List<NoticeAddress> former) {
    Objects.requireNonNull(event, "event");
    Objects.requireNonNull(evidence, "evidence");
    backlog.durably(
        () ->
            settings
                .rules()
                .judge(event)
                .ifPresent(severity -> intake.record(event, severity, evidence)));
    for (RepetitionRule rule : settings.rules().repetitions()) {
      rule.key(event)
          .ifPresent(key -> backlog.durably(() -> intake.repeat(event, rule, key, evidence)));
    }
    if (OWN_ACCOUNT.contains(event.cause()) && !settings.noticeChannels().isEmpty()) {
      backlog.durably(() -> intake.notice(event, former));
    }
    wake();
  }

  /**
   * Acknowledges an alert: nobody further is told of it.
   *
   * @param token what the link holds after {@code token=}
   * @return what became of it
   */
  public Acknowledgement acknowledge(Secret token) {
    Optional<AcknowledgeTokens.Token> read = tokens.read(token);
    if (read.isEmpty()) {
      return Acknowledgement.UNKNOWN;
    }
    if (!clock.instant().isBefore(read.get().expiresAt())) {
      return Acknowledgement.EXPIRED;
    }
    return acknowledge(read.get().alert(), read.get().target());
  }

  /**
   * Acknowledges an alert for somebody whom the application knows.
   *
   * @param id the alert's id
   * @param by who it is, for the audit trail
   * @return what became of it
   */
  public Acknowledgement acknowledge(String id, String by) {
    Objects.requireNonNull(by, "by");
    boolean[] already = {false};
    Optional<AlertCase> changed =
        outbox.update(
            id,
            (entry, content) -> {
              already[0] = content.acknowledged().isPresent();
              if (already[0] || content.isNotice()) {
                return Optional.empty();
              }
              AlertCase acknowledged =
                  content.acknowledged(new AlertCase.Acknowledged(clock.instant(), by));
              return Optional.of(new SealedOutbox.Next(entry.state(), entry.dueAt(), acknowledged));
            });
    if (changed.isEmpty()) {
      return already[0] ? Acknowledgement.ALREADY : Acknowledgement.UNKNOWN;
    }
    courier.tell(AuditEvent.Type.ALERT_ACKNOWLEDGED, id, changed, Map.of("by", by));
    return Acknowledgement.ACKNOWLEDGED;
  }

  /**
   * Lists alerts and notices, the newest first.
   *
   * @param states in which states
   * @param offset how many to leave out, from 0
   * @param limit the most, at least 1
   * @return what is known of them
   */
  public List<AlertRecord> list(Set<OutboxEntry.State> states, int offset, int limit) {
    return outbox.list(states, offset, limit).stream()
        .map(entry -> AlertRecord.of(entry, outbox.open(entry)))
        .toList();
  }

  /**
   * Finds an alert or notice.
   *
   * @param id its id
   * @return what is known of it
   */
  public Optional<AlertRecord> find(String id) {
    return outbox.find(id).map(entry -> AlertRecord.of(entry, outbox.open(entry)));
  }

  /**
   * Shows who is told what.
   *
   * @return the settings in words
   */
  public AlertOverview overview() {
    return AlertOverview.of(settings);
  }

  /**
   * Finds an alert's picture.
   *
   * @param id the alert's id
   * @return the picture, if one is kept and its time is not over
   */
  public Optional<Snapshot> snapshot(String id) {
    return snapshots.find(id, clock.instant());
  }

  /**
   * Removes the pictures of alerts about a subject who is erased.
   *
   * @param subject whom the alerts concern
   * @return how many pictures there were
   */
  public int eraseSnapshots(SubjectId subject) {
    int erased = 0;
    int page = 200;
    for (int offset = 0; ; offset += page) {
      List<AlertRecord> records = list(EnumSet.allOf(OutboxEntry.State.class), offset, page);
      for (AlertRecord record : records) {
        boolean concerned =
            record.alert().flatMap(Alert::subject).filter(subject::equals).isPresent();
        erased += concerned && snapshots.delete(record.id()) ? 1 : 0;
      }
      if (records.size() < page) {
        return erased;
      }
    }
  }

  /** Removes pictures whose time is over, and finished alerts of long ago. */
  public void purge() {
    Instant now = clock.instant();
    int pictures = snapshots.deleteExpired(now);
    int alerts = outbox.purge(now.minus(settings.keepFinished()));
    if (pictures + alerts > 0) {
      LOG.info("{} expired snapshots and {} finished alerts were removed", pictures, alerts);
    }
  }

  /**
   * Sends what is due now and waits for it; for jobs, tests and programs that end.
   *
   * @return how many entries were dealt with
   */
  public int deliverDue() {
    int dealt = 0;
    while (true) {
      backlog.drain();
      List<CompletableFuture<Void>> work = courier.pass();
      if (work.isEmpty()) {
        return dealt;
      }
      CompletableFuture.allOf(work.toArray(CompletableFuture<?>[]::new)).join();
      dealt += work.size();
    }
  }

  /**
   * Counts the alerts that wait in memory because the outbox failed.
   *
   * @return how many wait now
   */
  public int waitingInMemory() {
    return backlog.size();
  }

  /**
   * Counts the alerts that neither the outbox nor the memory had room for.
   *
   * @return since the start
   */
  public long lost() {
    return backlog.lost();
  }

  private void wake() {
    lock.lock();
    try {
      news = true;
      woken.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void work() {
    while (waitForNews()) {
      try {
        backlog.drain();
        courier.pass();
        Instant now = clock.instant();
        if (Duration.between(purgedAt, now).abs().compareTo(PURGE_EVERY) >= 0) {
          purgedAt = now;
          purge();
        }
      } catch (RuntimeException | Error e) {
        LOG.error("Alerts wait: {}", AlertCourier.describe(e));
      }
    }
  }

  /** Waits until something was raised, or a moment passed; tells whether to go on. */
  private boolean waitForNews() {
    lock.lock();
    try {
      long nanos = POLL.toNanos();
      while (!news && !closed && nanos > 0) {
        nanos = woken.awaitNanos(nanos);
      }
      news = false;
      return !closed;
    } catch (InterruptedException e) {
      return false;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Sends what is due within a few seconds, then stops. What is not sent by then is in the outbox.
   * Closing twice is harmless.
   */
  @Override
  public void close() {
    Optional<Thread> worker;
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      worker = thread;
      woken.signalAll();
    } finally {
      lock.unlock();
    }
    if (worker.isPresent()) {
      CompletableFuture<Void> last = new CompletableFuture<>();
      Thread closing =
          new Thread(
              () -> {
                try {
                  deliverDue();
                } finally {
                  last.complete(null);
                }
              },
              "facelock-alert-close");
      closing.setDaemon(true);
      closing.start();
      try {
        last.get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (ExecutionException | TimeoutException e) {
        LOG.warn("Alerts that could not be sent in time stay in the outbox");
      }
    }
    courier.stop();
  }
}
