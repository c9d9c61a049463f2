package io.github.facelock.test.contract;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.admin.AuditQuery;
import io.github.facelock.api.admin.SubjectQuery;
import io.github.facelock.api.watchlist.WatchListEntryId;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.store.AttemptRecord;
import io.github.facelock.spi.store.AttemptStore;
import io.github.facelock.spi.store.AuditMark;
import io.github.facelock.spi.store.AuditRecord;
import io.github.facelock.spi.store.AuditStore;
import io.github.facelock.spi.store.Credential;
import io.github.facelock.spi.store.CredentialStore;
import io.github.facelock.spi.store.OutboxEntry;
import io.github.facelock.spi.store.OutboxStore;
import io.github.facelock.spi.store.SnapshotStore;
import io.github.facelock.spi.store.Subject;
import io.github.facelock.spi.store.SubjectStore;
import io.github.facelock.spi.store.TransactionStore;
import io.github.facelock.spi.store.WatchListEntry;
import io.github.facelock.spi.store.WatchListStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The plainest right stores: one lock each. Broken ones are made from them. */
final class SimpleStores {

  private SimpleStores() {}

  static class Subjects implements SubjectStore {
    private static final Comparator<SubjectId> ORDER = Comparator.comparing(SubjectId::value);

    final Map<SubjectId, Subject> subjects = new LinkedHashMap<>();

    @Override
    public synchronized Optional<Subject> find(SubjectId id) {
      return Optional.ofNullable(subjects.get(Objects.requireNonNull(id)));
    }

    @Override
    public synchronized boolean insert(Subject subject) {
      return subjects.putIfAbsent(subject.id(), subject) == null;
    }

    @Override
    public synchronized boolean replace(Subject next) {
      Subject stored = subjects.get(next.id());
      if (stored == null || stored.version() != next.version() - 1) {
        return false;
      }
      subjects.put(next.id(), next);
      return true;
    }

    @Override
    public synchronized boolean replaceWhile(Subject next, Subject witness) {
      Objects.requireNonNull(next);
      Subject stored = subjects.get(witness.id());
      return stored != null && stored.version() == witness.version() && replace(next);
    }

    @Override
    public synchronized List<Subject> list(SubjectQuery query) {
      return subjects.values().stream()
          .filter(s -> s.id().value().contains(query.text()))
          .filter(s -> query.role().stream().allMatch(s.roles()::contains))
          .filter(s -> query.after().stream().allMatch(last -> ORDER.compare(s.id(), last) > 0))
          .sorted(Comparator.comparing(Subject::id, ORDER))
          .limit(query.limit())
          .toList();
    }

    @Override
    public synchronized boolean delete(SubjectId id) {
      return subjects.remove(Objects.requireNonNull(id)) != null;
    }
  }

  static class Credentials implements CredentialStore {
    record Key(SubjectId subject, CredentialId id) {
      Key {
        Objects.requireNonNull(subject);
        Objects.requireNonNull(id);
      }
    }

    final Map<Key, Credential> credentials = new LinkedHashMap<>();

    static Key key(Credential credential) {
      return new Key(credential.subject(), credential.id());
    }

    @Override
    public synchronized List<Credential> find(SubjectId subject, FactorType factor) {
      Objects.requireNonNull(subject);
      Objects.requireNonNull(factor);
      return credentials.values().stream()
          .filter(c -> c.subject().equals(subject) && c.factor().equals(factor))
          .toList();
    }

    @Override
    public synchronized boolean insert(Credential credential) {
      return credentials.putIfAbsent(key(credential), credential) == null;
    }

    @Override
    public synchronized boolean replace(Credential next) {
      Credential stored = credentials.get(key(next));
      if (stored == null || stored.version() != next.version() - 1) {
        return false;
      }
      credentials.put(key(next), next);
      return true;
    }

    @Override
    public synchronized boolean delete(SubjectId subject, CredentialId id) {
      return credentials.remove(new Key(subject, id)) != null;
    }

    @Override
    public synchronized int deleteAll(SubjectId subject) {
      Objects.requireNonNull(subject);
      int before = credentials.size();
      credentials.keySet().removeIf(key -> key.subject().equals(subject));
      return before - credentials.size();
    }

