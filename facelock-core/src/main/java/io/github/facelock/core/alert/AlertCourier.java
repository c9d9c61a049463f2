package io.github.facelock.core.alert;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.Secret;
import io.github.facelock.spi.Alert;
import io.github.facelock.spi.AlertMessage;
import io.github.facelock.spi.AlertSink;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.AuditLog;
import io.github.facelock.spi.NoticeChannel;
import io.github.facelock.spi.store.OutboxEntry;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes due entries out of the outbox, hands them to their sinks and writes down what became of
 * them. Thread-safe; any number of couriers on any number of nodes may work on one outbox.
 *
 * <p>Each try is counted before it is made, and each result is written when it is known. So a
 * process that dies leaves at most those messages to be sent twice that were under way, and an
 * entry that kills its courier is given up after the same number of tries as any other.
 */
final class AlertCourier {

  private static final Logger LOG = LoggerFactory.getLogger(AlertDesk.class);

  /** Longer than the longest time that a sink of ours may take, with a queue before it. */
  static final Duration LEASE = Duration.ofMinutes(10);

  /** No try begins when less than this is left of the lease. */
  static final Duration RESERVE = Duration.ofMinutes(5);

  private static final int AT_A_TIME = 16;
  private static final Duration BUSY = Duration.ofSeconds(5);

  private final SealedOutbox outbox;
  private final Snapshots snapshots;
  private final AcknowledgeTokens tokens;
  private final AlertSettings settings;
  private final AuditLog audit;
  private final Clock clock;
  private final SecureRandom random;
  private final Map<Object, SinkLane> lanes = new ConcurrentHashMap<>();

  AlertCourier(
      SealedOutbox outbox,
      Snapshots snapshots,
      AcknowledgeTokens tokens,
      AlertSettings settings,
      AuditLog audit,
      Clock clock,
      SecureRandom random) {
    this.outbox = outbox;
    this.snapshots = snapshots;
    this.tokens = tokens;
    this.settings = settings;
    this.audit = audit;
    this.clock = clock;
    this.random = random;
  }

  /** Begins to send what is due; each future ends when one entry is dealt with for now. */
  List<CompletableFuture<Void>> pass() {
    Instant now = clock.instant();
    Instant lease = now.plus(LEASE);
    List<CompletableFuture<Void>> work = new ArrayList<>();
    for (OutboxEntry entry : outbox.claim(now, lease, AT_A_TIME)) {
      try {
        work.add(begin(entry, now));
      } catch (RuntimeException | Error e) {
        // The lease ends by itself, and then the entry is tried again.
        LOG.error("Alert {} could not be sent now: {}", entry.id(), describe(e));
      }
    }
    return work;
  }

  void stop() {
    lanes.values().forEach(SinkLane::stop);
  }

