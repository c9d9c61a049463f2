package io.github.facelock.core.audit;

import io.github.facelock.api.admin.AuditQuery;
import io.github.facelock.core.store.memory.MemoryAuditStore;
import io.github.facelock.spi.store.AuditMark;
import io.github.facelock.spi.store.AuditRecord;
import io.github.facelock.spi.store.AuditStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A store to which somebody else can write, too. */
final class TamperedStore implements AuditStore {

  private final MemoryAuditStore store = new MemoryAuditStore();
  private UnaryOperator<List<AuditRecord>> records = all -> all;
  private UnaryOperator<Marks> marks = both -> both;

  /** From now on the records look so. */
  void alter(UnaryOperator<List<AuditRecord>> change) {
    records = change;
  }

  /** From now on one record looks so. */
  void alter(long number, UnaryOperator<AuditRecord> change) {
    alter(all -> all.stream().map(r -> r.number() == number ? change.apply(r) : r).toList());
  }

  void alterMarks(UnaryOperator<Marks> change) {
    marks = change;
  }

  void alterHead(UnaryOperator<Optional<AuditMark>> change) {
    alterMarks(both -> new Marks(both.anchor(), change.apply(both.head())));
  }

  List<AuditRecord> all() {
    return records.apply(new ArrayList<>(store.read(1, Integer.MAX_VALUE)));
  }

  @Override
  public AuditRecord append(Linker linker) {
    return store.append(head -> linker.link(marks.apply(new Marks(Optional.empty(), head)).head()));
  }

  @Override
  public Marks marks() {
    return marks.apply(store.marks());
  }

  @Override
  public List<AuditRecord> read(long from, int limit) {
    return all().stream().filter(record -> record.number() >= from).limit(limit).toList();
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
