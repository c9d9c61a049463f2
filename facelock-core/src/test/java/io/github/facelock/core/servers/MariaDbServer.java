package io.github.facelock.core.servers;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** MariaDB, with a new database for whoever asks. */
public final class MariaDbServer extends LocalServer {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private final Path program;

  private MariaDbServer(Path program, Path installer) {
    super("mariadb", "mariadb-server", "mysql");
    this.program = program;
    give(folder());
    run(
        List.of(
            installer.toString(),
            "--no-defaults",
            "--datadir=" + data(),
            "--auth-root-authentication-method=normal",
            "--skip-test-db"));
  }

  /** The server of this JVM, started when first asked for. */
  public static MariaDbServer shared() {
    return Shared.SERVER;
  }

  /** Another server, for tests that stop it. */
  public static MariaDbServer startNew() {
    MariaDbServer server =
        new MariaDbServer(
            program("mariadb-server", "/usr/sbin/mariadbd"),
            program("mariadb-server", "/usr/bin/mariadb-install-db"));
    server.start();
    return server;
  }

  private String data() {
    return folder().resolve("data").toString();
  }

  @Override
  List<String> command() {
    return List.of(
        program.toString(),
        "--no-defaults",
        "--datadir=" + data(),
        "--port=" + port(),
        "--bind-address=127.0.0.1",
        "--socket=" + folder().resolve("socket"),
        "--pid-file=" + folder().resolve("pid"),
        "--max-connections=200",
        "--skip-name-resolve");
  }

  @Override
  void greet() throws SQLException {
    open("mysql").close();
  }

  private Connection open(String database) throws SQLException {
    return DriverManager.getConnection(urlOf(database, PATIENCE));
  }

  private String urlOf(String database, Duration answersWithin) {
    return "jdbc:mariadb://127.0.0.1:"
        + port()
        + "/"
        + database
        + "?user=root&sslMode=disable&connectTimeout=2000&socketTimeout="
        + answersWithin.toMillis();
  }

  /** Makes an empty database and tells its address. */
  public String newDatabase() {
    return newDatabase(PATIENCE);
  }

  /** The same, for drivers that wait so many seconds for an answer. */
  public String newDatabase(Duration answersWithin) {
    String name = "test" + DATABASES.incrementAndGet();
    try (Connection connection = open("mysql");
        Statement statement = connection.createStatement()) {
      // The server's own collation folds case and accents: FaceLock's tables must say otherwise.
      statement.execute("CREATE DATABASE " + name + " CHARACTER SET latin1");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return urlOf(name, answersWithin);
  }

  private static final class Shared {
    private static final MariaDbServer SERVER = startNew();
  }
}
