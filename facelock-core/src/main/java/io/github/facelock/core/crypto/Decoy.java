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
import org.jspecify.annotations.Nullable;

/**
 * A subject that nobody is, with a wrapped key and one credential: opened in place of what an
 * unknown subject does not have, so that its time tells nothing. In memory only. Thread-safe.
 */
final class Decoy {

  /** As long as the secret of an authenticator app, the shortest credential of them all. */
  private static final int SECRET_LENGTH = 48;

  private static final Map<String, String> ATTRIBUTES = Map.of("state", "active", "label", "phone");
  private static final SubjectId SUBJECT = SubjectId.of("nobody");
  private static final FactorType FACTOR = FactorType.of("decoy", FactorKind.KNOWLEDGE, "none");

  private final KeyRing ring;
  private final SubjectKeys keys;
  private final SecureRandom random;
  private volatile @Nullable Made made;

  /** Under which key of the ring the decoy's own key is wrapped, and what is sealed by that. */
  private record Made(String keyId, DataKey key, Credential keyRow, Credential row) {}

  Decoy(KeyRing ring, SubjectKeys keys, SecureRandom random) {
    this.ring = ring;
    this.keys = keys;
    this.random = random;
  }

  /** Unwraps a key. */
  void unwrapKey() {
    var unused = keys.unwrap(current().keyRow());
  }

  /** Opens a credential. */
  void openCredential() {
    Made decoy = current();
    byte[] envelope = decoy.row().secretData();
    var unused = decoy.row().withSecretData(decoy.key().open(envelope, Place.of(decoy.row())));
  }

  /** Made anew when the ring's key changes: the former one may be gone soon. */
  private Made current() {
    Made decoy = made;
    String keyId = ring.currentKeyId();
    if (decoy == null || !decoy.keyId().equals(keyId)) {
      DataKey key = DataKey.draw(random);
      Credential keyRow = row(SubjectKeys.ID, SubjectKeys.FACTOR);
      Credential row = row(new CredentialId("00000000-0000-0000-0000-000000000000"), FACTOR);
      byte[] secret = key.seal(new byte[SECRET_LENGTH], Place.of(row), false, random);
      decoy =
          new Made(
              keyId,
              key,
              keyRow.withSecretData(keys.wrap(keyRow, List.of(key))),
              row.withSecretData(secret));
      made = decoy;
    }
    return decoy;
  }

  private static Credential row(CredentialId id, FactorType factor) {
    return Credential.create(id, SUBJECT, factor, Instant.EPOCH, ATTRIBUTES, new byte[0]);
  }
}
