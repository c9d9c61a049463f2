package io.github.facelock.core.alert;

import io.github.facelock.api.SubjectId;
import io.github.facelock.api.face.CapturedFrame;
import io.github.facelock.spi.Alert;
import io.github.facelock.spi.store.OutboxEntry;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Puts events into the outbox as alerts and notices: folded, counted, and held in a storm.
 * Thread-safe; each method may be called again after it failed.
 */
final class AlertIntake {

  private final AlertSettings settings;
  private final SealedOutbox outbox;
  private final Snapshots snapshots;
  private final WindowCounter counter;
  private final Function<SubjectId, List<NoticeAddress>> addresses;
  private final Clock clock;
  private final SecureRandom random;

  AlertIntake(
      AlertSettings settings,
      SealedOutbox outbox,
      Snapshots snapshots,
      WindowCounter counter,
      Function<SubjectId, List<NoticeAddress>> addresses,
      Clock clock,
      SecureRandom random) {
    this.settings = settings;
    this.outbox = outbox;
    this.snapshots = snapshots;
    this.counter = counter;
    this.addresses = addresses;
    this.clock = clock;
    this.random = random;
  }

  /** Counts an event; the one that fills the rule's number is an alert. */
  void repeat(Alert event, RepetitionRule rule, String key, Optional<CapturedFrame> evidence) {
    int number = counter.count(key, rule.within(), clock.instant()).number();
    if (number == rule.times()) {
      Map<String, String> details = new HashMap<>(event.details());
      details.put("of", rule.counted().name());
      details.put("count", Integer.toString(number));
      details.put("within", rule.within().toString());
      record(
          new Alert(
              event.at(),
              Alert.Cause.FAILURES_REPEATED,
              event.subject(),
              event.factor(),
              event.source(),
              details),
          rule.severity(),
          evidence);
    }
  }

  /** One alert, unless it is folded into one that is there. */
  void record(Alert alert, Alert.Severity severity, Optional<CapturedFrame> evidence) {
    Instant now = clock.instant();
    long fold = settings.foldWithin().toMillis();
    long window = Math.floorDiv(alert.at().toEpochMilli(), fold);
    Instant foldUntil = Instant.ofEpochMilli((window + 1) * fold);
    String id =
        outbox.idOf(
            alert.cause()
                + "\n"
                + alert.subject().map(SubjectId::value).orElse("")
                + "\n"
                + alert.source()
                + "\n"
                + window);
    if (repeated(id)) {
      return;
    }
    WindowCounter.Count storm =
        counter.count("storm " + alert.cause(), settings.stormWithin(), now);
    boolean held = storm.number() > settings.stormCap();
    EscalationPolicy policy = settings.escalation(severity);
    boolean added =
        held
            ? outbox.insert(
                id, OutboxEntry.State.DONE, now, now, AlertCase.held(alert, severity, foldUntil))
            : outbox.insert(
                id,
                OutboxEntry.State.WAITING,
                now,
                now,
                AlertCase.opened(alert, severity, foldUntil, policy, now));
    if (!added) {
      repeated(id);
      return;
    }
    if (held) {
      sumUp(alert, severity, storm.until(), now);
    }
    if (settings.keepsSnapshotOf(alert.cause())) {
      evidence.ifPresent(
          frame -> snapshots.keep(id, frame, now.plus(settings.snapshotRetention())));
    }
  }

  /** Counts one more of an alert that is there; tells whether it is. */
  private boolean repeated(String id) {
    return outbox
        .update(
            id,
            (entry, content) -> {
              AlertCase more = content.repeated();
              boolean reopens =
                  entry.state() == OutboxEntry.State.DONE
                      && !content.held()
                      && content.acknowledged().isEmpty();
              return Optional.of(
                  reopens
                      ? new SealedOutbox.Next(
                          OutboxEntry.State.WAITING, later(content.foldUntil()), more)
                      : new SealedOutbox.Next(entry.state(), entry.dueAt(), more));
            })
        .isPresent();
  }

  private Instant later(Instant time) {
    Instant now = clock.instant();
    return time.isAfter(now) ? time : now;
  }

  /** One summary of what was held, at the end of the storm's window. */
  private void sumUp(Alert alert, Alert.Severity severity, Instant until, Instant now) {
    String id = outbox.idOf("storm\n" + alert.cause() + "\n" + until);
    if (repeated(id)) {
      return;
    }
    Alert summary =
        new Alert(
            alert.at(),
            Alert.Cause.STORM,
            Optional.empty(),
            Optional.empty(),
            alert.source(),
            Map.of("of", alert.cause().name(), "until", until.toString()));
    AlertCase content =
        AlertCase.opened(summary, severity, until, settings.escalation(severity), until);
    if (!outbox.insert(id, OutboxEntry.State.WAITING, now, until, content)) {
      repeated(id);
    }
  }

  /** Tells a subject about its own account, where it was told before too. */
  void notice(Alert event, List<NoticeAddress> former) {
    List<NoticeAddress> all =
        Stream.concat(former.stream(), event.subject().map(addresses).orElse(List.of()).stream())
            .distinct()
            .filter(
                to ->
                    settings.noticeChannels().stream()
                        .anyMatch(channel -> channel.addresses().equals(to.factor())))
            .limit(16)
            .toList();
    if (all.isEmpty()) {
      return;
    }
    Instant now = clock.instant();
    byte[] number = new byte[16];
    random.nextBytes(number);
    String id = "n" + HexFormat.of().formatHex(number);
    outbox.insert(
        id,
        OutboxEntry.State.WAITING,
        now,
        now,
        AlertCase.notice(event, Alert.Severity.INFO, all, now));
  }
}
