package io.github.facelock.core.store.memory;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.admin.AuditQuery;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.store.AuditMark;
import io.github.facelock.spi.store.AuditRecord;
import io.github.facelock.spi.store.AuditStore;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The audit trail in memory: for trials and tests, gone with the process. Grows until it is
 * {@linkplain #cut cut}. Thread-safe.
 */
public final class MemoryAuditStore implements AuditStore {

  private final NavigableMap<Long, AuditRecord> records = new TreeMap<>();
  private Optional<AuditMark> anchor = Optional.empty();
  private Optional<AuditMark> head = Optional.empty();

  /** Makes an empty store. */
  public MemoryAuditStore() {}

  @Override
  public synchronized AuditRecord append(Linker linker) {
    Entry entry = linker.link(head);
    AuditRecord record = entry.record();
    if (records.putIfAbsent(record.number(), record) != null) {
      throw new FaceLockException.Store(
          "Audit record " + record.number() + " is there already: the linker must count upwards");
    }
    head = Optional.of(entry.head());
    return record;
  }

  @Override
  public synchronized Marks marks() {
    return new Marks(anchor, head);
  }

  @Override
  public synchronized List<AuditRecord> read(long from, int limit) {
    return records.tailMap(from, true).values().stream().limit(limit).toList();
  }

  @Override
  public synchronized List<AuditRecord> search(AuditQuery query) {
    return records.headMap(query.before(), false).descendingMap().values().stream()
        .filter(record -> matches(query, record.event()))
        .limit(query.limit())
        .toList();
  }

  private static boolean matches(AuditQuery query, AuditEvent event) {
    return query.subject().map(Optional::of).map(event.subject()::equals).orElse(true)
        && (query.types().isEmpty() || query.types().contains(event.type().name()))
        && query.factor().map(Optional::of).map(event.factor()::equals).orElse(true)
        && query.from().map(from -> !event.at().isBefore(from)).orElse(true)
        && query.until().map(event.at()::isBefore).orElse(true)
        && event.source().contains(query.source())
        && query.transaction().map(event.transaction()::equals).orElse(true);
  }

  @Override
  public synchronized long cut(AuditMark anchor) {
    Objects.requireNonNull(anchor, "anchor");
    long last = head.map(AuditMark::number).orElse(0L);
    long present = this.anchor.map(AuditMark::number).orElse(0L);
    if (anchor.number() > last || anchor.number() <= present) {
      return 0;
    }
    Map<Long, AuditRecord> old = records.headMap(anchor.number(), true);
    long removed = old.size();
    old.clear();
    this.anchor = Optional.of(anchor);
    return removed;
  }
}
