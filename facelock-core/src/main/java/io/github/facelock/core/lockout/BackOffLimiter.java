package io.github.facelock.core.lockout;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.core.lockout.LockoutRules.BackOff;
import io.github.facelock.core.lockout.LockoutRules.SourceLimit;
import io.github.facelock.spi.Attempt;
import io.github.facelock.spi.AttemptLimiter;
import io.github.facelock.spi.store.AttemptRecord;
import io.github.facelock.spi.store.AttemptStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Back-off first, then a lock (NIST SP 800-63B-4, section 3.2.2). Keeps two counts for an attempt:
 * the consecutive failures of the claimed subject with the factor, and the failures of the source
 * with the factor in a window of time. Both are changed by compare-and-set before the answer is
 * judged, so the limits are exact under concurrency.
 *
 * <p>A clock that is set back ends no wait early and makes none longer than its full length,
 * counted from the next attempt. Thread-safe; all state is in the store.
 */
public final class BackOffLimiter implements AttemptLimiter {

  /** Each lost race means that another attempt was counted, so this is never reached in peace. */
  private static final int MAX_RACES = 1000;

  private final AttemptStore store;
  private final LockoutRules rules;
  private final Clock clock;

  /**
   * Makes a limiter.
   *
   * @param store where counts live
   * @param rules the limits
   * @param clock tells the time
   */
  public BackOffLimiter(AttemptStore store, LockoutRules rules, Clock clock) {
    this.store = Objects.requireNonNull(store, "store");
    this.rules = Objects.requireNonNull(rules, "rules");
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  @Override
  public Charge charge(Attempt attempt) {
    Instant now = clock.instant();
    FactorType factor = attempt.factor();
    String sourceKey = AttemptKey.ofSource(attempt.source(), factor);
    if (attempt.claimed().isEmpty()) {
      Optional<Instant> blocked = chargeSource(sourceKey, now);
      return blocked.isPresent()
          ? new Charge.Blocked(blocked.get())
          : new Charge.Permitted(attempt);
    }
    String subjectKey = AttemptKey.ofSubject(attempt.claimed().get(), factor);
    // Looked at first, so that tries against a locked subject take no room from their source.
    Optional<AttemptRecord> locked =
        store.find(subjectKey).filter(r -> now.isBefore(r.blockedUntil()) && !isAhead(r, now));
    if (locked.isPresent()) {
      return new Charge.Blocked(locked.get().blockedUntil());
    }
    Optional<Instant> blocked = chargeSource(sourceKey, now);
    if (blocked.isPresent()) {
      return new Charge.Blocked(blocked.get());
    }
    Charge charge = chargeSubject(subjectKey, attempt, now);
    if (charge instanceof Charge.Blocked) {
      giveBackToSource(sourceKey, now);
    }
    return charge;
  }

  @Override
  public void refund(Charge.Permitted permitted) {
    Attempt attempt = permitted.attempt();
    giveBackToSource(AttemptKey.ofSource(attempt.source(), attempt.factor()), clock.instant());
    if (attempt.claimed().isEmpty()) {
      return;
    }
    BackOff rule = rules.of(attempt.factor().kind());
    change(
        AttemptKey.ofSubject(attempt.claimed().get(), attempt.factor()),
        stored -> {
          int failures = Math.max(0, stored.consecutive() - 1);
          // A wait ends with the attempt that caused it, but not one that another attempt caused.
          boolean waits = failures >= rule.free() && stored.version() != permitted.mark();
          return next(stored, failures, waits ? stored.blockedUntil() : stored.lastAt());
        });
  }

  @Override
  public void succeeded(Charge.Permitted permitted) {
    Attempt attempt = permitted.attempt();
    giveBackToSource(AttemptKey.ofSource(attempt.source(), attempt.factor()), clock.instant());
    if (attempt.claimed().isPresent()) {
      change(
          AttemptKey.ofSubject(attempt.claimed().get(), attempt.factor()),
          stored -> next(stored, 0, stored.lastAt()));
    }
  }

  @Override
  public void unlock(SubjectId subject, FactorType factor) {
    store.delete(AttemptKey.ofSubject(subject, factor));
  }

  /**
   * Lets a source try a factor again at once: for administrators.
   *
   * @param source the address or terminal, as in requests
   * @param factor the factor
   */
  public void unlockSource(String source, FactorType factor) {
    store.delete(AttemptKey.ofSource(source, factor));
  }

  private Charge chargeSubject(String key, Attempt attempt, Instant now) {
    BackOff rule = rules.of(attempt.factor().kind());
    for (int race = 0; race < MAX_RACES; race++) {
      Optional<AttemptRecord> stored = store.find(key);
      Optional<AttemptRecord> counted = stored.map(record -> anchored(record, now));
      if (counted.isPresent() && now.isBefore(counted.get().blockedUntil())) {
        // Written only if the clock was set back, so that the wait has an end.
        if (counted.equals(stored) || store.replace(key, nextVersion(counted.get()))) {
          return new Charge.Blocked(counted.get().blockedUntil());
        }
        continue;
      }
      int failures = counted.map(AttemptRecord::consecutive).orElse(0) + 1;
      Instant until =
          failures >= rule.hardCap() ? Instant.MAX : now.plus(rule.delayAfter(failures));
      AttemptRecord charged = new AttemptRecord(failures, until, now, versionAfter(stored));
      if (store.replace(key, charged)) {
        return new Charge.Permitted(attempt, charged.version());
      }
    }
    throw contended();
  }

  /** Counts one attempt of a source; tells until when it is blocked instead, if it is. */
  private Optional<Instant> chargeSource(String key, Instant now) {
    SourceLimit limit = rules.source();
    Instant windowEnd = windowStart(now).plus(limit.window());
    for (int race = 0; race < MAX_RACES; race++) {
      Optional<AttemptRecord> stored = store.find(key);
      Optional<AttemptRecord> counted = stored.map(record -> anchored(record, now));
      int failures =
          counted.filter(r -> !isStale(r, now)).map(AttemptRecord::consecutive).orElse(0);
      if (failures >= limit.failures()) {
        if (counted.equals(stored) || store.replace(key, nextVersion(counted.orElseThrow()))) {
          return Optional.of(windowEnd);
        }
        continue;
      }
      Instant until = failures + 1 >= limit.failures() ? windowEnd : now;
      if (store.replace(key, new AttemptRecord(failures + 1, until, now, versionAfter(stored)))) {
        return Optional.empty();
      }
    }
    throw contended();
  }

  private void giveBackToSource(String key, Instant now) {
    change(
        key,
        stored ->
            isStale(stored, now)
                ? stored
                : next(stored, Math.max(0, stored.consecutive() - 1), stored.lastAt()));
  }

  private boolean isStale(AttemptRecord stored, Instant now) {
    return windowStart(stored.lastAt()).isBefore(windowStart(now));
  }

  private Instant windowStart(Instant at) {
    long length = rules.source().window().toMillis();
    return Instant.ofEpochMilli(Math.floorDiv(at.toEpochMilli(), length) * length);
  }

  private interface Change {
    AttemptRecord of(AttemptRecord stored);
  }

  private void change(String key, Change change) {
    for (int race = 0; race < MAX_RACES; race++) {
      Optional<AttemptRecord> stored = store.find(key);
      if (stored.isEmpty()) {
        return; // An administrator unlocked meanwhile.
      }
      AttemptRecord changed = change.of(stored.get());
      if (changed.equals(stored.get()) || store.replace(key, changed)) {
        return;
      }
    }
    throw contended();
  }

  /** The record as it counts at a time; a wait begins anew where the clock was set back. */
  private static AttemptRecord anchored(AttemptRecord stored, Instant now) {
    if (!isAhead(stored, now)) {
      return stored;
    }
    Duration wait = Duration.between(stored.lastAt(), stored.blockedUntil());
    return new AttemptRecord(stored.consecutive(), now.plus(wait), now, stored.version());
  }

  private static boolean isAhead(AttemptRecord stored, Instant now) {
    return now.isBefore(stored.lastAt()) && !stored.blockedUntil().equals(Instant.MAX);
  }

  private static AttemptRecord next(AttemptRecord stored, int consecutive, Instant blockedUntil) {
    return new AttemptRecord(consecutive, blockedUntil, stored.lastAt(), stored.version() + 1);
  }

  private static AttemptRecord nextVersion(AttemptRecord stored) {
    return next(stored, stored.consecutive(), stored.blockedUntil());
  }

  private static long versionAfter(Optional<AttemptRecord> stored) {
    return stored.map(AttemptRecord::version).orElse(0L) + 1;
  }

  private static FaceLockException contended() {
    return new FaceLockException.Store(
        "An attempt record changed "
            + MAX_RACES
            + " times while it was written; check that the attempt store compares versions");
  }
}
