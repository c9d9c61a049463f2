package io.github.facelock.core.face;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.admin.SubjectQuery;
import io.github.facelock.core.store.memory.MemoryAttemptStore;
import io.github.facelock.spi.store.Credential;
import io.github.facelock.spi.store.CredentialStore;
import io.github.facelock.spi.store.Subject;
import io.github.facelock.spi.store.SubjectStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The simplest stores. */
final class Stores {

  static final FaceLearning LEARNS_NOTHING =
      new FaceLearning(List.of(), Optional.empty(), new SecureRandom(), (subject, reference) -> {});

  private Stores() {}

  /** Draws challenges as usual. */
  static ChallengeIssuer challenges() {
    return new ChallengeIssuer(
        ChallengeRules.ofDefaults(), new MemoryAttemptStore(Clock.systemUTC()), new SecureRandom());
  }

  static final class Credentials implements CredentialStore {
    final List<Credential> all = new CopyOnWriteArrayList<>();
    int reads;

    @Override
    public List<Credential> find(SubjectId subject, FactorType factor) {
      reads++;
      return all.stream()
          .filter(c -> c.subject().equals(subject) && c.factor().equals(factor))
          .toList();
    }

    @Override
    public boolean insert(Credential credential) {
      return all.add(credential);
    }

    @Override
    public boolean replace(Credential next) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean delete(SubjectId subject, CredentialId id) {
      return all.removeIf(c -> c.subject().equals(subject) && c.id().equals(id));
    }

    @Override
    public int deleteAll(SubjectId subject) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void forEach(FactorType factor, Consumer<? super Credential> each) {
      all.stream().filter(c -> c.factor().equals(factor)).forEach(each);
    }
  }

  static final class Subjects implements SubjectStore {
    private final Map<SubjectId, Subject> all = new HashMap<>();

    Subjects with(String... names) {
      for (String name : names) {
        SubjectId id = SubjectId.of(name);
        all.put(id, new Subject(id, Set.of(), false, Instant.EPOCH, 1));
      }
      return this;
    }

    void suspend(String name) {
      all.computeIfPresent(SubjectId.of(name), (id, s) -> s.withSuspended(true));
    }

    @Override
    public Optional<Subject> find(SubjectId id) {
      return Optional.ofNullable(all.get(id));
    }

    @Override
    public boolean insert(Subject subject) {
      return all.putIfAbsent(subject.id(), subject) == null;
    }

    @Override
    public boolean replace(Subject next) {
      all.put(next.id(), next);
      return true;
    }

    @Override
    public boolean replaceWhile(Subject next, Subject witness) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Subject> list(SubjectQuery query) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean delete(SubjectId id) {
      return all.remove(id) != null;
    }
  }
}
