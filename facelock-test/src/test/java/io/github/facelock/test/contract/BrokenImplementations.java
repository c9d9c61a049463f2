package io.github.facelock.test.contract;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.Response;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.admin.AuditQuery;
import io.github.facelock.api.admin.SubjectQuery;
import io.github.facelock.api.face.DetectedFace;
import io.github.facelock.api.face.Embedding;
import io.github.facelock.api.face.Landmarks;
import io.github.facelock.api.face.LivenessVerdict;
import io.github.facelock.api.face.ModelId;
import io.github.facelock.api.face.ObservedFace;
import io.github.facelock.api.face.Picture;
import io.github.facelock.api.watchlist.WatchListEntryId;
import io.github.facelock.spi.AlertSink;
import io.github.facelock.spi.Attempt;
import io.github.facelock.spi.AttemptLimiter;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.AuditLog;
import io.github.facelock.spi.DeliveryReport;
import io.github.facelock.spi.DeliveryReports;
import io.github.facelock.spi.DeliveryStatus;
import io.github.facelock.spi.Factor;
import io.github.facelock.spi.FactorContext;
import io.github.facelock.spi.FactorStart;
import io.github.facelock.spi.FactorState;
import io.github.facelock.spi.KeyProvider;
import io.github.facelock.spi.OtpChannel;
import io.github.facelock.spi.OtpMessage;
import io.github.facelock.spi.SendReceipt;
import io.github.facelock.spi.Verification;
import io.github.facelock.spi.face.FaceDetector;
import io.github.facelock.spi.face.FaceEmbedder;
import io.github.facelock.spi.face.FaceLandmarker;
import io.github.facelock.spi.face.LivenessDetector;
import io.github.facelock.spi.face.PictureDecoder;
import io.github.facelock.spi.face.TemplateIndex;
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
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** Each suite over implementations that break the contract in a way that has happened. */
@SuppressWarnings("UnsynchronizedOverridesSynchronized") // Lost locks are what is shown here.
final class BrokenImplementations {

  private BrokenImplementations() {}

  /** The test that must fail. */
  @Target(ElementType.TYPE)
  @Retention(RetentionPolicy.RUNTIME)
  @interface FailsAt {
    String value();
  }

  /**
   * Lets parallel callers meet between their check and their act, so that a race is lost each time
   * and not by chance. A caller who meets nobody goes on.
   */
  static final class Meeting {
    private final Phaser phaser = new Phaser(2);

