package io.github.facelock.test.contract;

import io.github.facelock.api.admin.AuditQuery;
import io.github.facelock.spi.store.AttemptRecord;
import io.github.facelock.spi.store.AttemptStore;
import io.github.facelock.spi.store.AuditMark;
import io.github.facelock.spi.store.AuditRecord;
import io.github.facelock.spi.store.AuditStore;
import io.github.facelock.spi.store.OutboxEntry;
import io.github.facelock.spi.store.OutboxStore;
import io.github.facelock.spi.store.SnapshotStore;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Stores of what happened and what waits that lose a race or a rule. */
@SuppressWarnings("UnsynchronizedOverridesSynchronized") // Lost locks are what is shown here.
final class BrokenRecordStores {

  private BrokenRecordStores() {}

  @BrokenImplementations.FailsAt("parallelAppendsMakeOneChain")
  static class AppendLinksOutsideItsLock extends AuditStoreContract {
    @Override
    protected AuditStore newStore() {
      BrokenImplementations.Meeting meeting = new BrokenImplementations.Meeting();
      return new SimpleStores.Audits() {
        @Override
        public AuditRecord append(Linker linker) {
          Entry entry = linker.link(marks().head());
          meeting.gather();
          synchronized (this) {
            records.put(entry.record().number(), entry.record());
            head = Optional.of(entry.head());
          }
          return entry.record();
        }
      };
    }
  }

  @BrokenImplementations.FailsAt("aCutKeepsItsMark")
  static class CutForgetsTheMark extends AuditStoreContract {
    @Override
    protected AuditStore newStore() {
      return new SimpleStores.Audits() {
        @Override
        public synchronized long cut(AuditMark mark) {
          long removed = super.cut(mark);
          anchor = Optional.empty();
          return removed;
        }
      };
    }
  }

  @BrokenImplementations.FailsAt("aSearchNarrowsByEachPart")
  static class SearchFoldsCase extends AuditStoreContract {
    @Override
    protected AuditStore newStore() {
      return new SimpleStores.Audits() {
        @Override
        public synchronized List<AuditRecord> search(AuditQuery query) {
          return super.search(query.withSource(query.source().toLowerCase(Locale.ROOT)));
        }
      };
    }
  }

  @BrokenImplementations.FailsAt("noParallelCountIsLost")
  static class AttemptsIgnoreVersions extends AttemptStoreContract {
    @Override
    protected AttemptStore newStore() {
      BrokenImplementations.Meeting meeting = new BrokenImplementations.Meeting();
      return new SimpleStores.Attempts() {
        @Override
        public boolean replace(String key, AttemptRecord next) {
          meeting.gather();
          synchronized (this) {
            records.put(key, next);
          }
          return true;
        }
      };
    }
  }

  @BrokenImplementations.FailsAt("manyParallelClaimersShareTheWork")
  static class ClaimReadsThenWrites extends OutboxStoreContract {
    @Override
    protected OutboxStore newStore() {
      BrokenImplementations.Meeting meeting = new BrokenImplementations.Meeting();
      return new SimpleStores.Outbox() {
        @Override
        public List<OutboxEntry> claim(Instant now, Instant leaseUntil, int limit) {
          List<OutboxEntry> claimed;
          synchronized (this) {
            claimed = due(now).limit(limit).map(entry -> entry.leased(leaseUntil)).toList();
          }
          meeting.gather();
          synchronized (this) {
            claimed.forEach(entry -> entries.put(entry.id(), entry));
          }
          return claimed;
        }
      };
    }
  }

  @BrokenImplementations.FailsAt("anEntryWhoseWorkerDiedIsDueAgain")
  static class ClaimForgetsTheEntry extends OutboxStoreContract {
    @Override
    protected OutboxStore newStore() {
      return new SimpleStores.Outbox() {
        @Override
        public synchronized List<OutboxEntry> claim(Instant now, Instant leaseUntil, int limit) {
          List<OutboxEntry> claimed = super.claim(now, leaseUntil, limit);
          claimed.forEach(entry -> entries.remove(entry.id()));
          return claimed;
        }
      };
    }
  }

  @BrokenImplementations.FailsAt("aLeaseEndsForTheClaimerWhenItEndsForTheStore")
  static class ClaimTellsAFinerTimeThanItKeeps extends OutboxStoreContract {
    @Override
    protected OutboxStore newStore() {
      return new SimpleStores.Outbox() {
        @Override
        public synchronized List<OutboxEntry> claim(Instant now, Instant leaseUntil, int limit) {
          List<OutboxEntry> claimed =
              super.claim(now, leaseUntil.truncatedTo(ChronoUnit.MICROS), limit);
          return claimed.stream()
              .map(
                  entry ->
                      OutboxEntry.restore(
                          entry.id(),
                          entry.state(),
                          entry.createdAt(),
                          leaseUntil,
                          entry.contents(),
                          entry.version()))
              .toList();
        }
      };
    }
  }

  @BrokenImplementations.FailsAt("oneIdIsInsertedOnce")
  static class InsertOverwrites extends OutboxStoreContract {
    @Override
    protected OutboxStore newStore() {
      return new SimpleStores.Outbox() {
        @Override
        public synchronized boolean insert(OutboxEntry entry) {
          return entries.put(entry.id(), entry) == null;
        }
      };
    }
  }

  @BrokenImplementations.FailsAt("purgingRemovesWhatIsFinishedAndOld")
  static class PurgeRemovesWhatWaits extends OutboxStoreContract {
    @Override
    protected OutboxStore newStore() {
      return new SimpleStores.Outbox() {
        @Override
        public synchronized int purge(Instant createdBefore) {
          int before = entries.size();
          entries.values().removeIf(entry -> entry.createdAt().isBefore(createdBefore));
          return before - entries.size();
        }
      };
    }
  }

  @BrokenImplementations.FailsAt("whatHasExpiredIsDeleted")
  static class ExpiryOnlyHides extends SnapshotStoreContract {
    @Override
    protected SnapshotStore newStore() {
      return new SimpleStores.Snapshots() {
        @Override
        public synchronized int deleteExpired(Instant now) {
          return (int) snapshots.values().stream().filter(s -> !s.expiresAt.isAfter(now)).count();
        }
      };
    }
  }
}
