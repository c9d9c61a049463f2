package io.github.facelock.core.risk;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.SubjectId;
import io.github.facelock.spi.FactorContext;
import io.github.facelock.spi.RiskFinding;
import io.github.facelock.spi.RiskResponse;
import io.github.facelock.spi.RiskRule;
import io.github.facelock.spi.store.AttemptRecord;
import io.github.facelock.spi.store.AttemptStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Notices many refused answers in a short time, over all factors: from one source, or for one
 * claimed subject, known or not. Thread-safe, and exact over all nodes that share the store.
 *
 * <p>A window begins with a failure and lasts as long as the rule says; {@code failures} in it are
 * noticed until it ends. This is no limit on guessing (the attempt limiter is) but a sign.
 */
public final class FailureVelocity implements RiskRule {

  private static final int MOST_RACES = 200;

  /** What is counted. */
  public enum Per {
    /** The address or terminal that answers came from. */
    SOURCE,
    /** The name that was claimed. */
    SUBJECT
  }

  private final AttemptStore store;
  private final Per per;
  private final int failures;
  private final Duration window;
  private final Set<RiskResponse> responses;

  /**
   * Makes a rule.
   *
   * @param store counts
   * @param per what is counted
   * @param failures from how many failures on, 1 to 1000
   * @param window in which time, 1 second to 1 day
   * @param responses what follows
   * @throws IllegalArgumentException if a number is out of range, or failures of a subject shall
   *     deny: then anybody could lock anybody out
   */
  public FailureVelocity(
      AttemptStore store, Per per, int failures, Duration window, Set<RiskResponse> responses) {
    this.store = Objects.requireNonNull(store, "store");
    this.per = Objects.requireNonNull(per, "per");
    if (failures < 1 || failures > 1000) {
      throw new IllegalArgumentException("Notice 1 to 1000 failures");
    }
    if (window.compareTo(Duration.ofSeconds(1)) < 0 || window.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException("A window of failures lasts 1 second to 1 day");
    }
    if (per == Per.SUBJECT && responses.contains(RiskResponse.DENY)) {
      throw new IllegalArgumentException(
          "Failures for a subject must not deny: anybody could lock anybody out. Add a step, or"
              + " count per source");
    }
    this.failures = failures;
    this.window = window;
    this.responses = Set.copyOf(responses);
  }

  @Override
  public String name() {
    return per == Per.SOURCE ? "failures-of-source" : "failures-of-subject";
  }

  @Override
  public RiskFinding assess(FactorContext context) {
    Optional<String> key = key(context);
    int counted =
        key.flatMap(store::find)
            .filter(record -> isOpen(record, context.now()))
            .map(AttemptRecord::consecutive)
            .orElse(0);
    return counted < failures
        ? RiskFinding.nothing()
        : new RiskFinding(responses, Map.of("count", Integer.toString(counted)));
  }

  @Override
  public void refused(FactorContext context) {
    Optional<String> key = key(context);
    if (key.isEmpty()) {
      return;
    }
    for (int race = 0; race < MOST_RACES; race++) {
      Optional<AttemptRecord> stored = store.find(key.get());
      if (store.replace(key.get(), next(stored, context.now()))) {
        return;
      }
    }
    throw new FaceLockException.Store(
        "The count of failures was changed by others all the time: let the person try again");
  }

  /** The last time of a record is when its window began; it blocks nobody. */
  private AttemptRecord next(Optional<AttemptRecord> stored, Instant now) {
    long version = stored.map(AttemptRecord::version).orElse(0L) + 1;
    Optional<AttemptRecord> open = stored.filter(record -> isOpen(record, now));
    int before = Math.min(open.map(AttemptRecord::consecutive).orElse(0), Integer.MAX_VALUE - 1);
    Instant begun = open.map(AttemptRecord::lastAt).orElse(now);
    return new AttemptRecord(before + 1, Instant.EPOCH, begun, version);
  }

  /** A clock that was put back leaves a window open: the strict reading. */
  private boolean isOpen(AttemptRecord record, Instant now) {
    return now.isBefore(record.lastAt().plus(window));
  }

  private Optional<String> key(FactorContext context) {
    Optional<String> counted =
        per == Per.SOURCE
            ? Optional.of(context.request().source())
            : context.claimed().map(SubjectId::value);
    return counted.map(text -> "risk:" + name() + ":" + hash(text));
  }

  /** A name of fixed length; the store learns no names. */
  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_16BE));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