    void gather() {
      try {
        phaser.awaitAdvanceInterruptibly(phaser.arrive(), 50, TimeUnit.MILLISECONDS);
      } catch (TimeoutException alone) {
        // Nobody else came.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @FailsAt("theRevisionGrowsWithEveryChangeAndOnlyThen")
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

  @FailsAt("anEntryEndsAtItsTimeAndNotBefore")
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

  @FailsAt("oneOfManyParallelReplacementsWins")
  static class WatchListRaceIsLost extends WatchListStoreContract {
    @Override
    protected WatchListStore newStore() {
      Meeting meeting = new Meeting();
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

  @FailsAt("aStateIsGivenOnce")
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

  @FailsAt("oneOfManyParallelCallersGetsTheState")
  static class TakeReadsThenRemoves extends TransactionStoreContract {
    @Override
    protected TransactionStore newStore() {
      Map<String, byte[]> states = new ConcurrentHashMap<>();
      Meeting meeting = new Meeting();
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

  @FailsAt("anExpiredStateIsNotGiven")
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

  @FailsAt("keysAreComparedExactly")
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

  @FailsAt("anotherVersionThanTheNextDoesNotReplace")
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

  @FailsAt("oneOfManyParallelReplacementsWins")
  static class ReplaceChecksThenWrites extends CredentialStoreContract {
    @Override
    protected CredentialStore newStore() {
      Meeting meeting = new Meeting();
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

  @FailsAt("subjectsAndFactorsAreKeptApart")
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

  @FailsAt("oneOfManyParallelInsertsWins")
  static class InsertChecksThenWrites extends SubjectStoreContract {
    @Override
    protected SubjectStore newStore() {
      Meeting meeting = new Meeting();
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

  @FailsAt("namesAreComparedExactly")
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

  @FailsAt("twoParallelReplacementsThatDependOnEachOtherDoNotBothWin")
  static class WitnessIsCheckedBefore extends SubjectStoreContract {
    @Override
    protected SubjectStore newStore() {
      Meeting meeting = new Meeting();
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

  @FailsAt("pagesTogetherHoldEverybodyOnce")
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

  @FailsAt("parallelAppendsMakeOneChain")
  static class AppendLinksOutsideItsLock extends AuditStoreContract {
    @Override
    protected AuditStore newStore() {
      Meeting meeting = new Meeting();
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

  @FailsAt("aCutKeepsItsMark")
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

  @FailsAt("aSearchNarrowsByEachPart")
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

  @FailsAt("noParallelCountIsLost")
  static class AttemptsIgnoreVersions extends AttemptStoreContract {
    @Override
    protected AttemptStore newStore() {
      Meeting meeting = new Meeting();
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

  @FailsAt("manyParallelClaimersShareTheWork")
  static class ClaimReadsThenWrites extends OutboxStoreContract {
    @Override
    protected OutboxStore newStore() {
      Meeting meeting = new Meeting();
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

  @FailsAt("anEntryWhoseWorkerDiedIsDueAgain")
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

  @FailsAt("aLeaseEndsForTheClaimerWhenItEndsForTheStore")
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

  @FailsAt("oneIdIsInsertedOnce")
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

  @FailsAt("purgingRemovesWhatIsFinishedAndOld")
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

  @FailsAt("whatHasExpiredIsDeleted")
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

  @FailsAt("anUnlockedFactorCanBeTriedAtOnceAndNoOther")
  static class UnlockForgetsAll extends AttemptLimiterContract {
    @Override
    protected AttemptLimiter newLimiter(Clock clock) {
      return new SimpleServices.Limiter(clock) {
        @Override
        public synchronized void unlock(SubjectId subject, FactorType factor) {
          super.unlock(subject, FactorType.PASSWORD);
          super.unlock(subject, FactorType.PIN);
        }
      };
    }
  }

  @FailsAt("parallelTriesDoNotPassTheLimitTogether")
  static class ChargeChecksThenCounts extends AttemptLimiterContract {
    @Override
    protected AttemptLimiter newLimiter(Clock clock) {
      Map<String, Integer> counts = new ConcurrentHashMap<>();
      Meeting meeting = new Meeting();
      return new SimpleServices.Limiter(clock) {
        @Override
        public Charge charge(Attempt attempt) {
          int count = counts.getOrDefault(key(attempt), 0);
          if (count >= MOST) {
            return new Charge.Blocked(clock.instant().plusSeconds(1));
          }
          meeting.gather();
          counts.put(key(attempt), count + 1);
          return new Charge.Permitted(attempt);
        }
      };
    }
  }

  @FailsAt("oneFactorsBlockDoesNotBlockAnother")
  static class OneCountForAllFactors extends AttemptLimiterContract {
    @Override
    protected AttemptLimiter newLimiter(Clock clock) {
      return new SimpleServices.Limiter(clock) {
        @Override
        String key(Attempt attempt) {
          return attempt.claimed().map(SubjectId::value).orElse(attempt.source());
        }
      };
    }
  }

  @FailsAt("aRefundedAttemptDoesNotCount")
  static class RefundDoesNothing extends AttemptLimiterContract {
    @Override
    protected AttemptLimiter newLimiter(Clock clock) {
      return new SimpleServices.Limiter(clock) {
        @Override
        public void refund(Charge.Permitted permitted) {}
      };
    }
  }

  @FailsAt("parallelEventsAreAllKeptOnce")
  static class UnguardedList extends AuditLogContract {
    private volatile List<AuditEvent> events = List.of();

    @Override
    protected AuditLog newLog() {
      events = List.of();
      Meeting meeting = new Meeting();
      return event -> {
        List<AuditEvent> more = new ArrayList<>(events);
        meeting.gather();
        more.add(event);
        events = more;
      };
    }

    @Override
    protected List<AuditEvent> read() {
      return events;
    }
  }

  @FailsAt("unknownNamesHaveNoKey")
  static class OneKeyForAllNames extends KeyProviderContract {
    @Override
    protected KeyProvider newProvider() {
      return new SimpleServices.Keys() {
        @Override
        public Optional<SecretKey> key(String id) {
          return super.key("k1");
        }
      };
    }
  }

  @FailsAt("keysAreAesOf256Bits")
  static class ShortKeys extends KeyProviderContract {
    @Override
    protected KeyProvider newProvider() {
      return new SimpleServices.Keys() {
        @Override
        public Optional<SecretKey> key(String id) {
          return super.key(id).map(key -> new SecretKeySpec(new byte[16], "AES"));
        }
      };
    }
  }

  @FailsAt("picturesAreTurnedUprightAsExifSays")
  static class IgnoresExif extends PictureDecoderContract {
    @Override
    protected PictureDecoder newDecoder() {
      return new SimplePictureDecoder() {
        @Override
        int orientation(byte[] encoded) {
          return 1;
        }
      };
    }
  }

  @FailsAt("noContentLeadsToAnException")
  static class ThrowsOnDamage extends PictureDecoderContract {
    @Override
    protected PictureDecoder newDecoder() {
      PictureDecoder right = new SimplePictureDecoder();
      return encoded -> {
        PictureDecoder.Decoded decoded = right.decode(encoded);
        if (decoded.equals(new PictureDecoder.Decoded.Unusable(PictureDecoder.Cause.CORRUPT))) {
          throw new IllegalArgumentException("damaged");
        }
        return decoded;
      };
    }
  }

  @FailsAt("noFaceIsFoundTwice")
  static class FindsTwice extends RightImplementations.Detector {
    @Override
    protected FaceDetector newDetector() {
      FaceDetector right = super.newDetector();
      return picture -> {
        List<DetectedFace> twice = new ArrayList<>(right.detect(picture));
        twice.addAll(right.detect(picture));
        return twice;
      };
    }
  }

  @FailsAt("everyFaceIsFoundAndNothingElse")
  static class FindsNobody extends RightImplementations.Detector {
    @Override
    protected FaceDetector newDetector() {
      return picture -> List.of();
    }
  }

  @FailsAt("eyesNoseAndMouthLieAsInAFace")
  static class SwapsEyes extends RightImplementations.Landmarker {
    @Override
    protected FaceLandmarker newLandmarker() {
      FaceLandmarker right = super.newLandmarker();
      return (picture, face) -> {
        Landmarks p = right.locate(picture, face);
        return Landmarks.of(
            p.x(1), p.y(1), p.x(0), p.y(0), p.x(2), p.y(2), p.x(3), p.y(3), p.x(4), p.y(4));
      };
    }
  }

  @FailsAt("theSamePersonIsMoreAlikeThanAnother")
  static class EverybodyIsAlike extends RightImplementations.Embedder {
    @Override
    protected FaceEmbedder newEmbedder() {
      return new SimpleServices.Embedder() {
        @Override
        public Embedding embed(Picture picture, Landmarks landmarks) {
          return Embedding.normalised(SimpleServices.MODEL, 1, 2, 3);
        }
      };
    }
  }

  @FailsAt("templatesHaveTheModelTheSizeAndUnitLength")
  static class WrongModel extends RightImplementations.Embedder {
    @Override
    protected FaceEmbedder newEmbedder() {
      return new SimpleServices.Embedder() {
        @Override
        public Embedding embed(Picture picture, Landmarks landmarks) {
          float[] values = new float[3];
          super.embed(picture, landmarks).copyTo(values, 0);
          return Embedding.normalised(new ModelId("other"), values);
        }
      };
    }
  }

  @FailsAt("theAttackDoesNotPass")
  static class PassesAll extends RightImplementations.Liveness {
    @Override
    protected LivenessDetector newDetector() {
      return (List<ObservedFace> faces) -> new LivenessVerdict.BonaFide(Map.of());
    }
  }

  @FailsAt("searchIsExact")
  static class SkipsOneInTen extends TemplateIndexContract {
    @Override
    protected TemplateIndex newIndex(ModelId model, int dimension) {
      return new SimpleServices.Index(model) {
        @Override
        public synchronized List<Candidate> search(Embedding probe, int most) {
          return super.search(probe, most).stream()
              .filter(c -> c.credential().value().hashCode() % 10 != 0)
              .toList();
        }
      };
    }
  }

  @FailsAt("theRightAnswerIsSpentAlsoUnderParallelTries")
  static class NeverSpent extends RightImplementations.OneWord {
    @Override
    protected Factor newFactor() {
      return new SimpleServices.OneWord() {
        @Override
        public synchronized Verification verify(
            FactorContext context, FactorState state, Response response) {
          spent = false;
          return super.verify(context, state, response);
        }
      };
    }
  }

  @FailsAt("anUnknownSubjectIsAskedTheSame")
  static class TellsUnknownSubjects extends RightImplementations.OneWord {
    @Override
    protected Factor newFactor() {
      return new SimpleServices.OneWord() {
        @Override
        public FactorStart start(FactorContext context) {
          return context.subject().isPresent()
              ? super.start(context)
              : FactorStart.stateless(Map.of());
        }
      };
    }
  }

  @FailsAt("anUnknownSubjectIsRefusedWhateverItAnswers")
  static class TrustsTheClaim extends RightImplementations.OneWord {
    @Override
    protected Factor newFactor() {
      return new SimpleServices.OneWord() {
        @Override
        public synchronized Verification verify(
            FactorContext context, FactorState state, Response response) {
          return response.equals(Response.emailCode(WORD))
              ? new Verification.Verified(context.claimed().orElseThrow(), Map.of())
              : new Verification.Refused("word-wrong", Map.of());
        }
      };
    }
  }

  @FailsAt("aDestinationCannotAddAnother")
  static class SplitsLines extends RightImplementations.Channel {
    private final List<Arrival> arrived = new ArrayList<>();

    @Override
    protected OtpChannel newChannel() {
      arrived.clear();
      return new OtpChannel() {
        @Override
        public FactorType factor() {
          return FactorType.EMAIL_CODE;
        }

        @Override
        public SendReceipt send(OtpMessage message) {
          for (String to : new String(message.destination().reveal()).split("\\s|Bcc:", -1)) {
            arrived.add(new Arrival(to, new String(message.code().reveal())));
          }
          return SendReceipt.of(DeliveryStatus.SENT);
        }
      };
    }

    @Override
    protected List<Arrival> arrivals() {
      return arrived;
    }
  }

  @FailsAt("aRefusalIsAFaultOfDeliveryThatTellsNoSecret")
  static class TellsTheDestination extends RightImplementations.Channel {
    @Override
    protected OtpChannel newRefusedChannel() {
      OtpChannel right = super.newRefusedChannel();
      return new OtpChannel() {
        @Override
        public FactorType factor() {
          return right.factor();
        }

        @Override
        public SendReceipt send(OtpMessage message) {
          try {
            return right.send(message);
          } catch (FaceLockException.Delivery e) {
            throw new FaceLockException.Delivery(
                "Cannot reach " + new String(message.destination().reveal()), true, e);
          }
        }
      };
    }
  }

  @FailsAt("theReceiptTellsNeitherDestinationNorCode")
  static class TellsTheCodeInItsReceipt extends RightImplementations.Channel {
    @Override
    protected OtpChannel newChannel() {
      OtpChannel right = super.newChannel();
      return new OtpChannel() {
        @Override
        public FactorType factor() {
          return right.factor();
        }

        @Override
        public SendReceipt send(OtpMessage message) {
          right.send(message);
          return new SendReceipt(
              DeliveryStatus.SENT, Optional.of("m-" + new String(message.code().reveal())));
        }
      };
    }
  }

  @FailsAt("theNameFitsTheAuditTrail")
  static class HasAnUnfitName extends RightImplementations.Channel {
    @Override
    protected OtpChannel newChannel() {
      OtpChannel right = super.newChannel();
      return new OtpChannel() {
        @Override
        public FactorType factor() {
          return right.factor();
        }

        @Override
        public String name() {
          return "My Channel\n";
        }

        @Override
        public SendReceipt send(OtpMessage message) {
          return right.send(message);
        }
      };
    }
  }

  @FailsAt("aCallWithAnotherBodyIsRefused")
  static class BelievesAnySignature extends RightImplementations.Reports {
    @Override
    protected DeliveryReports newReports() {
      return call ->
          call.header("X-Signature")
              .map(
                  given ->
                      new DeliveryReport(Optional.empty(), "m-17", DeliveryStatus.DELIVERED, ""));
    }
  }

  @FailsAt("aRefusalIsAFaultOfDelivery")
  static class SwallowsTheFault extends RightImplementations.Sink {
    @Override
    protected AlertSink newRefusedSink() {
      return message -> {};
    }
  }
}
