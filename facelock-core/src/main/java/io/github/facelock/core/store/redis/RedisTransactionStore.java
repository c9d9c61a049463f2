package io.github.facelock.core.store.redis;

import io.github.facelock.spi.store.TransactionStore;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import redis.clients.jedis.params.SetParams;

/**
 * Open logins in Redis, for several nodes. Taking is one {@code GETDEL}, so one caller at most gets
 * a state. Redis removes what expired. Thread-safe.
 */
public final class RedisTransactionStore implements TransactionStore {

  private static final String KIND = "login:";
  private static final int TIME = Long.BYTES + Integer.BYTES;

  private final Redis redis;
  private final Clock clock;

  /**
   * Keeps logins in a server.
   *
   * @param redis the connections
   * @param clock tells how long a state has to live
   */
  public RedisTransactionStore(Redis redis, Clock clock) {
    this.redis = Objects.requireNonNull(redis, "redis");
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  @Override
  public void put(String key, byte[] state, Instant expiresAt) {
    byte[] value =
        ByteBuffer.allocate(TIME + state.length)
            .putLong(expiresAt.getEpochSecond())
            .putInt(expiresAt.getNano())
            .put(state)
            .array();
    long life = Redis.lifeMillis(Duration.between(clock.instant(), expiresAt));
    byte[] name = redis.key(KIND, key);
    String unused = redis.ask(r -> r.set(name, value, SetParams.setParams().px(life)));
  }

  @Override
  public Optional<byte[]> take(String key, Instant now) {
    Objects.requireNonNull(now, "now");
    byte[] name = redis.key(KIND, key);
    Optional<byte[]> value = redis.ask(r -> Optional.ofNullable(r.getDel(name)));
    return value
        .filter(bytes -> bytes.length >= TIME && now.isBefore(expiry(bytes)))
        .map(bytes -> Arrays.copyOfRange(bytes, TIME, bytes.length));
  }

  private static Instant expiry(byte[] value) {
    ByteBuffer in = ByteBuffer.wrap(value);
    return Instant.ofEpochSecond(in.getLong(), in.getInt());
  }
}