    @Override
    public synchronized void forEach(FactorType factor, Consumer<? super Credential> each) {
      Objects.requireNonNull(factor);
      Objects.requireNonNull(each);
      new ArrayList<>(credentials.values())
          .stream().filter(c -> c.factor().equals(factor)).forEach(each);
    }
  }

  static class Transactions implements TransactionStore {
    static final class State {
      final byte[] bytes;
      final Instant expiresAt;

      State(byte[] bytes, Instant expiresAt) {
        this.bytes = bytes;
        this.expiresAt = expiresAt;
      }
    }

    final Map<String, State> states = new LinkedHashMap<>();

    @Override
    public synchronized void put(String key, byte[] state, Instant expiresAt) {
      states.put(
          Objects.requireNonNull(key), new State(state.clone(), Objects.requireNonNull(expiresAt)));
    }

    @Override
    public synchronized Optional<byte[]> take(String key, Instant now) {
      Objects.requireNonNull(now);
      return Optional.ofNullable(states.remove(Objects.requireNonNull(key)))
          .filter(state -> state.expiresAt.isAfter(now))
          .map(state -> state.bytes);
    }
  }

  static class Audits implements AuditStore {
    final NavigableMap<Long, AuditRecord> records = new TreeMap<>();
    Optional<AuditMark> anchor = Optional.empty();
    Optional<AuditMark> head = Optional.empty();

    @Override
    public synchronized AuditRecord append(Linker linker) {
      Entry entry = linker.link(head);
      if (records.putIfAbsent(entry.record().number(), entry.record()) != null) {
        throw new FaceLockException.Store("The number is taken");
      }
      head = Optional.of(entry.head());
      return entry.record();
    }

    @Override
    public synchronized Marks marks() {
      return new Marks(anchor, head);
    }

    @Override
    public synchronized List<AuditRecord> read(long from, int limit) {
      return records.tailMap(from).values().stream().limit(limit).toList();
    }

    @Override
    public synchronized List<AuditRecord> search(AuditQuery query) {
      return records.headMap(query.before(), false).descendingMap().values().stream()
          .filter(record -> matches(query, record.event()))
          .limit(query.limit())
          .toList();
    }

    static boolean matches(AuditQuery query, AuditEvent event) {
      return (query.subject().isEmpty() || query.subject().equals(event.subject()))
          && (query.types().isEmpty() || query.types().contains(event.type().name()))
          && (query.factor().isEmpty() || query.factor().equals(event.factor()))
          && query.from().stream().noneMatch(event.at()::isBefore)
          && query.until().stream().allMatch(event.at()::isBefore)
          && event.source().contains(query.source())
          && query.transaction().stream().allMatch(event.transaction()::equals);
    }

    @Override
    public synchronized long cut(AuditMark mark) {
      long present = anchor.map(AuditMark::number).orElse(0L);
      if (mark.number() <= present || mark.number() > head.map(AuditMark::number).orElse(0L)) {
        return 0;
      }
      Map<Long, AuditRecord> old = records.headMap(mark.number(), true);
      long removed = old.size();
      old.clear();
      anchor = Optional.of(mark);
      return removed;
    }
  }

  static class Attempts implements AttemptStore {
    final Map<String, AttemptRecord> records = new LinkedHashMap<>();

    @Override
    public synchronized Optional<AttemptRecord> find(String key) {
      return Optional.ofNullable(records.get(Objects.requireNonNull(key)));
    }

    @Override
    public synchronized boolean replace(String key, AttemptRecord next) {
      Objects.requireNonNull(key);
      long stored = records.containsKey(key) ? records.get(key).version() : 0;
      if (stored != next.version() - 1) {
        return false;
      }
      records.put(key, next);
      return true;
    }

    @Override
    public synchronized void delete(String key) {
      records.remove(Objects.requireNonNull(key));
    }
  }

  static class Watched implements WatchListStore {
    final Map<WatchListEntryId, WatchListEntry> entries = new LinkedHashMap<>();
    long revision;

    boolean changed(boolean effect) {
      revision += effect ? 1 : 0;
      return effect;
    }

    @Override
    public synchronized boolean insert(WatchListEntry entry) {
      return changed(entries.putIfAbsent(entry.id(), entry) == null);
    }

    @Override
    public synchronized boolean replace(WatchListEntry next) {
      WatchListEntry stored = entries.get(next.id());
      if (stored == null || stored.version() != next.version() - 1) {
        return false;
      }
      entries.put(next.id(), next);
      return changed(true);
    }

