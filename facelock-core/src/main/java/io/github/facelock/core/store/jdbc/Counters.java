package io.github.facelock.core.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Numbers that are handed out one after the other. Whoever takes one holds the counter's row until
 * its transaction ends, so numbers become visible in their order and without a gap: a reader that
 * has seen number n has seen all smaller ones. A sequence would not give that. Taken as the last
 * lock of a transaction, so that no circle of waiting can arise.
 */
final class Counters {

  static final String CREDENTIAL_CHANGE = "credential-change";
  static final String WATCH_LIST = "watch-list";

  private Counters() {}

  static long next(Connection connection, String name) throws SQLException {
    Sql.change(connection, "UPDATE facelock_counter SET number = number + 1 WHERE name = ?", name);
    return present(connection, name);
  }

  static long present(Connection connection, String name) throws SQLException {
    return Sql.find(
            connection,
            row -> row.getLong(1),
            "SELECT number FROM facelock_counter WHERE name = ?",
            name)
        .orElseThrow(() -> new SQLException("facelock_counter lost the row " + name, "02000"));
  }
}