  private CompletableFuture<Void> begin(OutboxEntry entry, Instant now) {
    Instant lease = entry.dueAt();
    Optional<AlertCase> content = outbox.open(entry);
    if (content.isEmpty()) {
      if (outbox.bury(entry)) {
        LOG.error(
            "Alert {} cannot be read: its key is missing, or it was altered. It is given up",
            entry.id());
        tell(
            AuditEvent.Type.ALERT_NOT_SENT,
            entry.id(),
            Optional.empty(),
            Map.of("cause", "unreadable"));
      }
      return CompletableFuture.completedFuture(null);
    }
    EscalationPolicy policy = settings.escalation(content.get().severity());
    int levelBefore = content.get().level();
    Optional<AlertCase> begun =
        outbox.updateLeased(entry.id(), lease, found -> found.advanced(policy, now).sending(now));
    if (begun.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    AlertCase sending = begun.get();
    if (sending.level() > levelBefore) {
      tell(
          AuditEvent.Type.ALERT_ESCALATED,
          entry.id(),
          begun,
          Map.of("level", Integer.toString(sending.level())));
    }
    if (levelBefore == 1 && settings.keepsSnapshotOf(sending.alert().cause())) {
      snapshots.develop(entry.id(), now, entry.createdAt().plus(settings.snapshotRetention()));
    }
    List<CompletableFuture<Void>> tries = new ArrayList<>();
    for (Delivery delivery : sending.deliveries()) {
      if (delivery.status() == Delivery.Status.SENDING) {
        tries.add(new Try(entry.id(), lease, sending, delivery).start());
      }
    }
    return CompletableFuture.allOf(tries.toArray(CompletableFuture<?>[]::new))
        .whenComplete((done, fault) -> settle(entry.id(), lease));
  }

  /** Gives the lease back: when the entry is due next, or that it is finished. */
  private void settle(String id, Instant lease) {
    try {
      outbox.update(
          id,
          (entry, content) -> {
            if (!SealedOutbox.isHeld(entry, lease) || content.isBeingSent()) {
              return Optional.empty();
            }
            EscalationPolicy policy = settings.escalation(content.severity());
            Optional<Instant> due = content.nextDue(policy, clock.instant());
            OutboxEntry.State state =
                due.isPresent()
                    ? OutboxEntry.State.WAITING
                    : content.reachedAnybody() || content.acknowledged().isPresent()
                        ? OutboxEntry.State.DONE
                        : OutboxEntry.State.DEAD;
            return Optional.of(new SealedOutbox.Next(state, due.orElse(lease), content));
          });
    } catch (RuntimeException | Error e) {
      LOG.error("What became of alert {} could not be written: {}", id, describe(e));
    }
  }

  /** One try at one target: its sinks one after the other, each on its own lane. */
  private final class Try {
    private final String id;
    private final Instant lease;
    private final AlertCase content;
    private final Delivery delivery;
    private final List<Hop> hops;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private boolean tried;
    private boolean hopeful;
    private Duration patience = Duration.ZERO;

    Try(String id, Instant lease, AlertCase content, Delivery delivery) {
      this.id = id;
      this.lease = lease;
      this.content = content;
      this.delivery = delivery;
      this.hops = content.isNotice() ? noticeHops(content, delivery) : hops(content, delivery);
    }

    CompletableFuture<Void> start() {
      if (delivery.tries() > settings.tries()) {
        end(delivery.ended(Delivery.Status.FAILED), "gave-up");
      } else if (hops.isEmpty()) {
        end(delivery.ended(Delivery.Status.FAILED), "target-gone");
      } else {
        hop(0);
      }
      return done;
    }

    private void hop(int number) {
      if (number == hops.size()) {
        failed();
        return;
      }
      Hop hop = hops.get(number);
      SinkLane lane = lanes.computeIfAbsent(hop.lane(), key -> new SinkLane());
      if (!lane.offer(() -> attempt(hop, number))) {
        hop(number + 1);
      }
    }

    private void attempt(Hop hop, int number) {
      try {
        if (!clock.instant().isBefore(lease.minus(RESERVE))) {
          // Waited too long in the queue: by now the entry may be somebody else's.
          end(delivery.untried(clock.instant()), "");
          return;
        }
        tried = true;
        hop.send().accept(message());
      } catch (FaceLockException.Delivery e) {
        LOG.warn("{} did not take an alert: {}", hop.name(), e.getMessage());
        hopeful |= e.retryable();
        if (e.retryAfter().compareTo(patience) > 0) {
          patience = e.retryAfter();
        }
        hop(number + 1);
        return;
      } catch (RuntimeException | Error e) {
        // Its message is not ours, so it may hold anything.
        LOG.warn("{} failed with {}", hop.name(), e.getClass().getName());
        hop(number + 1);
        return;
      }
      end(delivery.ended(Delivery.Status.SENT), hop.name());
    }

    private AlertMessage message() {
      boolean linked =
          !content.isNotice() && content.acknowledged().isEmpty() && delivery.round() == 0;
      return new AlertMessage(
          String.join(
              ".",
              id,
              delivery.target(),
              Integer.toString(delivery.level()),
              Integer.toString(delivery.round())),
          content.alert(),
          content.severity(),
          content.count(),
          delivery.level(),
          linked ? link() : Optional.empty(),
          content.isNotice() || !settings.keepsSnapshotOf(content.alert().cause())
              ? Optional.empty()
              : snapshots.find(id, clock.instant()));
    }

    private Optional<Secret> link() {
      return settings
          .acknowledgePage()
          .map(
              page -> {
                Secret token =
                    tokens.issue(
                        id, delivery.target(), clock.instant().plus(settings.acknowledgeWithin()));
                String address = page.toString();
                String joint = page.getRawQuery() == null ? "?token=" : "&token=";
                return Secret.of(address + joint + new String(token.reveal()));
              });
    }

    private void failed() {
      if (!tried) {
        // Every lane was full: the sinks are slow, or hang.
        end(delivery.untried(clock.instant().plus(BUSY)), "");
      } else if (hopeful && delivery.tries() < settings.tries()) {
        Duration pause = settings.pauseAfter(delivery.tries(), random.nextDouble());
        end(
            delivery.again(clock.instant().plus(pause.compareTo(patience) > 0 ? pause : patience)),
            "");
      } else {
        end(delivery.ended(Delivery.Status.FAILED), hopeful ? "gave-up" : "refused");
      }
    }

    /** Writes the result down, then into the audit trail. */
    private void end(Delivery outcome, String detail) {
      try {
        boolean written = outbox.updateLeased(id, lease, found -> found.with(outcome)).isPresent();
        if (written && !outcome.isOpen()) {
          boolean sent = outcome.status() == Delivery.Status.SENT;
          tell(
              sent ? AuditEvent.Type.ALERT_SENT : AuditEvent.Type.ALERT_NOT_SENT,
              id,
              Optional.of(content),
              Map.of(
                  "target",
                  content.isNotice() ? "subject" : outcome.target(),
                  "level",
                  Integer.toString(outcome.level()),
                  "tries",
                  Integer.toString(outcome.tries()),
                  "count",
                  Integer.toString(content.count()),
                  sent ? "by" : "cause",
                  detail));
        }
      } catch (RuntimeException | Error e) {
        LOG.error("What became of alert {} could not be written: {}", id, describe(e));
      } finally {
        done.complete(null);
      }
    }
  }

  /** One sink of a target. */
  private record Hop(Object lane, String name, Consumer<AlertMessage> send) {}

  private List<Hop> hops(AlertCase content, Delivery delivery) {
    Optional<AlertTarget> target = settings.escalation(content.severity()).find(delivery.target());
    List<Hop> hops = new ArrayList<>();
    for (AlertSink sink : target.map(AlertTarget::sinks).orElse(List.of())) {
      hops.add(new Hop(sink, sink.getClass().getSimpleName(), sink::deliver));
    }
    return hops;
  }

  private List<Hop> noticeHops(AlertCase content, Delivery delivery) {
    NoticeAddress to = content.recipients().get(Integer.parseInt(delivery.target()));
    List<Hop> hops = new ArrayList<>();
    for (NoticeChannel channel : settings.noticeChannels()) {
      if (channel.addresses().equals(to.factor())) {
        hops.add(
            new Hop(
                channel,
                channel.getClass().getSimpleName(),
                message -> channel.notify(to.address(), settings.noticeLocale(), message)));
      }
    }
    return hops;
  }

  /** Writes the audit trail; an alert that was sent stays sent where that fails. */
  void tell(
      AuditEvent.Type type, String id, Optional<AlertCase> content, Map<String, String> details) {
    Map<String, String> all = new TreeMap<>(details);
    all.put("alert", id);
    Optional<Alert> alert = content.map(AlertCase::alert);
    alert.ifPresent(known -> all.putIfAbsent("alert-cause", known.cause().name()));
    try {
      audit.append(
          new AuditEvent(
              clock.instant(),
              type,
              "",
              alert.flatMap(Alert::subject),
              alert.flatMap(Alert::factor),
              alert.map(Alert::source).orElse("alerts"),
              all));
    } catch (RuntimeException | Error e) {
      LOG.error("What became of alert {} could not be audited: {}", id, describe(e));
    }
  }

  static String describe(Throwable fault) {
    return fault instanceof FaceLockException
        ? String.valueOf(fault.getMessage())
        : fault.getClass().getName();
  }
}
