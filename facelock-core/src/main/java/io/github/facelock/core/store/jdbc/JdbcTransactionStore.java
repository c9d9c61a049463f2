package io.github.facelock.core.store.jdbc;

import io.github.facelock.spi.store.TransactionStore;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Logins under way, in the table {@code facelock_transaction}. The row that a deletion counts is
 * what makes a handle work once. Those that nobody came back for are removed on the way, every
 * {@value #CLEANING}th time that a state is asked for.
 */
final class JdbcTransactionStore implements TransactionStore {

  private static final int CLEANING = 256;

  private final Database database;
  private final AtomicInteger calls = new AtomicInteger();

  JdbcTransactionStore(Database database) {
    this.database = database;
  }

  @Override
  public void put(String key, byte[] state, Instant expiresAt) {
    Objects.requireNonNull(key, "key");
    byte[] copy = state.clone();
    long expires = EpochMicros.of(expiresAt);
    // The key is new each time: one that is there already is a fault, not an answer.
    database.transact(
        connection ->
            Sql.change(
                connection,
                "INSERT INTO facelock_transaction (id, state, expires_at) VALUES (?, ?, ?)",
                key,
                copy,
                expires));
  }

  @Override
  public Optional<byte[]> take(String key, Instant now) {
    Objects.requireNonNull(key, "key");
    long time = EpochMicros.of(now);
    if (calls.incrementAndGet() % CLEANING == 0) {
      deleteExpired(now);
    }
    // If the commit's answer is lost, so is the state: the person begins again.
    Optional<State> taken =
        database.transact(
            connection -> {
              Optional<State> found =
                  Sql.find(
                      connection,
                      row -> new State(row.getBytes(1), row.getLong(2)),
                      "SELECT state, expires_at FROM facelock_transaction WHERE id = ?",
                      key);
              int deleted =
                  Sql.change(connection, "DELETE FROM facelock_transaction WHERE id = ?", key);
              return deleted == 1 ? found : Optional.empty();
            });
    return taken.filter(state -> state.expiresAt > time).map(state -> state.bytes);
  }

  /** Removes what expired at or before a time, and tells how much that was. */
  int deleteExpired(Instant now) {
    long time = EpochMicros.of(now);
    return database.transact(
        connection ->
            Sql.change(connection, "DELETE FROM facelock_transaction WHERE expires_at <= ?", time));
  }

  private static final class State {
    private final byte[] bytes;
    private final long expiresAt;

    State(byte[] bytes, long expiresAt) {
      this.bytes = bytes;
      this.expiresAt = expiresAt;
    }
  }
}
