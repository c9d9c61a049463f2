package io.github.facelock.core.store.jdbc;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.spi.store.AttemptStore;
import io.github.facelock.spi.store.AuditStore;
import io.github.facelock.spi.store.CredentialStore;
import io.github.facelock.spi.store.OutboxStore;
import io.github.facelock.spi.store.SnapshotStore;
import io.github.facelock.spi.store.Stores;
import io.github.facelock.spi.store.SubjectStore;
import io.github.facelock.spi.store.TransactionStore;
import io.github.facelock.spi.store.WatchListStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import javax.sql.DataSource;

/**
 * All stores in one relational database: H2 2.x, PostgreSQL 12 or newer, MariaDB 10.6 or newer,
 * MySQL 8.0.17 or newer. Thread-safe; as many nodes as you like may share the database.
 *
 * <pre>{@code
 * JdbcStores.initialise(dataSource); // or let Flyway run classpath:db/facelock/postgresql
 * JdbcStores stores = JdbcStores.of(dataSource, Clock.systemUTC());
 * FaceLock faceLock = FaceLock.builder().policy(Policies.web()).stores(stores).keys(keys).build();
 * }</pre>
 *
 * <p>Give a pooled {@link DataSource} with a time-out for connections and for answers: what does
 * not answer denies, but only when the driver gives up waiting. Each call takes one connection for
 * one short transaction of the level "read committed".
 *
 * <p>Whatever is secret was sealed before it gets here; give FaceLock keys that outlive the
 * process.
 */
public final class JdbcStores implements Stores, AutoCloseable {

  private static final Duration IDLE_COUNTS_KEPT = Duration.ofDays(400);

  private final JdbcSubjectStore subjects;
  private final JdbcCredentialChanges changes;
  private final JdbcCredentialStore credentials;
  private final JdbcTransactionStore transactions;
  private final JdbcAttemptStore attempts;
  private final JdbcAuditStore audit;
  private final JdbcOutboxStore outbox;
  private final JdbcSnapshotStore snapshots;
  private final JdbcWatchListStore watchList;
  private final Runnable close;

  private JdbcStores(Database database, Clock clock, Runnable close) {
    this.subjects = new JdbcSubjectStore(database);
    this.changes = new JdbcCredentialChanges(database, clock);
    this.credentials = new JdbcCredentialStore(database, changes);
    this.transactions = new JdbcTransactionStore(database);
    this.attempts = new JdbcAttemptStore(database);
    this.audit = new JdbcAuditStore(database);
    this.outbox = new JdbcOutboxStore(database);
    this.snapshots = new JdbcSnapshotStore(database);
    this.watchList = new JdbcWatchListStore(database);
    this.close = close;
  }

  /**
   * Makes the tables, or brings them to the present version. Several nodes may call it at once. Not
   * needed where Flyway runs the scripts of {@code classpath:db/facelock/DIALECT}.
   *
   * @param source whose user may create tables
   * @throws FaceLockException.Store if the database cannot be reached, is none of the four, or has
   *     tables of a newer FaceLock
   */
  public static void initialise(DataSource source) {
    new Schema(source, dialect(source)).initialise();
  }

  /**
   * Uses a database that has the tables. It stays open when FaceLock is closed.
   *
   * @param source gives connections
   * @param clock tells when a change was made
   * @return the stores
   * @throws FaceLockException.Store if the database cannot be reached, is none of the four, or its
   *     tables are missing or of another version
   */
  public static JdbcStores of(DataSource source, Clock clock) {
    return of(source, clock, () -> {});
  }

  /**
   * Uses an H2 database in a file of this machine, and makes it if it is not there: durable, for
   * one process, without a server. Needs {@code com.h2database:h2} on the class path.
   *
   * @param file the path without H2's ending {@code .mv.db}
   * @param clock tells when a change was made
   * @return the stores; close them at the end
   * @throws FaceLockException.Store if the file cannot be used, for example because another process
   *     has it open, or H2 is not there
   */
  public static JdbcStores inFile(Path file, Clock clock) {
    EmbeddedDatabase database = EmbeddedDatabase.open(file);
    try {
      initialise(database.source());
      return of(database.source(), clock, database::close);
    } catch (RuntimeException | Error e) {
      database.close();
      throw e;
    }
  }

  private static JdbcStores of(DataSource source, Clock clock, Runnable close) {
    Objects.requireNonNull(clock, "clock");
    Dialect dialect = dialect(source);
    new Schema(source, dialect).require();
    return new JdbcStores(new Database(source, dialect), clock, close);
  }

  private static Dialect dialect(DataSource source) {
    String product;
    try (Connection connection = source.getConnection()) {
      product = connection.getMetaData().getDatabaseProductName();
    } catch (SQLException e) {
      throw new FaceLockException.Store(
          "The database does not answer (SQL state "
              + e.getSQLState()
              + ", code "
              + e.getErrorCode()
              + "). Check its address, user and password, and that it runs",
          e);
    }
    return Dialect.ofProduct(product)
        .orElseThrow(
            () ->
                new FaceLockException.Store(
                    "FaceLock knows H2, PostgreSQL, MariaDB and MySQL, but the database says that it"
                        + " is "
                        + product
                        + ". Use one of the four, or write the stores of io.github.facelock.spi.store"
                        + " for it"));
  }

  @Override
  public SubjectStore subjects() {
    return subjects;
  }

  @Override
  public CredentialStore credentials() {
    return credentials;
  }

  @Override
  public TransactionStore transactions() {
    return transactions;
  }

  @Override
  public AttemptStore attempts() {
    return attempts;
  }

  @Override
  public AuditStore audit() {
    return audit;
  }

  @Override
  public OutboxStore outbox() {
    return outbox;
  }

  @Override
  public SnapshotStore snapshots() {
    return snapshots;
  }

  @Override
  public WatchListStore watchList() {
    return watchList;
  }

  /**
   * Removes rows that no store needs any more: expired logins, counts of attempts that nothing was
   * added to for {@code 400} days and that block nobody, and the names of erased subjects in the
   * table of changes. Housekeeping calls it every hour; call it yourself where there is none.
   */
  @Override
  public int clean(Instant now) {
    return transactions.deleteExpired(now)
        + attempts.deleteIdle(now.minus(IDLE_COUNTS_KEPT), now)
        + changes.forgetRemoved(now);
  }

  /** Closes the file of {@link #inFile}; a {@link DataSource} of the caller's stays open. */
  @Override
  public void close() {
    close.run();
  }
}
