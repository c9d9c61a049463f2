package io.github.facelock.core.store.redis;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.spi.store.AttemptRecord;
import io.github.facelock.spi.store.AttemptStore;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Attempt records in Redis, for several nodes: compare-and-set by a script, which the server runs
 * whole. Thread-safe.
 *
 * <p>Before each answer the script compares the mark that {@link Redis} found at its start: with
 * data that were lost meanwhile nothing is judged. A record without failures lives two days longer
 * than it blocks, one with failures as long as {@code keep}; one that blocks until an administrator
 * unlocks never ends by itself.
 */
public final class RedisAttemptStore implements AttemptStore {

  /** How long failures are remembered after the last one. */
  public static final Duration DEFAULT_KEEP = Duration.ofDays(400);

  private static final String KIND = "attempt:";
  private static final Duration IDLE = Duration.ofDays(2);

  private static final byte[] FIND =
      script(
          """
          if redis.call('GET', KEYS[2]) ~= ARGV[1] then return 'lost' end
          return redis.call('GET', KEYS[1]) or 'none'
          """);

  /** Versions are compared as texts: Lua's numbers are exact up to 2^53 only. */
  private static final byte[] REPLACE =
      script(
          """
          if redis.call('GET', KEYS[2]) ~= ARGV[1] then return 'lost' end
          local stored = redis.call('GET', KEYS[1])
          local version = '0'
          if stored then version = string.match(stored, '^%d+') end
          if version ~= ARGV[2] then return 'no' end
          if ARGV[4] == '' then redis.call('SET', KEYS[1], ARGV[3])
          else redis.call('SET', KEYS[1], ARGV[3], 'PX', ARGV[4]) end
          return 'yes'
          """);

  private static final Pattern RECORD =
      Pattern.compile("(\\d+) (\\d+) (-?\\d+)\\.(\\d+) (-?\\d+)\\.(\\d+)");

  private final Redis redis;
  private final Clock clock;
  private final Duration keep;

  /**
   * Keeps records in a server, with failures for {@link #DEFAULT_KEEP}.
   *
   * @param redis the connections
   * @param clock tells how long a record has to live
   */
  public RedisAttemptStore(Redis redis, Clock clock) {
    this(redis, clock, DEFAULT_KEEP);
  }

  /**
   * Keeps records in a server.
   *
   * @param redis the connections
   * @param clock tells how long a record has to live
   * @param keep how long failures are remembered after the last one, at least two days
   */
  public RedisAttemptStore(Redis redis, Clock clock, Duration keep) {
    this.redis = Objects.requireNonNull(redis, "redis");
    this.clock = Objects.requireNonNull(clock, "clock");
    this.keep = Objects.requireNonNull(keep, "keep");
    if (keep.compareTo(IDLE) < 0) {
      throw new IllegalArgumentException("Failures are remembered for two days or longer");
    }
  }

  @Override
  public Optional<AttemptRecord> find(String key) {
    String reply = run(FIND, key, List.of(redis.mark()));
    return reply.equals("none") ? Optional.empty() : Optional.of(decode(reply));
  }

  @Override
  public boolean replace(String key, AttemptRecord next) {
    String reply =
        run(
            REPLACE,
            key,
            List.of(
                redis.mark(),
                ascii(Long.toString(next.version() - 1)),
                ascii(encode(next)),
                ascii(life(next))));
    return reply.equals("yes");
  }

  @Override
  public void delete(String key) {
    byte[] name = redis.key(KIND, key);
    long unused = redis.ask(r -> r.del(name));
  }

  private String run(byte[] script, String key, List<byte[]> arguments) {
    List<byte[]> keys = List.of(redis.key(KIND, key), redis.markKey());
    Object reply = redis.run(script, keys, arguments);
    String text =
        reply instanceof byte[] bytes
            ? new String(bytes, StandardCharsets.US_ASCII)
            : String.valueOf(reply);
    if (text.equals("lost")) {
      throw Redis.lost(redis.settings());
    }
    return text;
  }

  /** In milliseconds; empty for ever. */
  private String life(AttemptRecord record) {
    Instant now = clock.instant();
    Duration least = record.consecutive() == 0 ? IDLE : keep;
    Instant never = now.plus(keep).plus(keep);
    if (record.blockedUntil().isAfter(never)) {
      return "";
    }
    Duration blocked = Duration.between(now, record.blockedUntil());
    return Long.toString(
        Redis.lifeMillis((blocked.isNegative() ? Duration.ZERO : blocked).plus(least)));
  }

  private static String encode(AttemptRecord record) {
    return record.version()
        + " "
        + record.consecutive()
        + " "
        + text(record.blockedUntil())
        + " "
        + text(record.lastAt());
  }

  private static String text(Instant at) {
    return at.getEpochSecond() + "." + at.getNano();
  }

  private static AttemptRecord decode(String text) {
    Matcher parts = RECORD.matcher(text);
    if (!parts.matches()) {
      throw new FaceLockException.Store(
          "An attempt record in Redis cannot be read: it was written by another program or version."
              + " Give this installation a prefix of its own");
    }
    return new AttemptRecord(
        Integer.parseInt(parts.group(2)),
        instant(parts.group(3), parts.group(4)),
        instant(parts.group(5), parts.group(6)),
        Long.parseLong(parts.group(1)));
  }

  private static Instant instant(String second, String nano) {
    return Instant.ofEpochSecond(Long.parseLong(second), Long.parseLong(nano));
  }

  private static byte[] script(String text) {
    return ascii(text);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
