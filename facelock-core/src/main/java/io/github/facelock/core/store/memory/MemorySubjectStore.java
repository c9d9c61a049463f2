package io.github.facelock.core.store.memory;

import io.github.facelock.api.SubjectId;
import io.github.facelock.spi.store.Subject;
import io.github.facelock.spi.store.SubjectStore;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Subjects in memory. Grows with the number of registered subjects only, which an administrator
 * decides. Thread-safe.
 */
public final class MemorySubjectStore implements SubjectStore {

  private final ConcurrentMap<SubjectId, Subject> subjects = new ConcurrentHashMap<>();

  /** Makes an empty store. */
  public MemorySubjectStore() {}

  @Override
  public Optional<Subject> find(SubjectId id) {
    return Optional.ofNullable(subjects.get(id));
  }

  @Override
  public boolean insert(Subject subject) {
    return subjects.putIfAbsent(subject.id(), subject) == null;
  }

  @Override
  public boolean replace(Subject next) {
    Subject stored = subjects.get(next.id());
    return stored != null
        && stored.version() == next.version() - 1
        && subjects.replace(next.id(), stored, next);
  }

  @Override
  public boolean delete(SubjectId id) {
    return subjects.remove(id) != null;
  }
}
