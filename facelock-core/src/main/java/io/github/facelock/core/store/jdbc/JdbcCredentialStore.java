package io.github.facelock.core.store.jdbc;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FactorKind;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.spi.store.Credential;
import io.github.facelock.spi.store.CredentialChanges;
import io.github.facelock.spi.store.CredentialStore;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Credentials in the table {@code facelock_credential}. A change of a biometric one is noted in the
 * same transaction. Other credentials are not noted: a TOTP code that is spent at each login must
 * not wait for a number that nobody reads.
 */
final class JdbcCredentialStore implements CredentialStore {

  private static final String COLUMNS =
      "SELECT id, subject, factor, factor_kind, factor_amr, created_at, attributes, secret_data,"
          + " version FROM facelock_credential";
  private static final int PAGE = 1000;

  /** In the order of the index to the letter: H2 would else sort all that is left for each page. */
  private static final String PAGE_ORDER = " ORDER BY factor, subject, id LIMIT " + PAGE;

  static final String FIRST_PAGE = COLUMNS + " WHERE factor = ?" + PAGE_ORDER;
  static final String NEXT_PAGE =
      COLUMNS + " WHERE factor = ? AND subject >= ? AND (subject > ? OR id > ?)" + PAGE_ORDER;

  private final Database database;
  private final JdbcCredentialChanges changes;

  JdbcCredentialStore(Database database, JdbcCredentialChanges changes) {
    this.database = database;
    this.changes = changes;
  }

  @Override
  public Optional<CredentialChanges> changes() {
    return Optional.of(changes);
  }

  @Override
  public List<Credential> find(SubjectId subject, FactorType factor) {
    String name = subject.value();
    String id = factor.id();
    return database.transact(
        connection ->
            Sql.list(
                connection,
                JdbcCredentialStore::read,
                COLUMNS + " WHERE subject = ? AND factor = ? ORDER BY created_at, id",
                name,
                id));
  }

  @Override
  public boolean insert(Credential credential) {
    Object[] row = {
      credential.subject().value(),
      credential.id().value(),
      credential.factor().id(),
      credential.factor().kind().name(),
      credential.factor().amr(),
      EpochMicros.of(credential.createdAt()),
      TextMap.encode(credential.attributes()),
      credential.secretData(),
      credential.version()
    };
    return database.insert(
        connection -> {
          Sql.change(
              connection,
              "INSERT INTO facelock_credential (subject, id, factor, factor_kind, factor_amr,"
                  + " created_at, attributes, secret_data, version)"
                  + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
              row);
          note(connection, credential.subject(), isBiometric(credential.factor()));
          return true;
        });
  }

  @Override
  public boolean replace(Credential next) {
    byte[] attributes = TextMap.encode(next.attributes());
    byte[] secretData = next.secretData();
    return database.transact(
        connection -> {
          int changed =
              Sql.change(
                  connection,
                  "UPDATE facelock_credential SET attributes = ?, secret_data = ?, version = ?"
                      + " WHERE subject = ? AND id = ? AND version = ?",
                  attributes,
                  secretData,
                  next.version(),
                  next.subject().value(),
                  next.id().value(),
                  next.version() - 1);
          note(connection, next.subject(), changed == 1 && isBiometric(next.factor()));
          return changed == 1;
        });
  }

  @Override
  public boolean delete(SubjectId subject, CredentialId id) {
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(id, "id");
    return database.transact(
        connection -> {
          boolean biometric =
              Sql.find(
                      connection,
                      row -> row.getString(1).equals(FactorKind.INHERENCE.name()),
                      "SELECT factor_kind FROM facelock_credential WHERE subject = ? AND id = ?",
                      subject.value(),
                      id.value())
                  .orElse(false);
          int deleted =
              Sql.change(
                  connection,
                  "DELETE FROM facelock_credential WHERE subject = ? AND id = ?",
                  subject.value(),
                  id.value());
          note(connection, subject, deleted == 1 && biometric);
          return deleted == 1;
        });
  }

  @Override
  public int deleteAll(SubjectId subject) {
    Objects.requireNonNull(subject, "subject");
    return database.transact(
        connection -> {
          int biometric =
              Sql.change(
                  connection,
                  "DELETE FROM facelock_credential WHERE subject = ? AND factor_kind = ?",
                  subject.value(),
                  FactorKind.INHERENCE.name());
          int others =
              Sql.change(
                  connection, "DELETE FROM facelock_credential WHERE subject = ?", subject.value());
          note(connection, subject, biometric > 0);
          return biometric + others;
        });
  }

  /**
   * Page by page, each in a transaction of its own: bounded memory, and no lock while others work.
   */
  @Override
  public void forEach(FactorType factor, Consumer<? super Credential> each) {
    String id = factor.id();
    Objects.requireNonNull(each, "each");
    List<Credential> page =
        database.transact(
            connection -> Sql.list(connection, JdbcCredentialStore::read, FIRST_PAGE, id));
    while (!page.isEmpty()) {
      page.forEach(each);
      Credential last = page.get(page.size() - 1);
      String subject = last.subject().value();
      page =
          page.size() < PAGE
              ? List.of()
              : database.transact(
                  connection ->
                      Sql.list(
                          connection,
                          JdbcCredentialStore::read,
                          NEXT_PAGE,
                          id,
                          subject,
                          subject,
                          last.id().value()));
    }
  }

  private void note(Connection connection, SubjectId subject, boolean biometric)
      throws SQLException {
    if (biometric) {
      changes.note(connection, subject);
    }
  }

  private static boolean isBiometric(FactorType factor) {
    return factor.kind() == FactorKind.INHERENCE;
  }

  private static Credential read(ResultSet row) throws SQLException {
    return Credential.restore(
        new CredentialId(row.getString(1)),
        SubjectId.of(row.getString(2)),
        StoredFactor.read(row, 3).orElseThrow(),
        EpochMicros.toInstant(row.getLong(6)),
        TextMap.decode(row.getBytes(7)),
        row.getBytes(8),
        row.getLong(9));
  }
}
