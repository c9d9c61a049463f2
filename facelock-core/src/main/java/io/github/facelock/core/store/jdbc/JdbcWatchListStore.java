package io.github.facelock.core.store.jdbc;

import io.github.facelock.api.SubjectId;
import io.github.facelock.api.face.ModelId;
import io.github.facelock.api.watchlist.WatchListEntryId;
import io.github.facelock.spi.store.WatchListEntry;
import io.github.facelock.spi.store.WatchListStore;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The watch-list in the table {@code facelock_watch_list}; each change takes a new revision. */
final class JdbcWatchListStore implements WatchListStore {

  private final Database database;

  JdbcWatchListStore(Database database) {
    this.database = database;
  }

  @Override
  public boolean insert(WatchListEntry entry) {
    @Nullable Object[] row = {
      entry.id().value(),
      entry.subject().map(SubjectId::value).orElse(null),
      entry.model().map(ModelId::value).orElse(null),
      entry.templates(),
      entry.reason(),
      entry.addedBy(),
      EpochMicros.of(entry.createdAt()),
      entry.expiresAt().<Object>map(EpochMicros::of).orElse(new Sql.NullNumber()),
      entry.version()
    };
    return database.insert(
        connection -> {
          Sql.change(
              connection,
              "INSERT INTO facelock_watch_list (id, subject, model, templates, reason, added_by,"
                  + " created_at, expires_at, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
              row);
          return revise(connection, 1);
        });
  }

  @Override
  public boolean replace(WatchListEntry next) {
    Objects.requireNonNull(next, "next");
    return database.transact(
        connection -> {
          int changed =
              Sql.change(
                  connection,
                  "UPDATE facelock_watch_list SET subject = ?, model = ?, templates = ?,"
                      + " reason = ?, added_by = ?, expires_at = ?, version = ?"
                      + " WHERE id = ? AND version = ?",
                  next.subject().map(SubjectId::value).orElse(null),
                  next.model().map(ModelId::value).orElse(null),
                  next.templates(),
                  next.reason(),
                  next.addedBy(),
                  next.expiresAt().<Object>map(EpochMicros::of).orElse(new Sql.NullNumber()),
                  next.version(),
                  next.id().value(),
                  next.version() - 1);
          return revise(connection, changed) > 0;
        });
  }

  @Override
  public boolean delete(WatchListEntryId id) {
    String name = id.value();
    return database.transact(
        connection ->
            revise(
                    connection,
                    Sql.change(connection, "DELETE FROM facelock_watch_list WHERE id = ?", name))
                > 0);
  }

  @Override
  public int deleteExpired(Instant now) {
    long time = EpochMicros.of(now);
    return database.transact(
        connection ->
            revise(
                connection,
                Sql.change(
                    connection, "DELETE FROM facelock_watch_list WHERE expires_at <= ?", time)));
  }

  private static int revise(Connection connection, int changed) throws SQLException {
    if (changed > 0) {
      Counters.next(connection, Counters.WATCH_LIST);
    }
    return changed;
  }

  @Override
  public List<WatchListEntry> list(Instant now) {
    long time = EpochMicros.of(now);
    return database.transact(
        connection ->
            Sql.list(
                connection,
                JdbcWatchListStore::read,
                "SELECT id, subject, model, templates, reason, added_by, created_at, expires_at,"
                    + " version FROM facelock_watch_list"
                    + " WHERE expires_at IS NULL OR expires_at > ? ORDER BY created_at, id",
                time));
  }

  @Override
  public long revision() {
    return database.transact(connection -> Counters.present(connection, Counters.WATCH_LIST));
  }

  private static WatchListEntry read(ResultSet row) throws SQLException {
    long expiresAt = row.getLong(8);
    Optional<Instant> end =
        row.wasNull() ? Optional.empty() : Optional.of(EpochMicros.toInstant(expiresAt));
    return WatchListEntry.restore(
        new WatchListEntryId(row.getString(1)),
        Optional.ofNullable(row.getString(2)).map(SubjectId::of),
        Optional.ofNullable(row.getString(3)).map(ModelId::new),
        row.getBytes(4),
        row.getString(5),
        row.getString(6),
        EpochMicros.toInstant(row.getLong(7)),
        end,
        row.getLong(9));
  }
}
