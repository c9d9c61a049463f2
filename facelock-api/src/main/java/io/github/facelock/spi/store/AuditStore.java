package io.github.facelock.spi.store;

import io.github.facelock.api.admin.AuditQuery;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Keeps the audit trail. Thread-safe. Each method is atomic; what it wrote is seen by every later
 * call on every node, and is durable when the method returns. A store keeps and gives back; it
 * neither computes nor checks links. Faults are {@link
 * io.github.facelock.api.FaceLockException.Store}.
 *
 * <p>Texts hold no unpaired surrogates. Those of {@link
 * io.github.facelock.spi.AuditEvent#details()} may hold any other character, zero included, and may
 * be long; the other texts are at most 128 characters.
 */
public interface AuditStore {

  /**
   * Appends one record, linked to the end of the trail under the store's own lock, so that parallel
   * callers on any nodes make one chain without a gap. In a database: lock the row of the head,
   * call the linker, insert the record, write the head, commit; on a conflict that the lock did not
   * prevent, roll back and call the linker anew.
   *
   * @param linker makes record and new head; free of effects, and called once for each try
   * @return the record that was written
   * @throws RuntimeException what the linker threw; then nothing is written
   */
  AuditRecord append(Linker linker);

  /**
   * Shows where the trail begins and ends, as one moment saw it.
   *
   * @return both marks
   */
  Marks marks();

  /**
   * Reads the trail in the order of its numbers.
   *
   * @param from the lowest number
   * @param limit the most records, at least 1
   * @return the records; empty after the end
   */
  List<AuditRecord> read(long from, int limit);

  /**
   * Searches the trail.
   *
   * @param query which records; texts are compared exactly
   * @return at most {@code query.limit()} records, those with the highest numbers first
   */
  List<AuditRecord> search(AuditQuery query);

  /**
   * Ends the retention of old records: removes those up to a number and keeps the mark, in one act.
   *
   * @param anchor the mark of the last record to be removed
   * @return how many were removed; 0, and nothing is changed, if the anchor's number is beyond the
   *     head's or not beyond the present anchor's
   */
  long cut(AuditMark anchor);

  /** Makes the next record of a trail. */
  @FunctionalInterface
  interface Linker {

    /**
     * Links a record.
     *
     * @param head the present end of the trail; empty if nothing was ever appended
     * @return the record and the new end
     */
    Entry link(Optional<AuditMark> head);
  }

  /**
   * What one append writes.
   *
   * @param record the record
   * @param head the new end of the trail, of the record's number
   */
  record Entry(AuditRecord record, AuditMark head) {
    /**
     * Refuses null.
     *
     * @throws IllegalArgumentException if the head is that of another record
     */
    public Entry {
      Objects.requireNonNull(record, "record");
      Objects.requireNonNull(head, "head");
      if (head.number() != record.number()) {
        throw new IllegalArgumentException("The head names the record that is appended with it");
      }
    }
  }

  /**
   * Both ends of the trail.
   *
   * @param anchor the last removed record; empty if none was ever removed
   * @param head the last record; empty if nothing was ever appended
   */
  record Marks(Optional<AuditMark> anchor, Optional<AuditMark> head) {
    /** Refuses null. */
    public Marks {
      Objects.requireNonNull(anchor, "anchor");
      Objects.requireNonNull(head, "head");
    }
  }
}
