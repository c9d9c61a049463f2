package io.github.facelock.spi.store;

import io.github.facelock.api.SubjectId;
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
   * Removes a subject.
   *
   * @param id the name
   * @return whether there was such a subject
   */
  boolean delete(SubjectId id);
}
