package io.github.facelock.core.admin;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.admin.AuditQuery;
import io.github.facelock.api.admin.LoginStatistics;
import io.github.facelock.api.admin.LoginStatistics.Scores;
import io.github.facelock.api.admin.LoginStatistics.Slot;
import io.github.facelock.api.admin.LoginStatistics.Spread;
import io.github.facelock.api.admin.StatisticsQuery;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.store.AuditRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** Counts what the trail says about logins, one page in memory at a time. For one thread. */
final class TrailStatistics {

  private static final Set<String> OUTCOMES =
      Set.of("CHALLENGED", "GRANTED", "DENIED", "LOCKED", "CANCELLED");
  private static final String BEGUN = "begun";

  /** The causes under which a login goes on; every other one is a factor's own. */
  private static final Set<String> ONWARD =
      Set.of(BEGUN, "passed", "chosen", "repeated", "factor-locked");

  private static final Set<String> JUDGED = Set.of("NOT_VERIFIED", "NOT_ACQUIRED");
  private static final int MOST_RECORDS = 200_000;
  private static final int INTERVALS = 20;

  private final StatisticsQuery query;
  private final List<Map<AuditEvent.Type, Long>> counts = new ArrayList<>();
  private final Map<String, Instant> begins = new HashMap<>();
  private final Map<String, Instant> grants = new HashMap<>();
  private final Map<String, Long> denials = new TreeMap<>();
  private final Map<String, Map<String, Long>> refusals = new TreeMap<>();
  private final long[] matched = new long[INTERVALS];
  private final long[] refused = new long[INTERVALS];
  private Instant earliest;
  private boolean complete = true;

  private TrailStatistics(StatisticsQuery query) {
    this.query = query;
    for (int i = 0; i < query.slots(); i++) {
      counts.add(new EnumMap<>(AuditEvent.Type.class));
    }
    this.earliest = query.from();
  }

  static LoginStatistics of(AuditAccess trail, StatisticsQuery query) {
    TrailStatistics counted = new TrailStatistics(query);
    counted.read(trail);
    return counted.result();
  }

  private void read(AuditAccess trail) {
    AuditQuery pages =
        AuditQuery.all()
            .withTypes(OUTCOMES)
            .from(query.from())
            .until(query.until())
            .withLimit(AuditQuery.MAX_LIMIT);
    for (int read = 0; ; ) {
      List<AuditRecord> page = trail.search(pages);
      for (AuditRecord record : page) {
        count(record.event());
      }
      if (page.size() < AuditQuery.MAX_LIMIT) {
        return;
      }
      read += page.size();
      AuditRecord last = page.get(page.size() - 1);
      if (read >= MOST_RECORDS) {
        complete = false;
        earliest = last.event().at();
        return;
      }
      pages = pages.before(last.number());
    }
  }

  private void count(AuditEvent event) {
    String cause = event.details().getOrDefault("cause", "");
    if (event.type() != AuditEvent.Type.CHALLENGED) {
      counts.get(slot(event.at())).merge(event.type(), 1L, Long::sum);
    } else if (cause.equals(BEGUN)) {
      begins.put(event.transaction(), event.at());
    }
    if (event.type() == AuditEvent.Type.GRANTED) {
      grants.put(event.transaction(), event.at());
    }
    if (event.type() == AuditEvent.Type.DENIED) {
      denials.merge(event.details().getOrDefault("reason", "UNKNOWN"), 1L, Long::sum);
    }
    event.factor().ifPresent(factor -> count(event, factor, cause));
  }

  private void count(AuditEvent event, FactorType factor, String cause) {
    boolean wrong = isRefusal(event, cause);
    if (wrong) {
      refusals.computeIfAbsent(factor.id(), none -> new TreeMap<>()).merge(cause, 1L, Long::sum);
    }
    if (factor.equals(FactorType.FACE)) {
      interval(event.details().getOrDefault("score", ""))
          .ifPresent(interval -> (wrong ? refused : matched)[interval]++);
    }
  }

  private static boolean isRefusal(AuditEvent event, String cause) {
    return event.type() == AuditEvent.Type.CHALLENGED
        ? !cause.isEmpty() && !ONWARD.contains(cause)
        : event.type() == AuditEvent.Type.DENIED
            && JUDGED.contains(event.details().getOrDefault("reason", ""));
  }

  private static Optional<Integer> interval(String score) {
    if (!score.matches("-?[0-9]\\.[0-9]{1,6}")) {
      return Optional.empty();
    }
    int interval = (int) (Double.parseDouble(score) * INTERVALS);
    return Optional.of(Math.max(0, Math.min(INTERVALS - 1, interval)));
  }

  private int slot(Instant at) {
    long length = Duration.between(query.from(), query.until()).toMillis();
    long into = Duration.between(query.from(), at).toMillis();
    return (int) Math.max(0, Math.min(query.slots() - 1, into * query.slots() / length));
  }

  private LoginStatistics result() {
    long[] begun = new long[query.slots()];
    begins.values().forEach(at -> begun[slot(at)]++);
    List<Slot> slots = new ArrayList<>();
    long length = Duration.between(query.from(), query.until()).toMillis();
    for (int i = 0; i < query.slots(); i++) {
      Map<AuditEvent.Type, Long> of = counts.get(i);
      slots.add(
          new Slot(
              query.from().plusMillis(length * i / query.slots()),
              begun[i],
              of.getOrDefault(AuditEvent.Type.GRANTED, 0L),
              of.getOrDefault(AuditEvent.Type.DENIED, 0L),
              of.getOrDefault(AuditEvent.Type.LOCKED, 0L),
              of.getOrDefault(AuditEvent.Type.CANCELLED, 0L)));
    }
    return new LoginStatistics(
        earliest, query.until(), complete, slots, denials, refusals, spread(), scores());
  }

  private Optional<Spread> spread() {
    long[] millis =
        grants.entrySet().stream()
            .filter(grant -> begins.containsKey(grant.getKey()))
            .mapToLong(
                grant ->
                    Duration.between(
                            begins.getOrDefault(grant.getKey(), grant.getValue()), grant.getValue())
                        .toMillis())
            .filter(took -> took >= 0)
            .sorted()
            .toArray();
    return millis.length == 0
        ? Optional.empty()
        : Optional.of(
            new Spread(millis.length, rank(millis, 0.5), rank(millis, 0.95), rank(millis, 1)));
  }

  /** The nearest rank: the smallest value that such a share of all does not exceed. */
  private static Duration rank(long[] sorted, double share) {
    int rank = (int) Math.ceil(share * sorted.length);
    return Duration.ofMillis(sorted[Math.max(1, rank) - 1]);
  }

  private Optional<Scores> scores() {
    long all = LongStream.concat(Arrays.stream(matched), Arrays.stream(refused)).sum();
    return all < LoginStatistics.FEWEST_SCORES
        ? Optional.empty()
        : Optional.of(
            new Scores(
                Arrays.stream(matched).boxed().toList(), Arrays.stream(refused).boxed().toList()));
  }
}
