package io.github.facelock.core;

import io.github.facelock.core.store.memory.MemoryCredentialStore;
import io.github.facelock.core.store.memory.MemorySubjectStore;
import io.github.facelock.spi.AuditLog;
import io.github.facelock.spi.KeyProvider;
import io.github.facelock.spi.store.AttemptStore;
import io.github.facelock.spi.store.AuditStore;
import io.github.facelock.spi.store.CredentialStore;
import io.github.facelock.spi.store.OutboxStore;
import io.github.facelock.spi.store.SnapshotStore;
import io.github.facelock.spi.store.Stores;
import io.github.facelock.spi.store.SubjectStore;
import io.github.facelock.spi.store.TransactionStore;
import io.github.facelock.spi.store.WatchListStore;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a {@link FaceLock} keeps things, and under which keys: the part of the builder that a
 * database replaces.
 */
abstract sealed class StoreOptions permits FactorOptions {

  /** A trail in memory must not grow for ever. */
  static final int AUDIT_IN_MEMORY = 10_000;

  final KeyParts keys = new KeyParts();
  SubjectStore subjects = new MemorySubjectStore();
  CredentialStore credentials = new MemoryCredentialStore();
  Optional<TransactionStore> transactions = Optional.empty();
  Optional<AttemptStore> attempts = Optional.empty();
  Optional<AuditLog> ownAudit = Optional.empty();
  Optional<AuditStore> auditStore = Optional.empty();
  Optional<Stores> place = Optional.empty();
  final AlertParts alerting = new AlertParts();
  final CircumstanceParts circumstances = new CircumstanceParts();

  StoreOptions() {}

  abstract FaceLockBuilder self();

  /**
   * Sets the keys that seal templates, secrets and transactions. Without them a random key is used
   * that ends with the process, and a warning is logged.
   *
   * @param keys the keys
   * @return this
   */
  public FaceLockBuilder keys(KeyProvider keys) {
    this.keys.provider = Optional.of(keys);
    return self();
  }

  /**
   * Sets where everything is kept: a database, for example. A part that is set after this call
   * replaces the place's own. Give {@linkplain #keys keys} that outlive the process, too.
   *
   * @param stores for example a {@link io.github.facelock.core.store.jdbc.JdbcStores}
   * @return this
   */
  public FaceLockBuilder stores(Stores stores) {
    this.place = Optional.of(stores);
    return subjectStore(stores.subjects())
        .credentialStore(stores.credentials())
        .transactionStore(stores.transactions())
        .attemptStore(stores.attempts())
        .watchListStore(stores.watchList())
        .auditStore(stores.audit())
        .alertStores(stores.outbox(), stores.snapshots());
  }

  /**
   * Sets where subjects are kept.
   *
   * @param store the store
   * @return this
   */
  public FaceLockBuilder subjectStore(SubjectStore store) {
    this.subjects = Objects.requireNonNull(store, "store");
    return self();
  }

  /**
   * Sets where credentials are kept; they are encrypted before they get there.
   *
   * @param store the store
   * @return this
   */
  public FaceLockBuilder credentialStore(CredentialStore store) {
    this.credentials = Objects.requireNonNull(store, "store");
    return self();
  }

  /**
   * Sets where the subjects' wrapped keys are kept; with the credentials unless set. Whoever has
   * neither this store nor a backup of it cannot read a credential, the keys of {@link #keys} or
   * not: keep its backups for a short time, and an erased subject is gone from the other ones too.
   *
   * @param store for example one on another database; holds one short record for each subject
   * @return this
   */
  public FaceLockBuilder subjectKeyStore(CredentialStore store) {
    this.keys.subjectKeys = Optional.of(store);
    return self();
  }

  /**
   * Sets where logins are kept between two requests; they are encrypted before they get there.
   *
   * @param store the store
   * @return this
   */
  public FaceLockBuilder transactionStore(TransactionStore store) {
    this.transactions = Optional.of(store);
    return self();
  }

  /**
   * Sets where attempts are counted.
   *
   * @param store the store
   * @return this
   */
  public FaceLockBuilder attemptStore(AttemptStore store) {
    this.attempts = Optional.of(store);
    return self();
  }

  /**
   * Sets where the watch-list is kept; its faces are encrypted before they get there.
   *
   * @param store the store
   * @return this
   */
  public FaceLockBuilder watchListStore(WatchListStore store) {
    circumstances.watchStore = Objects.requireNonNull(store, "store");
    return self();
  }

  /**
   * Sets where the audit trail is kept, as a chain under the {@linkplain #keys keys}. Without it
   * the last {@value #AUDIT_IN_MEMORY} records are kept in memory.
   *
   * @param store keeps what it is given until somebody cuts it
   * @return this
   */
  public FaceLockBuilder auditStore(AuditStore store) {
    this.auditStore = Optional.of(store);
    return self();
  }

  /**
   * Replaces the audit trail by one of the application's own; then {@link FaceLock#audit()} is
   * empty and {@link #auditStore} has no effect.
   *
   * @param audit the log
   * @return this
   */
  public FaceLockBuilder auditLog(AuditLog audit) {
    this.ownAudit = Optional.of(audit);
    return self();
  }

  /**
   * Sets where alerts wait until they have gone out, and where their pictures are kept; both are
   * encrypted before they get there. Without this they end with the process.
   *
   * @param outbox keeps alerts
   * @param snapshots keeps pictures
   * @return this
   */
  public FaceLockBuilder alertStores(OutboxStore outbox, SnapshotStore snapshots) {
    alerting.outbox = Objects.requireNonNull(outbox, "outbox");
    alerting.snapshots = Objects.requireNonNull(snapshots, "snapshots");
    return self();
  }

  /**
   * Sets what is done at intervals: re-encryption and retention. Without it nothing is; call {@link
   * FaceLock#keyRotation()} from an own scheduler then.
   *
   * @param settings what is done, and how often
   * @return this
   */
  public FaceLockBuilder housekeeping(HousekeepingSettings settings) {
    this.keys.housekeeping = Optional.of(settings);
    return self();
  }
}
