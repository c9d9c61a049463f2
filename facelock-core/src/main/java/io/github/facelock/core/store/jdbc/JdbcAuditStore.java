package io.github.facelock.core.store.jdbc;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.admin.AuditQuery;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.store.AuditMark;
import io.github.facelock.spi.store.AuditRecord;
import io.github.facelock.spi.store.AuditStore;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The audit trail in the table {@code facelock_audit}. Whoever appends holds the row of the head,
 * so that the nodes make one chain.
 */
final class JdbcAuditStore implements AuditStore {

  static final String COLUMNS =
      "SELECT number, format, happened_at, type, transaction_id, subject, factor, factor_kind,"
          + " factor_amr, source, details, key_id, link FROM facelock_audit";
  private static final String HEAD = "head";
  private static final String ANCHOR = "anchor";

  private final Database database;

  JdbcAuditStore(Database database) {
    this.database = database;
  }

  @Override
  public AuditRecord append(Linker linker) {
    Objects.requireNonNull(linker, "linker");
    return database.transact(
        connection -> {
          Entry entry = linker.link(lockedMark(connection, HEAD));
          insert(connection, entry.record());
          write(connection, HEAD, entry.head());
          return entry.record();
        });
  }

  private void insert(Connection connection, AuditRecord record) throws SQLException {
    AuditEvent event = record.event();
    try {
      Sql.change(
          connection,
          "INSERT INTO facelock_audit (number, format, happened_at, type, transaction_id, subject,"
              + " factor, factor_kind, factor_amr, source, details, key_id, link)"
              + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          record.number(),
          record.format(),
          EpochMicros.of(event.at()),
          event.type().name(),
          event.transaction(),
          event.subject().map(SubjectId::value).orElse(null),
          event.factor().map(FactorType::id).orElse(null),
          event.factor().map(factor -> factor.kind().name()).orElse(null),
          event.factor().map(FactorType::amr).orElse(null),
          event.source(),
          TextMap.encode(event.details()),
          record.keyId(),
          record.link());
    } catch (SQLException e) {
      if (database.dialect().isDuplicate(e)) {
        throw new FaceLockException.Store(
            "Audit record "
                + record.number()
                + " is there already, beyond the head of the trail: somebody set the head back."
                + " Verify the trail, and restore it from a backup");
      }
      throw e;
    }
  }

  @Override
  public Marks marks() {
    Map<String, AuditMark> marks = new TreeMap<>();
    database.transact(
        connection ->
            Sql.list(
                connection,
                row -> {
                  String name = row.getString(1);
                  marks.remove(name);
                  mark(row, 2).ifPresent(mark -> marks.put(name, mark));
                  return name;
                },
                "SELECT name, number, link, key_id, seal FROM facelock_audit_mark"));
    return new Marks(Optional.ofNullable(marks.get(ANCHOR)), Optional.ofNullable(marks.get(HEAD)));
  }

  @Override
  public List<AuditRecord> read(long from, int limit) {
    return database.transact(
        connection ->
            Sql.list(
                connection,
                JdbcAuditStore::record,
                COLUMNS + " WHERE number >= ? ORDER BY number LIMIT ?",
                from,
                limit));
  }

  @Override
  public List<AuditRecord> search(AuditQuery query) {
    AuditSearch search = new AuditSearch(query, database.dialect());
    return database.transact(
        connection ->
            Sql.list(connection, JdbcAuditStore::record, search.text(), search.parameters()));
  }

  @Override
  public long cut(AuditMark anchor) {
    Objects.requireNonNull(anchor, "anchor");
    return database.transact(
        connection -> {
          // Locked in the order of their names, as by everybody.
          Optional<AuditMark> present = lockedMark(connection, ANCHOR);
          Optional<AuditMark> head = lockedMark(connection, HEAD);
          if (anchor.number() > head.map(AuditMark::number).orElse(0L)
              || anchor.number() <= present.map(AuditMark::number).orElse(0L)) {
            return 0L;
          }
          int removed =
              Sql.change(
                  connection, "DELETE FROM facelock_audit WHERE number <= ?", anchor.number());
          write(connection, ANCHOR, anchor);
          return (long) removed;
        });
  }

  private static Optional<AuditMark> lockedMark(Connection connection, String name)
      throws SQLException {
    return Sql.find(
            connection,
            row -> mark(row, 1),
            "SELECT number, link, key_id, seal FROM facelock_audit_mark WHERE name = ? FOR UPDATE",
            name)
        .orElseThrow(() -> new SQLException("facelock_audit_mark lost a row", "02000"));
  }

  private static Optional<AuditMark> mark(ResultSet row, int first) throws SQLException {
    long number = row.getLong(first);
    return number < 0
        ? Optional.empty()
        : Optional.of(
            new AuditMark(
                number,
                row.getString(first + 1),
                row.getString(first + 2),
                row.getString(first + 3)));
  }

  private static void write(Connection connection, String name, AuditMark mark)
      throws SQLException {
    Sql.change(
        connection,
        "UPDATE facelock_audit_mark SET number = ?, link = ?, key_id = ?, seal = ? WHERE name = ?",
        mark.number(),
        mark.link(),
        mark.keyId(),
        mark.seal(),
        name);
  }

  private static AuditRecord record(ResultSet row) throws SQLException {
    return new AuditRecord(
        row.getLong(1),
        row.getInt(2),
        new AuditEvent(
            EpochMicros.toInstant(row.getLong(3)),
            type(row.getString(4)),
            row.getString(5),
            Optional.ofNullable(row.getString(6)).map(SubjectId::of),
            StoredFactor.read(row, 7),
            row.getString(10),
            TextMap.decode(row.getBytes(11))),
        row.getString(12),
        row.getString(13));
  }

  private static AuditEvent.Type type(String name) {
    try {
      return AuditEvent.Type.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw new FaceLockException.Store(
          "The audit trail has an event of a type that this version does not know: it was written"
              + " by a newer FaceLock, or altered. Bring all nodes to the same version, then verify"
              + " the trail",
          e);
    }
  }
}
