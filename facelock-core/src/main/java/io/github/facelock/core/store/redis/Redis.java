package io.github.facelock.core.store.redis;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.Secret;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.DefaultRedisCredentials;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.SetParams;

/**
 * Connections to one Redis server, for {@link RedisTransactionStore} and {@link RedisAttemptStore}.
 * Thread-safe; open one for the life of the application and close it after the FaceLock.
 *
 * <p><strong>What Redis must promise.</strong> Attempt records are security state. Configure {@code
 * appendonly yes}, {@code appendfsync always} (or {@code everysec}, and accept that a crash of the
 * server forgets a second of failures), and {@code maxmemory-policy noeviction}. A mark tells that
 * the data are those that this process began with: when the server comes back empty, or somebody
 * flushes it, attempts are no longer judged and logins are denied with {@link
 * FaceLockException.Store}, until the application is restarted on purpose. A replica that takes
 * over may lack the last writes and cannot be told from the primary.
 */
public final class Redis implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Redis.class);

  private final RedisClient client;
  private final RedisSettings settings;
  private final byte[] mark;

  private Redis(RedisClient client, RedisSettings settings, byte[] mark) {
    this.client = client;
    this.settings = settings;
    this.mark = mark;
  }

  /**
   * Connects.
   *
   * @param settings how the server is reached
   * @param random draws the mark of an empty server
   * @return the connections
   * @throws FaceLockException.Store if the server does not answer as it should; the message has the
   *     cure
   */
  public static Redis connect(RedisSettings settings, SecureRandom random) {
    RedisClient client = client(settings);
    try {
      byte[] key = key(settings.prefix() + "mark");
      byte[] drawn = new byte[16];
      random.nextBytes(drawn);
      byte[] fresh = HexFormat.of().formatHex(drawn).getBytes(StandardCharsets.US_ASCII);
      if (client.set(key, fresh, SetParams.setParams().nx()) != null) {
        LOG.warn(
            "Redis at {} held nothing of this installation: attempts are counted from nought."
                + " Unless it is new, find out how the data was lost",
            settings);
      }
      byte[] mark = client.get(key);
      warnOfLoss(client, settings);
      return new Redis(client, settings, mark == null ? fresh : mark);
    } catch (JedisException e) {
      client.close();
      throw fault(settings, e);
    }
  }

  private static RedisClient client(RedisSettings settings) {
    int millis = Math.toIntExact(settings.within().toMillis());
    DefaultJedisClientConfig.Builder config =
        DefaultJedisClientConfig.builder()
            .connectionTimeoutMillis(millis)
            .socketTimeoutMillis(millis)
            .database(settings.database())
            .clientName("facelock");
    settings
        .password()
        .ifPresent(
            password -> {
              char[] revealed = reveal(password);
              config.credentials(
                  settings
                      .user()
                      .map(user -> new DefaultRedisCredentials(user, revealed))
                      .orElseGet(() -> new DefaultRedisCredentials(null, revealed)));
            });
    if (settings.encrypted()) {
      // The whole chain and, as in HTTPS (RFC 9525), the name are checked.
      SslOptions.Builder tls = SslOptions.builder().sslVerifyMode(SslVerifyMode.FULL);
      settings
          .trust()
          .ifPresent(trust -> tls.truststore(trust.file().toFile(), trust.password().reveal()));
      config.sslOptions(tls.build());
    }
    ConnectionPoolConfig pool = new ConnectionPoolConfig();
    pool.setMaxTotal(settings.connections());
    pool.setMaxIdle(settings.connections());
    pool.setMaxWait(settings.within());
    return RedisClient.builder()
        .hostAndPort(settings.host(), settings.port())
        .clientConfig(config.build())
        .poolConfig(pool)
        .build();
  }

  private static char[] reveal(Secret password) {
    return password.reveal();
  }

  private static void warnOfLoss(RedisClient client, RedisSettings settings) {
    String info;
    try {
      info = client.info("persistence") + client.info("memory");
    } catch (JedisException e) {
      LOG.info(
          "Redis at {} does not show its settings to this user; see the documentation", settings);
      return;
    }
    if (info.contains("aof_enabled:0")) {
      LOG.warn(
          "Redis at {} keeps no append-only file: a restart of it forgets failed attempts and denies"
              + " all logins until this application is restarted. Set appendonly yes",
          settings);
    }
    if (!info.contains("maxmemory_policy:noeviction")) {
      LOG.warn(
          "Redis at {} may throw attempt records away when its memory is full. Set maxmemory-policy"
              + " noeviction",
          settings);
    }
  }

  RedisSettings settings() {
    return settings;
  }

  /** Text that is not Unicode is kept apart too: each UTF-16 unit counts. */
  byte[] key(String kind, String name) {
    byte[] start = key(settings.prefix() + kind);
    byte[] key = Arrays.copyOf(start, start.length + 2 * name.length());
    for (int i = 0; i < name.length(); i++) {
      key[start.length + 2 * i] = (byte) (name.charAt(i) >> 8);
      key[start.length + 2 * i + 1] = (byte) name.charAt(i);
    }
    return key;
  }

  byte[] markKey() {
    return key(settings.prefix() + "mark");
  }

  byte[] mark() {
    return mark.clone();
  }

  private static byte[] key(String ascii) {
    return ascii.getBytes(StandardCharsets.US_ASCII);
  }

  /** Once more on a fresh connection if one broke: each command of ours may be repeated. */
  <T> T ask(Function<RedisClient, T> command) {
    try {
      try {
        return command.apply(client);
      } catch (JedisConnectionException e) {
        client.getPool().clear(); // Those of before a restart of the server are all broken.
        return command.apply(client);
      }
    } catch (JedisException e) {
      throw fault(settings, e);
    }
  }

  Object run(byte[] script, List<byte[]> keys, List<byte[]> arguments) {
    return ask(redis -> redis.eval(script, keys, arguments));
  }

  static FaceLockException.Store lost(RedisSettings settings) {
    return new FaceLockException.Store(
        "Redis at "
            + settings
            + " lost its data since this application started, failed attempts among them. Logins are"
            + " denied: find out why, restore the data if you can, and restart the application to"
            + " count from what is there");
  }

  private static FaceLockException.Store fault(RedisSettings settings, JedisException e) {
    return new FaceLockException.Store(
        "Redis at "
            + settings
            + " does not answer, or refuses: check that it runs, its password and access list, and"
            + " its memory. The request may be repeated",
        e);
  }

  /** Closes the connections. Closing twice is harmless. */
  @Override
  public void close() {
    client.close();
  }

  /** Shortest life of a key: Redis counts by its own clock, which may differ from ours. */
  static long lifeMillis(Duration left) {
    Duration life = (left.isNegative() ? Duration.ZERO : left).plus(Duration.ofMinutes(1));
    return life.compareTo(Duration.ofDays(36_500)) > 0
        ? Duration.ofDays(36_500).toMillis()
        : life.toMillis();
  }
}
