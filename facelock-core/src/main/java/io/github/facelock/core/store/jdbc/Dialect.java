package io.github.facelock.core.store.jdbc;

import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;

/** What databases say differently. All other statements are the same for all of them. */
enum Dialect {
  /** H2 2.2 and newer, in a file of this process or as a server. */
  H2("h2", "LOCATE(?, %s) > 0"),
  /** PostgreSQL 12 and newer. */
  POSTGRESQL("postgresql", "STRPOS(%s, ?) > 0"),
  /** MariaDB 10.6 and newer. */
  MARIADB("mariadb", "LOCATE(?, %s) > 0"),
  /** MySQL 8.0.17 and newer. */
  MYSQL("mysql", "LOCATE(?, %s) > 0");

  private static final int MARIADB_DUPLICATE = 1062;

  private final String folder;
  private final String contains;

  Dialect(String folder, String contains) {
    this.folder = folder;
    this.contains = contains;
  }

  /** Finds the dialect by the name that the driver tells. */
  static Optional<Dialect> ofProduct(String product) {
    String name = product.toLowerCase(Locale.ROOT);
    for (Dialect dialect : values()) {
      if (name.contains(dialect.folder)) {
        return Optional.of(dialect);
      }
    }
    return Optional.empty();
  }

  /** Where the scripts of the schema lie. */
  String folder() {
    return folder;
  }

  /** A condition with one parameter: the column's text contains it, compared exactly. */
  String contains(String column) {
    return contains.formatted(column);
  }

  /** Tells whether a row with this key is there already. */
  boolean isDuplicate(SQLException e) {
    return "23505".equals(e.getSQLState()) || e.getErrorCode() == MARIADB_DUPLICATE;
  }

  /**
   * Tells whether the database undid the transaction because it met another one (deadlock, failed
   * serialisation, a lock that was not given in time): running it again is safe and may succeed.
   */
  boolean isConflict(SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    boolean lockTimeout =
        (this == H2 && e.getErrorCode() == 50200)
            || (this != H2 && this != POSTGRESQL && e.getErrorCode() == 1205);
    return state.startsWith("40") || "55P03".equals(state) || lockTimeout;
  }

  /** Tells whether the connection is gone, or none was to be had. */
  static boolean isConnectionLoss(SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    return e instanceof java.sql.SQLTransientConnectionException
        || e instanceof java.sql.SQLNonTransientConnectionException
        || e instanceof java.sql.SQLRecoverableException
        || state.startsWith("08")
        || state.startsWith("57P");
  }
}
