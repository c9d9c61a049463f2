package io.github.facelock.core.store.jdbc;

import io.github.facelock.api.SubjectId;
import io.github.facelock.spi.store.CredentialChanges;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The number of each subject's last biometric change, in the table {@code
 * facelock_credential_change}.
 */
final class JdbcCredentialChanges implements CredentialChanges {

  private static final Duration KEPT = Duration.ofHours(KEPT_HOURS);

  private final Database database;
  private final Clock clock;

  JdbcCredentialChanges(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Notes a change, as the last thing that its transaction does. */
  void note(Connection connection, SubjectId subject) throws SQLException {
    long number = Counters.next(connection, Counters.CREDENTIAL_CHANGE);
    long now = EpochMicros.of(clock.instant());
    int known =
        Sql.change(
            connection,
            "UPDATE facelock_credential_change SET number = ?, changed_at = ? WHERE subject = ?",
            number,
            now,
            subject.value());
    if (known == 0) {
      Sql.change(
          connection,
          "INSERT INTO facelock_credential_change (subject, number, changed_at) VALUES (?, ?, ?)",
          subject.value(),
          number,
          now);
    }
  }

  @Override
  public long latest() {
    return database.transact(
        connection -> Counters.present(connection, Counters.CREDENTIAL_CHANGE));
  }

  @Override
  public List<Change> after(long number, int limit) {
    return database.transact(
        connection ->
            Sql.list(
                connection,
                row -> new Change(row.getLong(1), SubjectId.of(row.getString(2))),
                "SELECT number, subject FROM facelock_credential_change WHERE number > ?"
                    + " ORDER BY number LIMIT ?",
                number,
                limit));
  }

  /** Forgets the names of subjects whose credentials were removed long enough ago. */
  int forgetRemoved(Instant now) {
    long before = EpochMicros.of(now.minus(KEPT));
    return database.transact(
        connection ->
            Sql.change(
                connection,
                "DELETE FROM facelock_credential_change WHERE changed_at < ? AND NOT EXISTS"
                    + " (SELECT 1 FROM facelock_credential c WHERE c.subject ="
                    + " facelock_credential_change.subject AND c.factor_kind = 'INHERENCE')",
                before));
  }
}
