package io.github.facelock.spring.observation;

import io.github.facelock.api.admin.AuditQuery;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.store.AuditMark;
import io.github.facelock.spi.store.AuditRecord;
import io.github.facelock.spi.store.AuditStore;
import java.util.List;
import java.util.function.Consumer;

/** An audit store whose new records are heard of. Thread-safe where its parts are. */
final class HeardAuditStore implements AuditStore {

  private final AuditStore store;
  private final Consumer<AuditEvent> heard;

  HeardAuditStore(AuditStore store, Consumer<AuditEvent> heard) {
    this.store = store;
    this.heard = heard;
  }

  @Override
  public AuditRecord append(Linker linker) {
    AuditRecord record = store.append(linker);
    heard.accept(record.event());
    return record;
  }

  @Override
  public Marks marks() {
    return store.marks();
  }

  @Override
  public List<AuditRecord> read(long from, int limit) {
    return store.read(from, limit);
  }

  @Override
  public List<AuditRecord> search(AuditQuery query) {
    return store.search(query);
  }

  @Override
  public long cut(AuditMark anchor) {
    return store.cut(anchor);
  }
}
