package io.github.facelock.spi.store;

import java.time.Instant;
import java.util.Objects;

/**
 * All stores of one place: a database, for example. Thread-safe; each method gives the same store
 * at every call. Parts of several places can be combined by an implementation that delegates.
 */
public interface Stores {

  /**
   * Keeps subjects.
   *
   * @return the store
   */
  SubjectStore subjects();

  /**
   * Keeps credentials.
   *
   * @return the store
   */
  CredentialStore credentials();

  /**
   * Keeps logins between two requests.
   *
   * @return the store
   */
  TransactionStore transactions();

  /**
   * Counts attempts and messages.
   *
   * @return the store
   */
  AttemptStore attempts();

  /**
   * Keeps the audit trail.
   *
   * @return the store
   */
  AuditStore audit();

  /**
   * Keeps alerts until they have gone out.
   *
   * @return the store
   */
  OutboxStore outbox();

  /**
   * Keeps the pictures of alerts.
   *
   * @return the store
   */
  SnapshotStore snapshots();

  /**
   * Keeps the watch-list.
   *
   * @return the store
   */
  WatchListStore watchList();

  /**
   * Removes what no store needs any more and what no call finds: expired logins, for example.
   * Called now and then, on any node, by several at once too.
   *
   * @param now the present time
   * @return how many records were removed
   */
  default int clean(Instant now) {
    Objects.requireNonNull(now, "now");
    return 0;
  }
}
