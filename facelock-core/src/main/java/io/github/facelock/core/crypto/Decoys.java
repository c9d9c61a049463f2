package io.github.facelock.core.crypto;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FactorKind;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.spi.store.Credential;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Subjects that nobody is, each with a wrapped key and one credential: opened in place of what an
 * unknown subject does not have, so that its time tells nothing. In memory only. Thread-safe.
 *
 * <p>There are several, and a subject always meets the same one: a single one would lie in the
 * processor's nearest cache all the time, as no subject's own records do.
 */
final class Decoys {

  /** Some 300 kB when all are made; a power of two. */
  private static final int NUMBER = 256;

  /** As long as the secret of an authenticator app, the shortest credential of them all. */
  private static final int SECRET_LENGTH = 48;

  private static final Map<String, String> ATTRIBUTES = Map.of("state", "active", "label", "phone");
  private static final SubjectId SUBJECT = SubjectId.of("nobody");
  private static final FactorType FACTOR = FactorType.of("decoy", FactorKind.KNOWLEDGE, "none");

  private final KeyRing ring;
  private final SubjectKeys keys;
  private final SecureRandom random;
  private final AtomicReferenceArray<Decoy> made = new AtomicReferenceArray<>(NUMBER);

  /**
   * A decoy.
   *
   * @param keyId under which key of the ring its own key is wrapped
   * @param keys its own key
   * @param keyRow that key, wrapped
   * @param rows its credential, sealed by that key
   */
  record Decoy(String keyId, List<DataKey> keys, Credential keyRow, List<Credential> rows) {}

  Decoys(KeyRing ring, SubjectKeys keys, SecureRandom random) {
    this.ring = ring;
    this.keys = keys;
    this.random = random;
  }

  /**
   * Finds the decoy of a subject. Asked for known subjects too: it is made when first asked for,
   * and anew when the ring's key changes, because that one may be gone soon.
   */
  Decoy of(SubjectId subject) {
    int hash = subject.hashCode();
    int slot = (hash ^ hash >>> 8 ^ hash >>> 16 ^ hash >>> 24) & (NUMBER - 1);
    Decoy decoy = made.get(slot);
    String keyId = ring.currentKeyId();
    if (decoy == null || !decoy.keyId().equals(keyId)) {
      decoy = make(keyId);
      made.set(slot, decoy);
    }
    return decoy;
  }

  private Decoy make(String keyId) {
    DataKey key = DataKey.draw(random);
    Credential keyRow = row(SubjectKeys.ID, SubjectKeys.FACTOR);
    Credential row = row(new CredentialId("00000000-0000-0000-0000-000000000000"), FACTOR);
    byte[] secret = key.seal(new byte[SECRET_LENGTH], Place.of(row), false, random);
    return new Decoy(
        keyId,
        List.of(key),
        keyRow.withSecretData(keys.wrap(keyRow, List.of(key))),
        List.of(row.withSecretData(secret)));
  }

  private static Credential row(CredentialId id, FactorType factor) {
    return Credential.create(id, SUBJECT, factor, Instant.EPOCH, ATTRIBUTES, new byte[0]);
  }
}
