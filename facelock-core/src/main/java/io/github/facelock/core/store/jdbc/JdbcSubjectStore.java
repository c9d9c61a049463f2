package io.github.facelock.core.store.jdbc;

import io.github.facelock.api.SubjectId;
import io.github.facelock.api.admin.Role;
import io.github.facelock.api.admin.SubjectQuery;
import io.github.facelock.spi.store.Subject;
import io.github.facelock.spi.store.SubjectStore;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Subjects in the table {@code facelock_subject}, listed in the binary order of their names. */
final class JdbcSubjectStore implements SubjectStore {

  private static final String COLUMNS =
      "SELECT id, roles, suspended, created_at, version FROM facelock_subject";

  private final Database database;

  JdbcSubjectStore(Database database) {
    this.database = database;
  }

  @Override
  public Optional<Subject> find(SubjectId id) {
    String name = id.value();
    return database.transact(
        connection ->
            Sql.find(connection, JdbcSubjectStore::read, COLUMNS + " WHERE id = ?", name));
  }

  @Override
  public boolean insert(Subject subject) {
    Object[] row = {
      subject.id().value(),
      encode(subject.roles()),
      subject.suspended(),
      EpochMicros.of(subject.createdAt()),
      subject.version()
    };
    return database.insert(
        connection ->
            Sql.change(
                connection,
                "INSERT INTO facelock_subject (id, roles, suspended, created_at, version)"
                    + " VALUES (?, ?, ?, ?, ?)",
                row));
  }

  @Override
  public boolean replace(Subject next) {
    Objects.requireNonNull(next, "next");
    return database.transact(connection -> update(connection, next));
  }

  private static boolean update(Connection connection, Subject next) throws SQLException {
    return Sql.change(
            connection,
            "UPDATE facelock_subject SET roles = ?, suspended = ?, version = ?"
                + " WHERE id = ? AND version = ?",
            encode(next.roles()),
            next.suspended(),
            next.version(),
            next.id().value(),
            next.version() - 1)
        == 1;
  }

  @Override
  public boolean replaceWhile(Subject next, Subject witness) {
    Objects.requireNonNull(next, "next");
    Objects.requireNonNull(witness, "witness");
    // Both rows are locked in the order of their names: two callers cannot wait for each other.
    List<SubjectId> both =
        Stream.of(next.id(), witness.id()).sorted(Comparator.comparing(SubjectId::value)).toList();
    return database.transact(
        connection -> {
          Map<SubjectId, Long> versions = new HashMap<>();
          for (SubjectId each : both) {
            versions.put(each, lockedVersion(connection, each));
          }
          return Objects.equals(versions.get(witness.id()), witness.version())
              && update(connection, next);
        });
  }

  private static long lockedVersion(Connection connection, SubjectId id) throws SQLException {
    return Sql.find(
            connection,
            row -> row.getLong(1),
            "SELECT version FROM facelock_subject WHERE id = ? FOR UPDATE",
            id.value())
        .orElse(-1L);
  }

  @Override
  public List<Subject> list(SubjectQuery query) {
    StringBuilder text = new StringBuilder(COLUMNS).append(" WHERE 1 = 1");
    List<Object> parameters = new ArrayList<>();
    query
        .after()
        .ifPresent(
            last -> {
              text.append(" AND id > ?");
              parameters.add(last.value());
            });
    if (!query.text().isEmpty()) {
      text.append(" AND ").append(database.dialect().contains("id"));
      parameters.add(query.text());
    }
    query
        .role()
        .ifPresent(
            role -> {
              text.append(" AND ").append(database.dialect().contains("roles"));
              parameters.add(encode(Set.of(role)));
            });
    text.append(" ORDER BY id LIMIT ?");
    parameters.add(query.limit());
    return database.transact(
        connection ->
            Sql.list(connection, JdbcSubjectStore::read, text.toString(), parameters.toArray()));
  }

  @Override
  public boolean delete(SubjectId id) {
    String name = id.value();
    return database.transact(
        connection ->
            Sql.change(connection, "DELETE FROM facelock_subject WHERE id = ?", name) == 1);
  }

  private static Subject read(ResultSet row) throws SQLException {
    return new Subject(
        SubjectId.of(row.getString(1)),
        decode(row.getString(2)),
        row.getBoolean(3),
        EpochMicros.toInstant(row.getLong(4)),
        row.getLong(5));
  }

  /** Each role between bars, so that one is found by its text: {@code |ADMIN||USER|}. */
  private static String encode(Set<Role> roles) {
    return roles.stream()
        .sorted()
        .map(role -> "|" + role.name() + "|")
        .collect(Collectors.joining());
  }

  private static Set<Role> decode(String text) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (Role role : Role.values()) {
      if (text.contains("|" + role.name() + "|")) {
        roles.add(role);
      }
    }
    return roles;
  }
}
