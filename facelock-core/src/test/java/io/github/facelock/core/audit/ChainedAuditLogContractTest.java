package io.github.facelock.core.audit;

import io.github.facelock.core.crypto.EphemeralKeys;
import io.github.facelock.core.crypto.KeyRing;
import io.github.facelock.core.store.memory.MemoryAuditStore;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.AuditLog;
import io.github.facelock.spi.store.AuditRecord;
import io.github.facelock.test.contract.AuditLogContract;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;

class ChainedAuditLogContractTest extends AuditLogContract {

  private static final KeyRing KEYS =
      new KeyRing(new EphemeralKeys(new SecureRandom()), new SecureRandom());

  private MemoryAuditStore store = new MemoryAuditStore();

  @Override
  protected AuditLog newLog() {
    store = new MemoryAuditStore();
    return new ChainedAuditLog(store, KEYS, Clock.systemUTC());
  }

  @Override
  protected List<AuditEvent> read() {
    return store.read(1, Integer.MAX_VALUE).stream().map(AuditRecord::event).toList();
  }
}
