package io.github.facelock.core.store.jdbc;

import io.github.facelock.api.FaceLockException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * The tables: which version is there, and how to come to the present one. The scripts lie beside
 * this package's classes under {@code db/facelock}, named as Flyway expects; each ends by writing
 * its number, so it does not matter who runs them. Each can be run again after it was cut off.
 */
final class Schema {

  /** What this version of FaceLock reads and writes. */
  static final int VERSION = 1;

  private static final String LOCK = "facelock-schema";
  private static final long LOCK_NUMBER = 0x666163656c6f636bL;
  private static final int LOCK_SECONDS = 60;

  /** H2 has no named locks; in one process this does. */
  private static final ReentrantLock IN_PROCESS = new ReentrantLock();

  private final DataSource source;
  private final Dialect dialect;

  Schema(DataSource source, Dialect dialect) {
    this.source = source;
    this.dialect = dialect;
  }

  /** Brings the tables to the present version; of several nodes at once, one does it. */
  void initialise() {
    IN_PROCESS.lock();
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(true);
      lock(connection);
      try {
        int present = version(connection);
        requireNotNewer(present);
        for (int next = present + 1; next <= VERSION; next++) {
          run(connection, next);
        }
      } finally {
        unlock(connection);
      }
    } catch (SQLException e) {
      throw new FaceLockException.Store(
          "The tables could not be made (SQL state "
              + e.getSQLState()
              + ", code "
              + e.getErrorCode()
              + "). Check that the database runs and that the user may create tables; or let Flyway"
              + " run classpath:db/facelock/"
              + dialect.folder(),
          e);
    } finally {
      IN_PROCESS.unlock();
    }
  }

  /** Refuses tables that are missing, or of another version. */
  void require() {
    int present;
    try (Connection connection = source.getConnection()) {
      present = version(connection);
    } catch (SQLException e) {
      throw new FaceLockException.Store(
          "The database does not answer (SQL state "
              + e.getSQLState()
              + ", code "
              + e.getErrorCode()
              + "). Check its address, user and password, and that it runs",
          e);
    }
    requireNotNewer(present);
    if (present < VERSION) {
      throw new FaceLockException.Store(
          (present == 0
                  ? "The database has no FaceLock tables"
                  : "The database has FaceLock tables of version " + present)
              + "; version "
              + VERSION
              + " is needed. Call JdbcStores.initialise once before, or let Flyway run"
              + " classpath:db/facelock/"
              + dialect.folder());
    }
  }

  private static void requireNotNewer(int present) {
    if (present > VERSION) {
      throw new FaceLockException.Store(
          "The database has FaceLock tables of version "
              + present
              + ", but this FaceLock knows versions up to "
              + VERSION
              + ". Use the newer FaceLock on every node");
    }
  }

  private static int version(Connection connection) throws SQLException {
    return isThere(connection)
        ? Sql.find(connection, row -> row.getInt(1), "SELECT MAX(version) FROM facelock_schema")
            .orElse(0)
        : 0;
  }

  private static boolean isThere(Connection connection) throws SQLException {
    String schema = connection.getSchema();
    for (String name : new String[] {"facelock_schema", "FACELOCK_SCHEMA"}) {
      try (ResultSet tables =
          connection.getMetaData().getTables(connection.getCatalog(), schema, name, null)) {
        if (tables.next()) {
          return true;
        }
      }
    }
    return false;
  }

  private void run(Connection connection, int version) throws SQLException {
    // PostgreSQL takes the whole script or nothing; the others commit each statement by themselves.
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      for (String each : script(version).split(";", -1)) {
        if (!each.isBlank()) {
          statement.execute(each);
        }
      }
      connection.commit();
    } catch (SQLException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  /** The statements without their comments, which may hold semicolons. */
  private String script(int version) {
    String name = "/db/facelock/" + dialect.folder() + "/V" + version + "__facelock.sql";
    try (InputStream in = Schema.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new FaceLockException.Store(
            "The script " + name + " is missing from the jar of facelock-core: use the whole jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("--"))
          .collect(Collectors.joining("\n"));
    } catch (IOException e) {
      throw new FaceLockException.Store("The script " + name + " cannot be read", e);
    }
  }

  private void lock(Connection connection) throws SQLException {
    switch (dialect) {
      case H2 -> {}
      case POSTGRESQL ->
          Sql.find(connection, row -> true, "SELECT pg_advisory_lock(?)", LOCK_NUMBER);
      case MARIADB, MYSQL -> {
        int got =
            Sql.find(connection, row -> row.getInt(1), "SELECT GET_LOCK(?, ?)", LOCK, LOCK_SECONDS)
                .orElse(0);
        if (got != 1) {
          throw new FaceLockException.Store(
              String.format(
                  Locale.ROOT,
                  "Another node has been making the tables for %d seconds: look at it, then start"
                      + " again",
                  LOCK_SECONDS));
        }
      }
    }
  }

  private void unlock(Connection connection) throws SQLException {
    switch (dialect) {
      case H2 -> {}
      case POSTGRESQL ->
          Sql.find(connection, row -> true, "SELECT pg_advisory_unlock(?)", LOCK_NUMBER);
      case MARIADB, MYSQL -> Sql.find(connection, row -> true, "SELECT RELEASE_LOCK(?)", LOCK);
    }
  }
}
