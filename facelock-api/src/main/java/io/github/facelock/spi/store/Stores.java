package io.github.facelock.spi.store;

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
}
