package io.github.facelock.core;

import io.github.facelock.api.FactorType;
import io.github.facelock.core.crypto.EphemeralKeys;
import io.github.facelock.core.crypto.KeyCheck;
import io.github.facelock.core.crypto.KeyRing;
import io.github.facelock.core.crypto.KeyRotation;
import io.github.facelock.core.crypto.SealedCredentialStore;
import io.github.facelock.core.housekeeping.Retention;
import io.github.facelock.core.store.memory.MemoryCredentialStore;
import io.github.facelock.core.watchlist.WatchListKeys;
import io.github.facelock.spi.KeyProvider;
import io.github.facelock.spi.store.CredentialStore;
import io.github.facelock.spi.store.WatchListStore;
import java.security.SecureRandom;
import java.time.Clock;
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

  Assembled assemble(
      CredentialStore credentials, WatchListStore watchList, Clock clock, SecureRandom random) {
    KeyRing ring = new KeyRing(provider.orElseGet(() -> new EphemeralKeys(random)), random);
    if (provider.isPresent() || !(credentials instanceof MemoryCredentialStore)) {
      // Before anything else is written: a wrong key must not leave its mark.
      new KeyCheck(credentials, ring).verify();
    }
    SealedCredentialStore sealed =
        new SealedCredentialStore(credentials, subjectKeys.orElse(credentials), ring);
    KeyRotation rotation =
        new KeyRotation(sealed, ring, KEPT, List.of(new WatchListKeys(watchList, ring, clock)));
    return new Assembled(ring, sealed, rotation);
  }

  /** Last of all, so that nothing runs in a FaceLock that could not be put together. */
  void start(
      KeyRotation rotation, WatchListStore watchList, Clock clock, Deque<AutoCloseable> owned) {
    housekeeping
        .map(settings -> settings.chore(Retention.ofWatchList(watchList)))
        .ifPresent(settings -> owned.push(settings.start(clock, rotation)));
  }

  record Assembled(KeyRing ring, SealedCredentialStore credentials, KeyRotation rotation) {}
}
