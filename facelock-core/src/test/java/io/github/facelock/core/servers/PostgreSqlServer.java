package io.github.facelock.core.servers;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** PostgreSQL, with a new database for whoever asks. */
public final class PostgreSqlServer extends LocalServer {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private final Path programs;

  private PostgreSqlServer(Path initdb) {
    super("postgresql", "postgresql", "postgres");
    this.programs = initdb.getParent();
    give(folder());
    run(
        List.of(
            initdb.toString(),
            "-D",
            data(),
            "-U",
            "facelock",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-sync"));
  }

  /** The server of this JVM, started when first asked for. */
  public static PostgreSqlServer shared() {
    return Shared.SERVER;
  }

  /** Another server, for tests that stop it. */
  public static PostgreSqlServer startNew() {
    PostgreSqlServer server =
        new PostgreSqlServer(
            program(
                "postgresql",
                "/usr/lib/postgresql/17/bin/initdb",
                "/usr/lib/postgresql/16/bin/initdb",
                "/usr/lib/postgresql/15/bin/initdb"));
    server.start();
    return server;
  }

  private String data() {
    return folder().resolve("data").toString();
  }

  @Override
  List<String> command() {
    return List.of(
        programs.resolve("postgres").toString(),
        "-D",
        data(),
        "-p",
        Integer.toString(port()),
        "-c",
        "listen_addresses=127.0.0.1",
        "-c",
        "unix_socket_directories=" + folder(),
        "-c",
        "max_connections=200");
  }

  @Override
  void greet() throws SQLException {
    url("postgres").close();
  }

  private Connection url(String database) throws SQLException {
    return DriverManager.getConnection(urlOf(database, PATIENCE));
  }

  private String urlOf(String database, Duration answersWithin) {
    return "jdbc:postgresql://127.0.0.1:"
        + port()
        + "/"
        + database
        + "?user=facelock&connectTimeout=2&socketTimeout="
        + answersWithin.toSeconds();
  }

  /** Makes an empty database and tells its address. */
  public String newDatabase() {
    return newDatabase(PATIENCE);
  }

  /** The same, for drivers that wait so many seconds for an answer. */
  public String newDatabase(Duration answersWithin) {
    String name = "test" + DATABASES.incrementAndGet();
    try (Connection connection = url("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return urlOf(name, answersWithin);
  }

  private static final class Shared {
    private static final PostgreSqlServer SERVER = startNew();
  }
}
