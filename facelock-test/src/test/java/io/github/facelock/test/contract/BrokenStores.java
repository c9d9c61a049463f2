package io.github.facelock.test.contract;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.admin.SubjectQuery;
import io.github.facelock.api.watchlist.WatchListEntryId;
import io.github.facelock.spi.store.Credential;
import io.github.facelock.spi.store.CredentialStore;
import io.github.facelock.spi.store.Subject;
import io.github.facelock.spi.store.SubjectStore;
import io.github.facelock.spi.store.TransactionStore;
import io.github.facelock.spi.store.WatchListEntry;
import io.github.facelock.spi.store.WatchListStore;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Stores of subjects, credentials, transactions and watched people that lose a race or a rule. */
@SuppressWarnings("UnsynchronizedOverridesSynchronized") // Lost locks are what is shown here.
final class BrokenStores {

  private BrokenStores() {}

  @BrokenImplementations.FailsAt("theRevisionGrowsWithEveryChangeAndOnlyThen")
  static class RemovalsAreNotCounted extends WatchListStoreContract {
    @Override
    protected WatchListStore newStore() {
      return new SimpleStores.Watched() {
        @Override
        public synchronized boolean delete(WatchListEntryId id) {
          return entries.remove(id) != null;
        }
      };
    }
  }

  @BrokenImplementations.FailsAt("anEntryEndsAtItsTimeAndNotBefore")
  static class ExpiredEntriesStayListed extends WatchListStoreContract {
    @Override
    protected WatchListStore newStore() {
      return new SimpleStores.Watched() {
        @Override
        public synchronized List<WatchListEntry> list(Instant now) {
          return super.list(Instant.MIN);
        }
      };
    }
  }

  @BrokenImplementations.FailsAt("oneOfManyParallelReplacementsWins")
  static class WatchListRaceIsLost extends WatchListStoreContract {
    @Override
    protected WatchListStore newStore() {
      BrokenImplementations.Meeting meeting = new BrokenImplementations.Meeting();
      return new SimpleStores.Watched() {
        @Override
        public boolean replace(WatchListEntry next) {
          boolean fits;
          synchronized (this) {
            WatchListEntry stored = entries.get(next.id());
            fits = stored != null && stored.version() == next.version() - 1;
          }
          meeting.gather();
          synchronized (this) {
            if (fits) {
              entries.put(next.id(), next);
            }
            return changed(fits);
          }
        }
      };
    }
  }

  @BrokenImplementations.FailsAt("aStateIsGivenOnce")
  static class TakeDoesNotRemove extends TransactionStoreContract {
    @Override
    protected TransactionStore newStore() {
      return new SimpleStores.Transactions() {
        @Override
        public synchronized Optional<byte[]> take(String key, Instant now) {
          return Optional.ofNullable(states.get(key))
              .filter(state -> state.expiresAt.isAfter(now))
              .map(state -> state.bytes);
        }
      };
    }
  }

  @BrokenImplementations.FailsAt("oneOfManyParallelCallersGetsTheState")
  static class TakeReadsThenRemoves extends TransactionStoreContract {
    @Override
    protected TransactionStore newStore() {
      Map<String, byte[]> states = new ConcurrentHashMap<>();
      BrokenImplementations.Meeting meeting = new BrokenImplementations.Meeting();
      return new TransactionStore() {
        @Override
        public void put(String key, byte[] state, Instant expiresAt) {
          states.put(key, state.clone());
        }

        @Override
        public Optional<byte[]> take(String key, Instant now) {
          Optional<byte[]> state = Optional.ofNullable(states.get(key));
          if (state.isPresent()) {
            meeting.gather();
          }
          states.remove(key);
          return state;
        }
      };
    }
  }

  @BrokenImplementations.FailsAt("anExpiredStateIsNotGiven")
  static class TakeIgnoresTheEnd extends TransactionStoreContract {
    @Override
    protected TransactionStore newStore() {
      return new SimpleStores.Transactions() {
        @Override
        public synchronized Optional<byte[]> take(String key, Instant now) {
          return super.take(key, Instant.MIN);
        }
      };
    }
  }

