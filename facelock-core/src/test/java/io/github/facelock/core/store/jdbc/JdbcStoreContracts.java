package io.github.facelock.core.store.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import io.github.facelock.spi.store.AttemptStore;
import io.github.facelock.spi.store.AuditStore;
import io.github.facelock.spi.store.CredentialStore;
import io.github.facelock.spi.store.OutboxStore;
import io.github.facelock.spi.store.SnapshotStore;
import io.github.facelock.spi.store.SubjectStore;
import io.github.facelock.spi.store.TransactionStore;
import io.github.facelock.spi.store.WatchListStore;
import io.github.facelock.test.contract.AttemptStoreContract;
import io.github.facelock.test.contract.AuditStoreContract;
import io.github.facelock.test.contract.CredentialStoreContract;
import io.github.facelock.test.contract.OutboxStoreContract;
import io.github.facelock.test.contract.SnapshotStoreContract;
import io.github.facelock.test.contract.SubjectStoreContract;
import io.github.facelock.test.contract.TransactionStoreContract;
import io.github.facelock.test.contract.WatchListStoreContract;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/**
 * Every store's contract on one database. The second node has a pool of its own: what the nodes
 * agree on went through the database.
 */
abstract class JdbcStoreContracts {

  private final TestDatabase database;
  private final Deque<HikariDataSource> pools = new ArrayDeque<>();
  private String url = "";

  JdbcStoreContracts(TestDatabase database) {
    this.database = database;
  }

  JdbcStores open() {
    url = database.newUrl();
    JdbcStores.initialise(pool());
    return JdbcStores.of(pools.element(), Clock.systemUTC());
  }

  JdbcStores node() {
    return JdbcStores.of(pool(), Clock.systemUTC());
  }

  private HikariDataSource pool() {
    HikariDataSource pool = TestDatabase.pool(url);
    pools.push(pool);
    return pool;
  }

  @AfterEach
  void closePools() {
    pools.forEach(HikariDataSource::close);
    pools.clear();
  }

  @Nested
  class Subjects extends SubjectStoreContract {
    @Override
    protected SubjectStore newStore() {
      return open().subjects();
    }

    @Override
    protected SubjectStore otherNode(SubjectStore first) {
      return node().subjects();
    }
  }

  @Nested
  class Credentials extends CredentialStoreContract {
    @Override
    protected CredentialStore newStore() {
      return open().credentials();
    }

    @Override
    protected CredentialStore otherNode(CredentialStore first) {
      return node().credentials();
    }
  }

  @Nested
  class Transactions extends TransactionStoreContract {
    @Override
    protected TransactionStore newStore() {
      return open().transactions();
    }

    @Override
    protected TransactionStore otherNode(TransactionStore first) {
      return node().transactions();
    }
  }

  @Nested
  class Attempts extends AttemptStoreContract {
    @Override
    protected AttemptStore newStore() {
      return open().attempts();
    }

    @Override
    protected AttemptStore otherNode(AttemptStore first) {
      return node().attempts();
    }
  }

  @Nested
  class Audits extends AuditStoreContract {
    @Override
    protected AuditStore newStore() {
      return open().audit();
    }

    @Override
    protected AuditStore otherNode(AuditStore first) {
      return node().audit();
    }
  }

  @Nested
  class Outbox extends OutboxStoreContract {
    @Override
    protected OutboxStore newStore() {
      return open().outbox();
    }

    @Override
    protected OutboxStore otherNode(OutboxStore first) {
      return node().outbox();
    }
  }

  @Nested
  class Snapshots extends SnapshotStoreContract {
    @Override
    protected SnapshotStore newStore() {
      return open().snapshots();
    }

    @Override
    protected SnapshotStore otherNode(SnapshotStore first) {
      return node().snapshots();
    }
  }

  @Nested
  class Watched extends WatchListStoreContract {
    @Override
    protected WatchListStore newStore() {
      return open().watchList();
    }

    @Override
    protected WatchListStore otherNode(WatchListStore first) {
      return node().watchList();
    }
  }
}
