package io.github.facelock.core.store.jdbc;

import io.github.facelock.api.FaceLockException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One prepared statement: its text is a constant, everything else a parameter.
 *
 * <p>Some texts are in no table: PostgreSQL keeps no character zero, and half a surrogate pair has
 * no UTF-8 form, so that drivers make something else of it. What is searched by such a text is not
 * there; what is to be written with one is refused.
 */
final class Sql {

  private Sql() {}

  /** Changes rows and tells how many. */
  static int change(Connection connection, String text, @Nullable Object... parameters)
      throws SQLException {
    if (!areKept(parameters)) {
      if (text.startsWith("DELETE")) {
        return 0;
      }
      throw new FaceLockException.Store(
          "A text with a character zero or half a surrogate pair cannot be kept: remove it");
    }
    try (PreparedStatement statement = prepare(connection, text, parameters)) {
      return statement.executeUpdate();
    }
  }

  /** Reads all rows. */
  static <T> List<T> list(
      Connection connection, Row<T> row, String text, @Nullable Object... parameters)
      throws SQLException {
    if (!areKept(parameters)) {
      return List.of();
    }
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
    if (!areKept(parameters)) {
      return Optional.empty();
    }
    try (PreparedStatement statement = prepare(connection, text, parameters);
        ResultSet results = statement.executeQuery()) {
      return results.next() ? Optional.of(row.read(results)) : Optional.empty();
    }
  }

  private static boolean areKept(@Nullable Object... parameters) {
    for (Object parameter : parameters) {
      if (parameter instanceof String text && !isKept(text)) {
        return false;
      }
    }
    return true;
  }

  /** Whether every database keeps a text as it is. */
  static boolean isKept(String text) {
    return text.codePoints().noneMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE);
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
