package io.github.facelock.core.store.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One prepared statement: its text is a constant, everything else a parameter. */
final class Sql {

  private Sql() {}

  /** Changes rows and tells how many. */
  static int change(Connection connection, String text, @Nullable Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = prepare(connection, text, parameters)) {
      return statement.executeUpdate();
    }
  }

  /** Reads all rows. */
  static <T> List<T> list(
      Connection connection, Row<T> row, String text, @Nullable Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = prepare(connection, text, parameters);
        ResultSet results = statement.executeQuery()) {
      List<T> rows = new ArrayList<>();
      while (results.next()) {
        rows.add(row.read(results));
      }
      return rows;
    }
  }

  /** Reads one row, if there is one. */
  static <T> Optional<T> find(
      Connection connection, Row<T> row, String text, @Nullable Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = prepare(connection, text, parameters);
        ResultSet results = statement.executeQuery()) {
      return results.next() ? Optional.of(row.read(results)) : Optional.empty();
    }
  }

  static PreparedStatement prepare(
      Connection connection, String text, @Nullable Object... parameters) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(text);
    try {
      for (int i = 0; i < parameters.length; i++) {
        bind(statement, i + 1, parameters[i]);
      }
      return statement;
    } catch (SQLException | RuntimeException | Error e) {
      statement.close();
      throw e;
    }
  }

  private static void bind(PreparedStatement statement, int index, @Nullable Object value)
      throws SQLException {
    if (value instanceof Long number) {
      statement.setLong(index, number);
    } else if (value instanceof Integer number) {
      statement.setInt(index, number);
    } else if (value instanceof Boolean truth) {
      statement.setBoolean(index, truth);
    } else if (value instanceof byte[] bytes) {
      statement.setBytes(index, bytes);
    } else if (value instanceof String text) {
      statement.setString(index, text);
    } else if (value instanceof NullNumber) {
      statement.setNull(index, Types.BIGINT);
    } else {
      statement.setNull(index, Types.VARCHAR);
    }
  }

  /** Stands for a missing number; PostgreSQL wants to know the type of what is missing. */
  record NullNumber() {}

  /** Reads one row. */
  @FunctionalInterface
  interface Row<T> {
    T read(ResultSet results) throws SQLException;
  }
}
