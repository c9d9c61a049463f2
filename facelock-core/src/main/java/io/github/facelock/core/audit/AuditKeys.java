package io.github.facelock.core.audit;

import io.github.facelock.core.crypto.SealedRecords;
import io.github.facelock.spi.store.AuditMark;
import io.github.facelock.spi.store.AuditRecord;
import io.github.facelock.spi.store.AuditStore;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The audit trail, for a rotation of keys. Its links are never computed anew, because that would
 * turn what was altered into what is genuine: a key is needed until the last record under it is
 * cut. Thread-safe.
 */
public final class AuditKeys implements SealedRecords {

  private static final int PAGE = 1000;

  private final AuditStore store;

  /**
   * Looks after a store.
   *
   * @param store the trail
   */
  public AuditKeys(AuditStore store) {
    this.store = Objects.requireNonNull(store, "store");
  }

  @Override
  public String name() {
    return "audit trail";
  }

  @Override
  public Map<String, Long> countByKey() {
    Map<String, Long> counts = new TreeMap<>();
    AuditStore.Marks marks = store.marks();
    // A mark is a record of its own: the end is checked at each append, the anchor at each cut.
    marks.anchor().map(AuditMark::keyId).ifPresent(key -> counts.merge(key, 1L, Long::sum));
    marks.head().map(AuditMark::keyId).ifPresent(key -> counts.merge(key, 1L, Long::sum));
    long next = 0;
    while (true) {
      List<AuditRecord> page = store.read(next, PAGE);
      for (AuditRecord record : page) {
        counts.merge(record.keyId(), 1L, Long::sum);
        next = record.number() + 1;
      }
      if (page.size() < PAGE) {
        return counts;
      }
    }
  }

  @Override
  public int reseal(int most) {
    return 0;
  }
}
