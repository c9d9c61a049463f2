package io.github.facelock.core.password;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.spi.store.Credential;
import io.github.facelock.spi.store.CredentialStore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The least store that keeps the contract; can be told to lose races or to fail. */
final class TinyCredentialStore implements CredentialStore {

  private final List<Credential> kept = new ArrayList<>();
  final List<SubjectId> asked = new ArrayList<>();
  Runnable beforeWrite = () -> {};

  @Override
  public synchronized List<Credential> find(SubjectId subject, FactorType factor) {
    asked.add(subject);
    return kept.stream()
        .filter(c -> c.subject().equals(subject) && c.factor().equals(factor))
        .toList();
  }

  @Override
  public synchronized boolean insert(Credential credential) {
    beforeWrite.run();
    if (kept.stream().anyMatch(c -> same(c, credential))) {
      return false;
    }
    return kept.add(credential);
  }

  @Override
  public synchronized boolean replace(Credential next) {
    beforeWrite.run();
    return kept.removeIf(c -> same(c, next) && c.version() == next.version() - 1) && kept.add(next);
  }

  private static boolean same(Credential one, Credential other) {
    return one.subject().equals(other.subject()) && one.id().equals(other.id());
  }

  @Override
  public synchronized boolean delete(SubjectId subject, CredentialId id) {
    return kept.removeIf(c -> c.subject().equals(subject) && c.id().equals(id));
  }

  @Override
  public int deleteAll(SubjectId subject) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void forEach(FactorType factor, Consumer<? super Credential> each) {
    throw new UnsupportedOperationException();
  }
}
