package io.github.facelock.core.store.memory;

import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.AuditLog;
import io.github.facelock.spi.store.AttemptStore;
import io.github.facelock.spi.store.AuditStore;
import io.github.facelock.spi.store.CredentialStore;
import io.github.facelock.spi.store.OutboxStore;
import io.github.facelock.spi.store.SnapshotStore;
import io.github.facelock.spi.store.SubjectStore;
import io.github.facelock.spi.store.TransactionStore;
import io.github.facelock.spi.store.WatchListStore;
import io.github.facelock.test.MutableClock;
import io.github.facelock.test.contract.AttemptStoreContract;
import io.github.facelock.test.contract.AuditLogContract;
import io.github.facelock.test.contract.AuditStoreContract;
import io.github.facelock.test.contract.CredentialStoreContract;
import io.github.facelock.test.contract.OutboxStoreContract;
import io.github.facelock.test.contract.SnapshotStoreContract;
import io.github.facelock.test.contract.SubjectStoreContract;
import io.github.facelock.test.contract.TransactionStoreContract;
import io.github.facelock.test.contract.WatchListStoreContract;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Nested;

class MemoryStoreContractsTest {

  @Nested
  class Subjects extends SubjectStoreContract {
    @Override
    protected SubjectStore newStore() {
      return new MemorySubjectStore();
    }
  }

  @Nested
  class Credentials extends CredentialStoreContract {
    @Override
    protected CredentialStore newStore() {
      return new MemoryCredentialStore();
    }
  }

  @Nested
  class Transactions extends TransactionStoreContract {
    @Override
    protected TransactionStore newStore() {
      return new MemoryTransactionStore(MutableClock.at(now()));
    }
  }

  @Nested
  class Watched extends WatchListStoreContract {
    @Override
    protected WatchListStore newStore() {
      return new MemoryWatchListStore();
    }
  }

  @Nested
  class Attempts extends AttemptStoreContract {
    @Override
    protected AttemptStore newStore() {
      return new MemoryAttemptStore(MutableClock.at(Instant.parse("2030-01-01T12:00:00Z")));
    }
  }

  @Nested
  class Outbox extends OutboxStoreContract {
    @Override
    protected OutboxStore newStore() {
      return new MemoryOutboxStore();
    }
  }

  @Nested
  class Snapshots extends SnapshotStoreContract {
    @Override
    protected SnapshotStore newStore() {
      return new MemorySnapshotStore();
    }
  }

  @Nested
  class Audits extends AuditStoreContract {
    @Override
    protected AuditStore newStore() {
      return new MemoryAuditStore();
    }
  }

  @Nested
  class Audit extends AuditLogContract {
    private MemoryAuditLog log = new MemoryAuditLog();

    @Override
    protected AuditLog newLog() {
      log = new MemoryAuditLog();
      return log;
    }

    @Override
    protected List<AuditEvent> read() {
      return log.events();
    }
  }
}
