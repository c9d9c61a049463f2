package io.github.facelock.core.store.jdbc;

import io.github.facelock.spi.store.SnapshotStore;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** Sealed pictures of alerts, in the table {@code facelock_snapshot}. */
final class JdbcSnapshotStore implements SnapshotStore {

  private final Database database;

  JdbcSnapshotStore(Database database) {
    this.database = database;
  }

  @Override
  public void put(String id, byte[] sealed, Instant expiresAt) {
    Objects.requireNonNull(id, "id");
    byte[] copy = sealed.clone();
    if (copy.length > MAX_LENGTH) {
      throw new IllegalArgumentException("A snapshot has at most " + MAX_LENGTH + " bytes");
    }
    long expires = EpochMicros.of(expiresAt);
    boolean added =
        database.insert(
            connection -> {
              Sql.change(connection, "DELETE FROM facelock_snapshot WHERE id = ?", id);
              return Sql.change(
                  connection,
                  "INSERT INTO facelock_snapshot (id, sealed, expires_at) VALUES (?, ?, ?)",
                  id,
                  copy,
                  expires);
            });
    if (!added) {
      // Somebody put one at the same moment; this one is later.
      database.transact(
          connection ->
              Sql.change(
                  connection,
                  "UPDATE facelock_snapshot SET sealed = ?, expires_at = ? WHERE id = ?",
                  copy,
                  expires,
                  id));
    }
  }

  @Override
  public Optional<byte[]> find(String id, Instant now) {
    Objects.requireNonNull(id, "id");
    long time = EpochMicros.of(now);
    return database.transact(
        connection ->
            Sql.find(
                connection,
                row -> row.getBytes(1),
                "SELECT sealed FROM facelock_snapshot WHERE id = ? AND expires_at > ?",
                id,
                time));
  }

  @Override
  public boolean delete(String id) {
    Objects.requireNonNull(id, "id");
    return database.transact(
        connection ->
            Sql.change(connection, "DELETE FROM facelock_snapshot WHERE id = ?", id) == 1);
  }

  @Override
  public int deleteExpired(Instant now) {
    long time = EpochMicros.of(now);
    return database.transact(
        connection ->
            Sql.change(connection, "DELETE FROM facelock_snapshot WHERE expires_at <= ?", time));
  }
}
