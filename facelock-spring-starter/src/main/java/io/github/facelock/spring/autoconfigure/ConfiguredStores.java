package io.github.facelock.spring.autoconfigure;

import io.github.facelock.core.store.memory.MemoryAttemptStore;
import io.github.facelock.core.store.memory.MemoryAuditStore;
import io.github.facelock.core.store.memory.MemoryCredentialStore;
import io.github.facelock.core.store.memory.MemoryOutboxStore;
import io.github.facelock.core.store.memory.MemorySnapshotStore;
import io.github.facelock.core.store.memory.MemorySubjectStore;
import io.github.facelock.core.store.memory.MemoryTransactionStore;
import io.github.facelock.core.store.memory.MemoryWatchListStore;
import io.github.facelock.spi.store.AttemptStore;
import io.github.facelock.spi.store.AuditStore;
import io.github.facelock.spi.store.CredentialStore;
import io.github.facelock.spi.store.OutboxStore;
import io.github.facelock.spi.store.SnapshotStore;
import io.github.facelock.spi.store.Stores;
import io.github.facelock.spi.store.SubjectStore;
import io.github.facelock.spi.store.TransactionStore;
import io.github.facelock.spi.store.WatchListStore;
import java.time.Clock;
import java.time.Instant;
import java.util.function.ToLongFunction;

/**
 * The stores that properties chose, with what the application needs to know of them.
 *
 * @param place where they are, for the log; no address, no password
 * @param cleaning removes what nobody needs any more
 * @param closing closes what was opened
 */
record ConfiguredStores(
    SubjectStore subjects,
    CredentialStore credentials,
    TransactionStore transactions,
    AttemptStore attempts,
    AuditStore audit,
    OutboxStore outbox,
    SnapshotStore snapshots,
    WatchListStore watchList,
    String place,
    ToLongFunction<Instant> cleaning,
    Runnable closing)
    implements Stores, AutoCloseable {

  static ConfiguredStores of(
      Stores stores, String place, ToLongFunction<Instant> cleaning, Runnable closing) {
    return new ConfiguredStores(
        stores.subjects(),
        stores.credentials(),
        stores.transactions(),
        stores.attempts(),
        stores.audit(),
        stores.outbox(),
        stores.snapshots(),
        stores.watchList(),
        place,
        cleaning,
        closing);
  }

  static ConfiguredStores inMemory(Clock clock) {
    return new ConfiguredStores(
        new MemorySubjectStore(),
        new MemoryCredentialStore(),
        new MemoryTransactionStore(clock),
        new MemoryAttemptStore(clock),
        new MemoryAuditStore(),
        new MemoryOutboxStore(),
        new MemorySnapshotStore(),
        new MemoryWatchListStore(),
        "memory",
        now -> 0,
        () -> {});
  }

  /** The same with others for what is short-lived. */
  ConfiguredStores with(
      TransactionStore otherTransactions,
      AttemptStore otherAttempts,
      String more,
      Runnable closingThem) {
    return new ConfiguredStores(
        subjects,
        credentials,
        otherTransactions,
        otherAttempts,
        audit,
        outbox,
        snapshots,
        watchList,
        place + ", " + more,
        cleaning,
        () -> {
          closingThem.run();
          closing.run();
        });
  }

  @Override
  public void close() {
    closing.run();
  }

  @Override
  public String toString() {
    return "ConfiguredStores[" + place + "]";
  }
}
