package io.github.facelock.core.store.jdbc;

import io.github.facelock.spi.store.AttemptRecord;
import io.github.facelock.spi.store.AttemptStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** Counts of attempts, in the table {@code facelock_attempt}. */
final class JdbcAttemptStore implements AttemptStore {

  private final Database database;

  JdbcAttemptStore(Database database) {
    this.database = database;
  }

  @Override
  public Optional<AttemptRecord> find(String key) {
    Objects.requireNonNull(key, "key");
    return database.transact(
        connection ->
            Sql.find(
                connection,
                JdbcAttemptStore::read,
                "SELECT consecutive, blocked_until, last_at, version FROM facelock_attempt"
                    + " WHERE id = ?",
                key));
  }

  private static AttemptRecord read(ResultSet row) throws SQLException {
    return new AttemptRecord(
        row.getInt(1),
        EpochMicros.toInstant(row.getLong(2)),
        EpochMicros.toInstant(row.getLong(3)),
        row.getLong(4));
  }

  @Override
  public boolean replace(String key, AttemptRecord next) {
    Objects.requireNonNull(key, "key");
    long blockedUntil = EpochMicros.of(next.blockedUntil());
    long lastAt = EpochMicros.of(next.lastAt());
    if (next.version() == 1) {
      return database.insert(
          connection ->
              Sql.change(
                  connection,
                  "INSERT INTO facelock_attempt (id, consecutive, blocked_until, last_at, version)"
                      + " VALUES (?, ?, ?, ?, 1)",
                  key,
                  next.consecutive(),
                  blockedUntil,
                  lastAt));
    }
    return database.transact(
        connection ->
            Sql.change(
                    connection,
                    "UPDATE facelock_attempt"
                        + " SET consecutive = ?, blocked_until = ?, last_at = ?, version = ?"
                        + " WHERE id = ? AND version = ?",
                    next.consecutive(),
                    blockedUntil,
                    lastAt,
                    next.version(),
                    key,
                    next.version() - 1)
                == 1);
  }

  @Override
  public void delete(String key) {
    Objects.requireNonNull(key, "key");
    database.transact(
        connection -> Sql.change(connection, "DELETE FROM facelock_attempt WHERE id = ?", key));
  }

  /** Forgets counts that nothing was added to for long and that block nobody at that time. */
  int deleteIdle(Instant lastBefore, Instant now) {
    long last = EpochMicros.of(lastBefore);
    long time = EpochMicros.of(now);
    return database.transact(
        connection ->
            Sql.change(
                connection,
                "DELETE FROM facelock_attempt WHERE last_at < ? AND blocked_until <= ?",
                last,
                time));
  }
}