  @BrokenImplementations.FailsAt("keysAreComparedExactly")
  static class KeysIgnoreCase extends TransactionStoreContract {
    @Override
    protected TransactionStore newStore() {
      return new SimpleStores.Transactions() {
        @Override
        public synchronized void put(String key, byte[] state, Instant expiresAt) {
          super.put(key.toLowerCase(Locale.ROOT), state, expiresAt);
        }

        @Override
        public synchronized Optional<byte[]> take(String key, Instant now) {
          return super.take(key.toLowerCase(Locale.ROOT), now);
        }
      };
    }
  }

  @BrokenImplementations.FailsAt("anotherVersionThanTheNextDoesNotReplace")
  static class ReplaceIgnoresVersions extends CredentialStoreContract {
    @Override
    protected CredentialStore newStore() {
      return new SimpleStores.Credentials() {
        @Override
        public synchronized boolean replace(Credential next) {
          return credentials.replace(key(next), next) != null;
        }
      };
    }
  }

  @BrokenImplementations.FailsAt("oneOfManyParallelReplacementsWins")
  static class ReplaceChecksThenWrites extends CredentialStoreContract {
    @Override
    protected CredentialStore newStore() {
      BrokenImplementations.Meeting meeting = new BrokenImplementations.Meeting();
      return new SimpleStores.Credentials() {
        @Override
        public boolean replace(Credential next) {
          boolean fits;
          synchronized (this) {
            Credential stored = credentials.get(key(next));
            fits = stored != null && stored.version() == next.version() - 1;
          }
          if (fits) {
            meeting.gather();
            synchronized (this) {
              credentials.put(key(next), next);
            }
          }
          return fits;
        }
      };
    }
  }

  @BrokenImplementations.FailsAt("subjectsAndFactorsAreKeptApart")
  static class FindForgetsTheFactor extends CredentialStoreContract {
    @Override
    protected CredentialStore newStore() {
      return new SimpleStores.Credentials() {
        @Override
        public synchronized List<Credential> find(SubjectId subject, FactorType factor) {
          return credentials.values().stream().filter(c -> c.subject().equals(subject)).toList();
        }
      };
    }
  }

  @BrokenImplementations.FailsAt("oneOfManyParallelInsertsWins")
  static class InsertChecksThenWrites extends SubjectStoreContract {
    @Override
    protected SubjectStore newStore() {
      BrokenImplementations.Meeting meeting = new BrokenImplementations.Meeting();
      return new SimpleStores.Subjects() {
        @Override
        public boolean insert(Subject subject) {
          if (find(subject.id()).isPresent()) {
            return false;
          }
          meeting.gather();
          synchronized (this) {
            subjects.put(subject.id(), subject);
          }
          return true;
        }
      };
    }
  }

  @BrokenImplementations.FailsAt("namesAreComparedExactly")
  static class NamesIgnoreCase extends SubjectStoreContract {
    @Override
    protected SubjectStore newStore() {
      return new SimpleStores.Subjects() {
        @Override
        public synchronized Optional<Subject> find(SubjectId id) {
          return subjects.values().stream()
              .filter(s -> s.id().value().equalsIgnoreCase(id.value()))
              .findFirst();
        }
      };
    }
  }

  @BrokenImplementations.FailsAt("twoParallelReplacementsThatDependOnEachOtherDoNotBothWin")
  static class WitnessIsCheckedBefore extends SubjectStoreContract {
    @Override
    protected SubjectStore newStore() {
      BrokenImplementations.Meeting meeting = new BrokenImplementations.Meeting();
      return new SimpleStores.Subjects() {
        @Override
        public boolean replaceWhile(Subject next, Subject witness) {
          boolean unchanged =
              find(witness.id()).filter(s -> s.version() == witness.version()).isPresent();
          meeting.gather();
          return unchanged && replace(next);
        }
      };
    }
  }

  @BrokenImplementations.FailsAt("pagesTogetherHoldEverybodyOnce")
  static class PagesIgnoreTheLast extends SubjectStoreContract {
    @Override
    protected SubjectStore newStore() {
      return new SimpleStores.Subjects() {
        @Override
        public synchronized List<Subject> list(SubjectQuery query) {
          return super.list(SubjectQuery.all().withText(query.text()).withLimit(query.limit()));
        }
      };
    }
  }
}
