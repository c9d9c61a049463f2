package io.github.facelock.core.crypto;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorKind;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.spi.store.Credential;
import io.github.facelock.spi.store.CredentialStore;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Each subject's data keys, wrapped by the key ring and kept as one record of a credential store.
 * Without that record nothing of the subject can be read, wherever copies of it lie.
 *
 * <p>The record's fixed id makes the first write win on all nodes. Wrapped is: version (1), the
 * number of keys, and for each its name (16 bytes) and its bytes (32); the first one seals.
 */
final class SubjectKeys {

  /** No evidence of a person; the kind has no meaning. */
  static final FactorType FACTOR = FactorType.of("subject-key", FactorKind.KNOWLEDGE, "none");

  static final CredentialId ID = new CredentialId("subject-key");

  private static final byte VERSION = 1;
  private static final int MOST_RACES = 20;

  private final CredentialStore store;
  private final KeyRing ring;
  private final SecureRandom random;

  SubjectKeys(CredentialStore store, KeyRing ring, SecureRandom random) {
    this.store = store;
    this.ring = ring;
    this.random = random;
  }

  Optional<Credential> record(SubjectId subject) {
    return store.find(subject, FACTOR).stream().filter(row -> row.id().equals(ID)).findFirst();
  }

  /** The one that seals comes first; empty for subjects without any. */
  List<DataKey> of(SubjectId subject) {
    return record(subject).map(this::unwrap).orElse(List.of());
  }

  DataKey currentOrNew(SubjectId subject) {
    for (int race = 0; race < MOST_RACES; race++) {
      List<DataKey> known = of(subject);
      if (!known.isEmpty()) {
        return known.get(0);
      }
      DataKey drawn = DataKey.draw(random);
      Credential row = Credential.create(ID, subject, FACTOR, Instant.EPOCH, Map.of(), new byte[0]);
      if (store.insert(row.withSecretData(wrap(row, List.of(drawn))))) {
        return drawn;
      }
    }
    throw new FaceLockException.Store(
        "A subject's key is made and removed by others all the time: try again");
  }

  boolean has(SubjectId subject, UUID name) {
    return of(subject).stream().anyMatch(key -> key.name().equals(name));
  }

  CredentialStore store() {
    return store;
  }

  boolean erase(SubjectId subject) {
    return store.delete(subject, ID);
  }

  /** All subjects' keys; some 150 bytes of memory for each. */
  Map<UUID, byte[]> all() {
    Map<UUID, byte[]> keys = new HashMap<>();
    store.forEach(FACTOR, row -> unwrap(row).forEach(key -> keys.put(key.name(), key.bytes())));
    return keys;
  }

  /** Wraps the same keys under the ring's current key; whether nobody changed them meanwhile. */
  boolean rewrap(Credential row) {
    Credential next = row.next(row.attributes(), new byte[0]);
    return store.replace(next.withSecretData(wrap(next, unwrap(row))));
  }

  byte[] wrap(Credential row, List<DataKey> keys) {
    ByteBuffer plain = ByteBuffer.allocate(2 + keys.size() * (16 + DataKey.LENGTH));
    plain.put(VERSION).put((byte) keys.size());
    for (DataKey key : keys) {
      plain.putLong(key.name().getMostSignificantBits());
      plain.putLong(key.name().getLeastSignificantBits());
      byte[] bytes = key.bytes();
      plain.put(bytes);
      Arrays.fill(bytes, (byte) 0);
    }
    byte[] sealed = ring.seal(plain.array(), Place.of(row));
    Arrays.fill(plain.array(), (byte) 0);
    return sealed;
  }

  List<DataKey> unwrap(Credential row) {
    byte[] plain = ring.open(row.secretData(), Place.of(row));
    try {
      ByteBuffer in = ByteBuffer.wrap(plain);
      if (in.get() != VERSION) {
        throw unreadable();
      }
      int count = in.get();
      List<DataKey> keys = new ArrayList<>(count);
      byte[] bytes = new byte[DataKey.LENGTH];
      for (int i = 0; i < count; i++) {
        UUID name = new UUID(in.getLong(), in.getLong());
        in.get(bytes);
        keys.add(new DataKey(name, bytes));
      }
      Arrays.fill(bytes, (byte) 0);
      return keys;
    } catch (BufferUnderflowException e) {
      throw unreadable();
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  private static FaceLockException.Store unreadable() {
    return new FaceLockException.Store(
        "A subject's key record cannot be read: it was written by a newer version. Start that"
            + " version, or restore the record from a backup");
  }
}
