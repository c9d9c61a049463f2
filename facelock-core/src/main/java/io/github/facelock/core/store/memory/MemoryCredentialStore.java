package io.github.facelock.core.store.memory;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.spi.store.Credential;
import io.github.facelock.spi.store.CredentialStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Credentials in memory, an immutable list for each subject. Grows with what is enrolled only.
 * Thread-safe; a change to one subject's credentials is atomic.
 */
public final class MemoryCredentialStore implements CredentialStore {

  private final ConcurrentMap<SubjectId, List<Credential>> credentials = new ConcurrentHashMap<>();

  /** Makes an empty store. */
  public MemoryCredentialStore() {}

  @Override
  public List<Credential> find(SubjectId subject, FactorType factor) {
    Objects.requireNonNull(factor, "factor");
    return credentials.getOrDefault(subject, List.of()).stream()
        .filter(credential -> credential.factor().equals(factor))
        .toList();
  }

  @Override
  public boolean insert(Credential credential) {
    AtomicBoolean added = new AtomicBoolean();
    credentials.compute(
        credential.subject(),
        (subject, stored) -> {
          List<Credential> all = stored == null ? new ArrayList<>() : new ArrayList<>(stored);
          if (all.stream().noneMatch(one -> one.id().equals(credential.id()))) {
            all.add(credential);
            added.set(true);
          }
          return List.copyOf(all);
        });
    return added.get();
  }

  @Override
  public boolean replace(Credential next) {
    AtomicBoolean replaced = new AtomicBoolean();
    credentials.computeIfPresent(
        next.subject(),
        (subject, stored) ->
            stored.stream()
                .map(
                    one -> {
                      if (one.id().equals(next.id()) && one.version() == next.version() - 1) {
                        replaced.set(true);
                        return next;
                      }
                      return one;
                    })
                .toList());
    return replaced.get();
  }

  @Override
  public boolean delete(SubjectId subject, CredentialId id) {
    Objects.requireNonNull(id, "id");
    AtomicBoolean deleted = new AtomicBoolean();
    credentials.computeIfPresent(
        subject,
        (same, stored) -> {
          List<Credential> rest = stored.stream().filter(one -> !one.id().equals(id)).toList();
          deleted.set(rest.size() < stored.size());
          return rest.isEmpty() ? null : rest;
        });
    return deleted.get();
  }

  @Override
  public int deleteAll(SubjectId subject) {
    AtomicInteger deleted = new AtomicInteger();
    credentials.computeIfPresent(
        subject,
        (same, stored) -> {
          deleted.set(stored.size());
          return null;
        });
    return deleted.get();
  }

  @Override
  public void forEach(FactorType factor, Consumer<? super Credential> each) {
    Objects.requireNonNull(factor, "factor");
    Objects.requireNonNull(each, "each");
    for (List<Credential> ofOneSubject : credentials.values()) {
      ofOneSubject.stream().filter(credential -> credential.factor().equals(factor)).forEach(each);
    }
  }
}
