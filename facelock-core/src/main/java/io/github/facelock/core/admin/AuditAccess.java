package io.github.facelock.core.admin;

import io.github.facelock.api.admin.AuditQuery;
import io.github.facelock.spi.store.AuditRecord;
import java.util.List;
import java.util.function.Consumer;

/** How the administration reads the audit trail. Thread-safe. */
public interface AuditAccess {

  /**
   * Searches.
   *
   * @param query which records
   * @return a page, the newest first
   */
  List<AuditRecord> search(AuditQuery query);

  /**
   * Exports JSON lines.
   *
   * @param from the lowest number
   * @param lines takes each line
   * @return how many
   */
  long export(long from, Consumer<? super String> lines);
}
