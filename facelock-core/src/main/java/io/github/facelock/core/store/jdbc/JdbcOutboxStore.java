package io.github.facelock.core.store.jdbc;

import io.github.facelock.spi.store.OutboxEntry;
import io.github.facelock.spi.store.OutboxEntry.State;
import io.github.facelock.spi.store.OutboxStore;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Messages that must go out, in the table {@code facelock_outbox}. A claimer passes by the rows
 * that another one holds.
 */
final class JdbcOutboxStore implements OutboxStore {

  private static final String COLUMNS =
      "SELECT id, state, created_at, due_at, contents, version FROM facelock_outbox";

  private final Database database;

  JdbcOutboxStore(Database database) {
    this.database = database;
  }

  @Override
  public boolean insert(OutboxEntry entry) {
    Object[] row = {
      entry.id(),
      entry.state().name(),
      EpochMicros.of(entry.createdAt()),
      EpochMicros.of(entry.dueAt()),
      entry.contents(),
      entry.version()
    };
    return database.insert(
        connection ->
            Sql.change(
                connection,
                "INSERT INTO facelock_outbox (id, state, created_at, due_at, contents, version)"
                    + " VALUES (?, ?, ?, ?, ?, ?)",
                row));
  }

  @Override
  public List<OutboxEntry> claim(Instant now, Instant leaseUntil, int limit) {
    long time = EpochMicros.of(now);
    // As it is kept: whoever claims knows its lease by this very time.
    Instant kept = EpochMicros.toInstant(EpochMicros.of(leaseUntil));
    String due =
        COLUMNS
            + " WHERE state = 'WAITING' AND due_at <= ? ORDER BY due_at, id LIMIT ?"
            + " FOR UPDATE SKIP LOCKED";
    return database.transact(
        connection -> {
          List<OutboxEntry> claimed = new ArrayList<>();
          for (OutboxEntry entry : Sql.list(connection, JdbcOutboxStore::read, due, time, limit)) {
            OutboxEntry leased = entry.leased(kept);
            if (update(connection, leased)) {
              claimed.add(leased);
            }
          }
          return claimed;
        });
  }

  @Override
  public boolean replace(OutboxEntry next) {
    Objects.requireNonNull(next, "next");
    return database.transact(connection -> update(connection, next));
  }

  private static boolean update(Connection connection, OutboxEntry next) throws SQLException {
    return Sql.change(
            connection,
            "UPDATE facelock_outbox SET state = ?, due_at = ?, contents = ?, version = ?"
                + " WHERE id = ? AND version = ?",
            next.state().name(),
            EpochMicros.of(next.dueAt()),
            next.contents(),
            next.version(),
            next.id(),
            next.version() - 1)
        == 1;
  }

  @Override
  public Optional<OutboxEntry> find(String id) {
    Objects.requireNonNull(id, "id");
    return database.transact(
        connection -> Sql.find(connection, JdbcOutboxStore::read, COLUMNS + " WHERE id = ?", id));
  }

  @Override
  public List<OutboxEntry> list(Set<State> states, int offset, int limit) {
    if (states.isEmpty()) {
      return List.of();
    }
    List<Object> parameters = new ArrayList<>();
    states.forEach(state -> parameters.add(state.name()));
    String text =
        COLUMNS
            + " WHERE state IN ("
            + "?, ".repeat(states.size() - 1)
            + "?) ORDER BY created_at DESC, id DESC LIMIT ? OFFSET ?";
    parameters.add(limit);
    parameters.add(offset);
    return database.transact(
        connection -> Sql.list(connection, JdbcOutboxStore::read, text, parameters.toArray()));
  }

  @Override
  public boolean delete(String id) {
    Objects.requireNonNull(id, "id");
    return database.transact(
        connection -> Sql.change(connection, "DELETE FROM facelock_outbox WHERE id = ?", id) == 1);
  }

  @Override
  public int purge(Instant createdBefore) {
    long time = EpochMicros.of(createdBefore);
    return database.transact(
        connection ->
            Sql.change(
                connection,
                "DELETE FROM facelock_outbox WHERE state <> 'WAITING' AND created_at < ?",
                time));
  }

  private static OutboxEntry read(ResultSet row) throws SQLException {
    return OutboxEntry.restore(
        row.getString(1),
        State.valueOf(row.getString(2)),
        EpochMicros.toInstant(row.getLong(3)),
        EpochMicros.toInstant(row.getLong(4)),
        row.getBytes(5),
        row.getLong(6));
  }
}
