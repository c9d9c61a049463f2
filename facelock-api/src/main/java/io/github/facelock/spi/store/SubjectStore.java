package io.github.facelock.spi.store;

import io.github.facelock.api.SubjectId;
import io.github.facelock.api.admin.SubjectQuery;
import java.util.List;
import java.util.Optional;

/**
 * Keeps subjects. Thread-safe; each method is atomic. Faults are {@link
 * io.github.facelock.api.FaceLockException.Store}.
 */
public interface SubjectStore {

  /**
   * Finds a subject.
   *
   * @param id the name; compared exactly, as Unicode code points
   * @return the subject, if it is known
   */
  Optional<Subject> find(SubjectId id);

  /**
   * Adds a subject.
   *
   * @param subject of version 1
   * @return whether it was added; {@code false} if the name is taken
   */
  boolean insert(Subject subject);

  /**
   * Replaces a subject if nobody changed it meanwhile.
   *
   * @param next whose stored version must be {@code next.version() - 1}
   * @return whether it was replaced
   */
  boolean replace(Subject next);

  /**
   * Replaces a subject if nobody changed it meanwhile, nor another one on which the change depends;
   * in one act. This is what keeps two administrators from removing each other at the same moment.
   *
   * <p>In a database: lock both rows in the order of their names, compare both versions, write one.
   *
   * @param next whose stored version must be {@code next.version() - 1}
   * @param witness another subject, whose stored version must still be {@code witness.version()}
   * @return whether {@code next} was written; the witness stays as it is
   */
  boolean replaceWhile(Subject next, Subject witness);

  /**
   * Lists subjects page by page, in one order that does not change with the query, for example that
   * of a binary comparison of the names. Who was there before the first page and is still there
   * after the last is on exactly one of them.
   *
   * @param query which ones
   * @return at most {@code query.limit()} subjects that come after {@code query.after()} in the
   *     order, whether or not that one is still there; empty after the last page
   */
  List<Subject> list(SubjectQuery query);

  /**
   * Removes a subject.
   *
   * @param id the name
   * @return whether there was such a subject
   */
  boolean delete(SubjectId id);
}
