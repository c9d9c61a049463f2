package io.github.facelock.core.store.memory;

import io.github.facelock.api.SubjectId;
import io.github.facelock.api.admin.SubjectQuery;
import io.github.facelock.spi.store.Subject;
import io.github.facelock.spi.store.SubjectStore;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Subjects in memory, listed in the order of their UTF-16 code units. Grows with the number of
 * registered subjects only, which an administrator decides. Thread-safe.
 */
public final class MemorySubjectStore implements SubjectStore {

  private final NavigableMap<SubjectId, Subject> subjects =
      new ConcurrentSkipListMap<>(Comparator.comparing(SubjectId::value));

  /** Changes that depend on another subject need both to stand still; readers never wait. */
  private final Object writing = new Object();

  /** Makes an empty store. */
  public MemorySubjectStore() {}

  @Override
  public Optional<Subject> find(SubjectId id) {
    return Optional.ofNullable(subjects.get(id));
  }

  @Override
  public boolean insert(Subject subject) {
    synchronized (writing) {
      return subjects.putIfAbsent(subject.id(), subject) == null;
    }
  }

  @Override
  public boolean replace(Subject next) {
    synchronized (writing) {
      return isAt(next.id(), next.version() - 1) && subjects.replace(next.id(), next) != null;
    }
  }

  @Override
  public boolean replaceWhile(Subject next, Subject witness) {
    Objects.requireNonNull(next, "next");
    synchronized (writing) {
      return isAt(witness.id(), witness.version()) && replace(next);
    }
  }

  private boolean isAt(SubjectId id, long version) {
    Subject stored = subjects.get(id);
    return stored != null && stored.version() == version;
  }

  @Override
  public List<Subject> list(SubjectQuery query) {
    NavigableMap<SubjectId, Subject> rest =
        query.after().map(last -> subjects.tailMap(last, false)).orElse(subjects);
    return rest.values().stream()
        .filter(subject -> subject.id().value().contains(query.text()))
        .filter(subject -> query.role().stream().allMatch(subject.roles()::contains))
        .limit(query.limit())
        .toList();
  }

  @Override
  public boolean delete(SubjectId id) {
    synchronized (writing) {
      return subjects.remove(id) != null;
    }
  }
}
