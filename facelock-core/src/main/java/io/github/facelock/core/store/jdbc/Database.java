package io.github.facelock.core.store.jdbc;

import io.github.facelock.api.FaceLockException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Runs work in transactions, and turns the database's faults into ours. Thread-safe.
 *
 * <p>Isolation is "read committed" everywhere: every contract is kept by row locks, unique keys and
 * counted rows, which mean the same in all databases; a stricter level would only add conflicts.
 *
 * <p>Work that the database undid is run again, a bounded number of times: after a conflict with
 * another transaction, and once after a connection was lost before the commit was sent (a pool may
 * hand out a connection that died while it waited). When the commit itself fails, nobody knows
 * whether it happened, so it is not repeated. Where no connection was to be had, the pool has
 * waited already, and nothing is asked again: who waits for a login learns soon that it cannot be.
 */
final class Database {

  private static final int MOST_CONFLICTS = 20;
  private static final int MOST_LOSSES = 1;
  private static final long FIRST_PAUSE_MILLIS = 2;
  private static final long LONGEST_PAUSE_MILLIS = 100;

  private final DataSource source;
  private final Dialect dialect;

  Database(DataSource source, Dialect dialect) {
    this.source = source;
    this.dialect = dialect;
  }

  Dialect dialect() {
    return dialect;
  }

  /** Runs work that may be run again if it was undone: without effects outside the database. */
  <T> T transact(Work<T> work) {
    int conflicts = 0;
    int losses = 0;
    while (true) {
      try {
        return once(work);
      } catch (CommitFailed e) {
        throw unknownEnd(e.getCause());
      } catch (NoConnection e) {
        throw away(e.fault);
      } catch (SQLException e) {
        if (dialect.isConflict(e) && conflicts < MOST_CONFLICTS) {
          pause(conflicts++);
        } else if (Dialect.isConnectionLoss(e) && losses < MOST_LOSSES) {
          losses++;
        } else {
          throw fault(e);
        }
      }
    }
  }

  /** Runs work that is never run again. */
  <T> T transactOnce(Work<T> work) {
    try {
      return once(work);
    } catch (CommitFailed e) {
      throw unknownEnd(e.getCause());
    } catch (NoConnection e) {
      throw away(e.fault);
    } catch (SQLException e) {
      throw fault(e);
    }
  }

  /** Runs an insertion; a row of this key that is there already undoes the transaction. */
  boolean insert(Work<?> work) {
    return transact(
        connection -> {
          try {
            work.run(connection);
            return true;
          } catch (SQLException e) {
            if (dialect.isDuplicate(e)) {
              connection.rollback();
              return false;
            }
            throw e;
          }
        });
  }

  private <T> T once(Work<T> work) throws SQLException, CommitFailed, NoConnection {
    try (Connection connection = connect()) {
      connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      connection.setAutoCommit(false);
      T result;
      try {
        result = work.run(connection);
      } catch (SQLException | RuntimeException | Error e) {
        rollback(connection, e);
        throw e;
      }
      commit(connection);
      connection.setAutoCommit(true);
      return result;
    }
  }

  private Connection connect() throws NoConnection {
    try {
      return source.getConnection();
    } catch (SQLException e) {
      throw new NoConnection(e);
    }
  }

  private void commit(Connection connection) throws SQLException, CommitFailed {
    try {
      connection.commit();
    } catch (SQLException e) {
      rollback(connection, e);
      if (dialect.isConflict(e)) {
        throw e;
      }
      throw new CommitFailed(e);
    }
  }

  private static void rollback(Connection connection, Throwable cause) {
    try {
      connection.rollback();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      // The connection is gone, and the database undoes what was not committed.
      cause.addSuppressed(e);
    }
  }

  private static void pause(int conflicts) {
    long millis = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(conflicts, 10));
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  private FaceLockException.Store fault(SQLException e) {
    if (Dialect.isConnectionLoss(e)) {
      return away(e);
    }
    String codes = codes(e);
    if (dialect.isConflict(e)) {
      return new FaceLockException.Store(
          "The database is too busy: a change met others "
              + MOST_CONFLICTS
              + " times ("
              + codes
              + "). Nothing was changed; trying again may succeed");
    }
    return new FaceLockException.Store(
        "The database refuses a statement ("
            + codes
            + "). Nothing was changed. Check that the schema is FaceLock's (JdbcStores.initialise) and"
            + " that the user may read and write its tables; the database's own log has the details");
  }

  private static FaceLockException.Store away(SQLException e) {
    return new FaceLockException.Store(
        "The database does not answer ("
            + codes(e)
            + "). Nothing was changed; trying again may succeed. Check that it runs, that it can"
            + " be reached, and that the pool has a connection left");
  }

  /** Drivers quote values in their messages; only their codes may go further. */
  private static String codes(SQLException e) {
    return "SQL state " + e.getSQLState() + ", code " + e.getErrorCode();
  }

  private static FaceLockException.Store unknownEnd(@Nullable Throwable cause) {
    String codes = cause instanceof SQLException e ? " (" + codes(e) + ")" : "";
    return new FaceLockException.Store(
        "The database went away while it committed"
            + codes
            + ": the change may or may not be there. Check that the database runs, then try again");
  }

  /** One transaction's statements. */
  @FunctionalInterface
  interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  private static final class NoConnection extends Exception {
    private static final long serialVersionUID = 1L;
    private final SQLException fault;

    NoConnection(SQLException fault) {
      super(fault);
      this.fault = fault;
    }
  }

  private static final class CommitFailed extends Exception {
    private static final long serialVersionUID = 1L;

    CommitFailed(SQLException cause) {
      super(cause);
    }
  }
}
