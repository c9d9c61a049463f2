package io.github.facelock.spring.autoconfigure;

import io.github.facelock.api.Secret;
import io.github.facelock.core.store.redis.Redis;
import io.github.facelock.core.store.redis.RedisAttemptStore;
import io.github.facelock.core.store.redis.RedisSettings;
import io.github.facelock.core.store.redis.RedisTransactionStore;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/** Keeps logins and counts in Redis. The only class that needs its client, which is optional. */
final class RedisStores {

  private static final String BOOT = "spring.data.redis.";

  private RedisStores() {}

  static ConfiguredStores over(
      ConfiguredStores durable, RedisProperties given, Environment environment, Clock clock) {
    RedisSettings settings =
        FaceLockSettingException.checked("facelock.redis", () -> settings(given, environment));
    Redis redis;
    try {
      redis = Redis.connect(settings, new SecureRandom());
    } catch (RuntimeException e) {
      durable.close();
      throw e;
    }
    return durable.with(
        new RedisTransactionStore(redis, clock),
        new RedisAttemptStore(redis, clock),
        "Redis for logins and attempts",
        redis::close);
  }

  private static RedisSettings settings(RedisProperties given, Environment environment) {
    boolean own = given.host() != null;
    String host = own ? given.host() : environment.getProperty(BOOT + "host");
    if (host == null) {
      throw new FaceLockSettingException(
          "facelock.redis.enabled=true, and no host is named",
          "Set facelock.redis.host, or spring.data.redis.host.");
    }
    int port = own ? given.port() : environment.getProperty(BOOT + "port", Integer.class, 6379);
    RedisSettings settings =
        RedisSettings.of(host, port)
            .database(
                own
                    ? given.database()
                    : environment.getProperty(BOOT + "database", Integer.class, 0))
            .prefix(given.prefix())
            .answersWithin(given.answersWithin())
            .connections(given.connections());
    settings =
        login(
            settings,
            own ? given.username() : environment.getProperty(BOOT + "username"),
            own ? given.password() : secret(environment.getProperty(BOOT + "password")));
    if (own ? given.tls() : environment.getProperty(BOOT + "ssl.enabled", Boolean.class, false)) {
      Path trust = given.trustStore();
      Secret password = given.trustStorePassword();
      settings = trust == null || password == null ? settings.tls() : settings.tls(trust, password);
    }
    return settings;
  }

  private static RedisSettings login(
      RedisSettings settings, @Nullable String user, @Nullable Secret password) {
    if (password == null) {
      return settings;
    }
    return user == null ? settings.password(password) : settings.login(user, password);
  }

  private static @Nullable Secret secret(@Nullable String text) {
    return text == null ? null : Secret.of(text);
  }
}
