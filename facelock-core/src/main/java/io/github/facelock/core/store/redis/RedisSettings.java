package io.github.facelock.core.store.redis;

import io.github.facelock.api.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a Redis server (6.2 or newer, one primary) is reached. Immutable; never prints its password.
 */
public final class RedisSettings {

  private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._:{}-]{1,64}");

  private final String host;
  private final int port;
  private final Optional<String> user;
  private final Optional<Secret> password;
  private final boolean tls;
  private final Optional<Trust> trust;
  private final int database;
  private final String prefix;
  private final Duration within;
  private final int connections;

  private RedisSettings(Draft draft) {
    this.host = draft.host;
    this.port = draft.port;
    this.user = draft.user;
    this.password = draft.password;
    this.tls = draft.tls;
    this.trust = draft.trust;
    this.database = draft.database;
    this.prefix = draft.prefix;
    this.within = draft.within;
    this.connections = draft.connections;
  }

  /**
   * A server without password and TLS: for a trusted network of your own only.
   *
   * @param host name or address
   * @param port 1 to 65 535; 6379 is usual
   * @return the settings: database 0, prefix {@code facelock:}, two seconds, 16 connections
   */
  public static RedisSettings of(String host, int port) {
    if (host.isBlank() || port < 1 || port > 65_535) {
      throw new IllegalArgumentException("A Redis server has a host and a port of 1 to 65 535");
    }
    return new RedisSettings(new Draft(host, port));
  }

  /**
   * Logs in.
   *
   * @param password the password
   * @return other settings
   */
  public RedisSettings password(Secret password) {
    Draft draft = new Draft(this);
    draft.password = Optional.of(password);
    return new RedisSettings(draft);
  }

  /**
   * Logs in as a user of the server's access control list.
   *
   * @param user the user
   * @param password the password
   * @return other settings
   */
  public RedisSettings login(String user, Secret password) {
    Draft draft = new Draft(this);
    draft.user = Optional.of(user);
    draft.password = Optional.of(password);
    return new RedisSettings(draft);
  }

  /**
   * Encrypts the connection; the server's certificate must be valid for the host, by an authority
   * that this Java runtime trusts.
   *
   * @return other settings
   */
  public RedisSettings tls() {
    Draft draft = new Draft(this);
    draft.tls = true;
    return new RedisSettings(draft);
  }

  /**
   * Encrypts the connection; the server's certificate must be valid for the host, by an authority
   * of a key store.
   *
   * @param trustStore a PKCS#12 or JKS file with the authority's certificate
   * @param password of the file
   * @return other settings
   */
  public RedisSettings tls(Path trustStore, Secret password) {
    Draft draft = new Draft(this);
    draft.tls = true;
    draft.trust = Optional.of(new Trust(trustStore, password));
    return new RedisSettings(draft);
  }

  /**
   * Chooses a database of the server.
   *
   * @param database from 0
   * @return other settings
   */
  public RedisSettings database(int database) {
    if (database < 0) {
      throw new IllegalArgumentException("Redis numbers its databases from 0");
    }
    Draft draft = new Draft(this);
    draft.database = database;
    return new RedisSettings(draft);
  }

  /**
   * Sets what all keys begin with: one for each installation that shares a server.
   *
   * @param prefix 1 to 64 letters, digits and {@code . _ : { } -}
   * @return other settings
   */
  public RedisSettings prefix(String prefix) {
    if (!PREFIX.matcher(prefix).matches()) {
      throw new IllegalArgumentException(
          "A prefix has 1 to 64 letters, digits, dots, colons, braces, underscores and hyphens");
    }
    Draft draft = new Draft(this);
    draft.prefix = prefix;
    return new RedisSettings(draft);
  }

  /**
   * Bounds connecting, each answer, and waiting for a free connection.
   *
   * @param within 10 milliseconds to a minute
   * @return other settings
   */
  public RedisSettings answersWithin(Duration within) {
    if (within.compareTo(Duration.ofMillis(10)) < 0
        || within.compareTo(Duration.ofMinutes(1)) > 0) {
      throw new IllegalArgumentException("Redis is given 10 milliseconds to a minute");
    }
    Draft draft = new Draft(this);
    draft.within = within;
    return new RedisSettings(draft);
  }

  /**
   * Bounds the connections of this process.
   *
   * @param connections 1 to 1000
   * @return other settings
   */
  public RedisSettings connections(int connections) {
    if (connections < 1 || connections > 1000) {
      throw new IllegalArgumentException("A process has 1 to 1000 connections to Redis");
    }
    Draft draft = new Draft(this);
    draft.connections = connections;
    return new RedisSettings(draft);
  }

  String host() {
    return host;
  }

  int port() {
    return port;
  }

  Optional<String> user() {
    return user;
  }

  Optional<Secret> password() {
    return password;
  }

  boolean encrypted() {
    return tls;
  }

  Optional<Trust> trust() {
    return trust;
  }

  record Trust(Path file, Secret password) {}

  int database() {
    return database;
  }

  String prefix() {
    return prefix;
  }

  Duration within() {
    return within;
  }

  int connections() {
    return connections;
  }

  @Override
  public String toString() {
    return "RedisSettings[%s:%d, database %d, prefix %s, %s]"
        .formatted(host, port, database, prefix, tls ? "TLS" : "no TLS");
  }

  private static final class Draft {
    private final String host;
    private final int port;
    private Optional<String> user = Optional.empty();
    private Optional<Secret> password = Optional.empty();
    private boolean tls;
    private Optional<Trust> trust = Optional.empty();
    private int database;
    private String prefix = "facelock:";
    private Duration within = Duration.ofSeconds(2);
    private int connections = 16;

    Draft(String host, int port) {
      this.host = Objects.requireNonNull(host, "host");
      this.port = port;
    }

    Draft(RedisSettings settings) {
      this(settings.host, settings.port);
      this.user = settings.user;
      this.password = settings.password;
      this.tls = settings.tls;
      this.trust = settings.trust;
      this.database = settings.database;
      this.prefix = settings.prefix;
      this.within = settings.within;
      this.connections = settings.connections;
    }
  }
}