    @Override
    public synchronized boolean delete(WatchListEntryId id) {
      return changed(entries.remove(Objects.requireNonNull(id)) != null);
    }

    @Override
    public synchronized int deleteExpired(Instant now) {
      Objects.requireNonNull(now);
      int before = entries.size();
      changed(entries.values().removeIf(entry -> !entry.isActive(now)));
      return before - entries.size();
    }

    @Override
    public synchronized List<WatchListEntry> list(Instant now) {
      Objects.requireNonNull(now);
      return entries.values().stream()
          .filter(entry -> entry.isActive(now))
          .sorted(Comparator.comparing(WatchListEntry::createdAt))
          .toList();
    }

    @Override
    public synchronized long revision() {
      return revision;
    }
  }

  static class Outbox implements OutboxStore {
    final Map<String, OutboxEntry> entries = new LinkedHashMap<>();

    @Override
    public synchronized boolean insert(OutboxEntry entry) {
      return entries.putIfAbsent(entry.id(), entry) == null;
    }

    @Override
    public synchronized List<OutboxEntry> claim(Instant now, Instant leaseUntil, int limit) {
      Objects.requireNonNull(now);
      List<OutboxEntry> claimed =
          due(now).limit(limit).map(entry -> entry.leased(leaseUntil)).toList();
      Objects.requireNonNull(leaseUntil);
      claimed.forEach(entry -> entries.put(entry.id(), entry));
      return claimed;
    }

    Stream<OutboxEntry> due(Instant now) {
      return entries.values().stream()
          .filter(entry -> entry.state() == OutboxEntry.State.WAITING)
          .filter(entry -> !entry.dueAt().isAfter(now))
          .sorted(Comparator.comparing(OutboxEntry::dueAt));
    }

    @Override
    public synchronized boolean replace(OutboxEntry next) {
      OutboxEntry stored = entries.get(next.id());
      if (stored == null || stored.version() != next.version() - 1) {
        return false;
      }
      entries.put(next.id(), next);
      return true;
    }

    @Override
    public synchronized Optional<OutboxEntry> find(String id) {
      return Optional.ofNullable(entries.get(Objects.requireNonNull(id)));
    }

    @Override
    public synchronized List<OutboxEntry> list(
        Set<OutboxEntry.State> states, int offset, int limit) {
      return entries.values().stream()
          .filter(entry -> states.contains(entry.state()))
          .sorted(
              Comparator.comparing(OutboxEntry::createdAt)
                  .thenComparing(OutboxEntry::id)
                  .reversed())
          .skip(offset)
          .limit(limit)
          .toList();
    }

    @Override
    public synchronized boolean delete(String id) {
      return entries.remove(Objects.requireNonNull(id)) != null;
    }

    @Override
    public synchronized int purge(Instant createdBefore) {
      Objects.requireNonNull(createdBefore);
      int before = entries.size();
      entries
          .values()
          .removeIf(
              entry ->
                  entry.state() != OutboxEntry.State.WAITING
                      && entry.createdAt().isBefore(createdBefore));
      return before - entries.size();
    }
  }

  static class Snapshots implements SnapshotStore {
    final Map<String, Transactions.State> snapshots = new LinkedHashMap<>();

    @Override
    public synchronized void put(String id, byte[] sealed, Instant expiresAt) {
      snapshots.put(
          Objects.requireNonNull(id),
          new Transactions.State(sealed.clone(), Objects.requireNonNull(expiresAt)));
    }

    @Override
    public synchronized Optional<byte[]> find(String id, Instant now) {
      Objects.requireNonNull(now);
      return Optional.ofNullable(snapshots.get(Objects.requireNonNull(id)))
          .filter(snapshot -> snapshot.expiresAt.isAfter(now))
          .map(snapshot -> snapshot.bytes.clone());
    }

    @Override
    public synchronized boolean delete(String id) {
      return snapshots.remove(Objects.requireNonNull(id)) != null;
    }

    @Override
    public synchronized int deleteExpired(Instant now) {
      Objects.requireNonNull(now);
      int before = snapshots.size();
      snapshots.values().removeIf(snapshot -> !snapshot.expiresAt.isAfter(now));
      return before - snapshots.size();
    }
  }
}
