package io.github.facelock.core;

import io.github.facelock.api.FactorType;
import io.github.facelock.core.alert.AlertKeys;
import io.github.facelock.core.alert.SnapshotKeys;
import io.github.facelock.core.audit.AuditKeys;
import io.github.facelock.core.audit.ChainedAuditLog;
import io.github.facelock.core.crypto.EphemeralKeys;
import io.github.facelock.core.crypto.KeyCheck;
import io.github.facelock.core.crypto.KeyRing;
import io.github.facelock.core.crypto.KeyRotation;
import io.github.facelock.core.crypto.SealedCredentialStore;
import io.github.facelock.core.crypto.SealedRecords;
import io.github.facelock.core.housekeeping.Retention;
import io.github.facelock.core.store.memory.MemoryCredentialStore;
import io.github.facelock.core.watchlist.WatchListKeys;
import io.github.facelock.spi.KeyProvider;
import io.github.facelock.spi.store.CredentialStore;
import io.github.facelock.spi.store.OutboxStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What seals: the keys, their check at the start, their rotation, and what runs at intervals. */
final class KeyParts {

  /** Whose credentials a store of an earlier version may hold. */
  private static final Set<FactorType> KEPT =
      Set.of(
          FactorType.PASSWORD,
          FactorType.PIN,
          FactorType.FACE,
          FactorType.TOTP,
          FactorType.HOTP,
          FactorType.EMAIL_CODE,
          FactorType.SMS_CODE,
          FactorType.RECOVERY_CODE);

  Optional<KeyProvider> provider = Optional.empty();
  Optional<CredentialStore> subjectKeys = Optional.empty();
  Optional<HousekeepingSettings> housekeeping = Optional.empty();

  Assembled assemble(StoreOptions parts, Clock clock, SecureRandom random) {
    CredentialStore credentials = parts.credentials;
    KeyRing ring = new KeyRing(provider.orElseGet(() -> new EphemeralKeys(random)), random);
    if (provider.isPresent() || !(credentials instanceof MemoryCredentialStore)) {
      // Before anything else is written: a wrong key must not leave its mark.
      new KeyCheck(credentials, ring).verify();
    }
    SealedCredentialStore sealed =
        new SealedCredentialStore(credentials, subjectKeys.orElse(credentials), ring);
    KeyRotation rotation = new KeyRotation(sealed, ring, KEPT, others(parts, ring, clock));
    return new Assembled(ring, sealed, rotation);
  }

  private static List<SealedRecords> others(StoreOptions parts, KeyRing ring, Clock clock) {
    OutboxStore outbox = parts.alerting.outbox;
    List<SealedRecords> others = new ArrayList<>();
    others.add(new WatchListKeys(parts.circumstances.watchStore, ring, clock));
    others.add(new AlertKeys(outbox, ring));
    others.add(new SnapshotKeys(outbox, parts.alerting.snapshots, clock));
    // A trail in memory ends with the process, and needs no key longer.
    if (parts.ownAudit.isEmpty()) {
      parts.auditStore.map(AuditKeys::new).ifPresent(others::add);
    }
    return others;
  }

  /** Last of all, so that nothing runs in a FaceLock that could not be put together. */
  void start(
      StoreOptions parts,
      KeyRotation rotation,
      Optional<ChainedAuditLog> trail,
      Clock clock,
      Deque<AutoCloseable> owned) {
    if (housekeeping.isEmpty()) {
      return;
    }
    HousekeepingSettings settings =
        housekeeping.get().chore(Retention.ofWatchList(parts.circumstances.watchStore));
    if (parts.place.isPresent()) {
      settings = settings.chore(Retention.ofStores(parts.place.get()));
    }
    owned.push(settings.start(clock, rotation, trail));
  }

  record Assembled(KeyRing ring, SealedCredentialStore credentials, KeyRotation rotation) {}
}
