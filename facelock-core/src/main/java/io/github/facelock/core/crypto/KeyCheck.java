package io.github.facelock.core.crypto;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorKind;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.spi.store.Credential;
import io.github.facelock.spi.store.CredentialStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds out at start-up whether the keys are those of a store: a sealed text for each key that was
 * ever in use there must open. So a wrong or missing key is refused before anything is written.
 * Thread-safe.
 */
public final class KeyCheck {

  /** Nobody's name: it is refused for credentials. */
  static final SubjectId SUBJECT = SubjectId.of("facelock key check");

  private static final FactorType FACTOR = FactorType.of("key-check", FactorKind.KNOWLEDGE, "none");
  private static final byte[] TEXT = "facelock key check".getBytes(StandardCharsets.US_ASCII);

  private final CredentialStore store;
  private final KeyRing keys;

  /**
   * Checks a store.
   *
   * @param store the durable store itself, not the one that encrypts for it
   * @param keys the keys that are to fit
   */
  public KeyCheck(CredentialStore store, KeyRing keys) {
    this.store = Objects.requireNonNull(store, "store");
    this.keys = Objects.requireNonNull(keys, "keys");
  }

  /**
   * Checks all keys that were in use, then notes the current one as in use.
   *
   * @throws FaceLockException.Key if a key is missing or its bytes are others; nothing was written
   * @throws FaceLockException.Store if the store does not answer
   */
  public void verify() {
    String current = keys.currentKeyId();
    List<Credential> rows = store.find(SUBJECT, FACTOR);
    rows.forEach(this::verify);
    if (rows.stream().noneMatch(row -> row.id().equals(idOf(current)))) {
      Credential row =
          Credential.create(idOf(current), SUBJECT, FACTOR, Instant.EPOCH, Map.of(), new byte[0]);
      if (!store.insert(row.withSecretData(keys.seal(TEXT, Place.of(row))))) {
        // Another node was first: with the same key, or with another one of the same id.
        store.find(SUBJECT, FACTOR).forEach(this::verify);
      }
    }
  }

  /**
   * Names the keys that were ever in use and not retired.
   *
   * @return their ids
   */
  public Set<String> inUse() {
    Set<String> ids = new TreeSet<>();
    store.find(SUBJECT, FACTOR).forEach(row -> ids.add(KeyRing.keyIdOf(row.secretData())));
    return ids;
  }

  /** From now on the store starts without this key. */
  boolean forget(String keyId) {
    return store.delete(SUBJECT, idOf(keyId));
  }

  private void verify(Credential row) {
    String keyId = KeyRing.keyIdOf(row.secretData());
    if (!keys.has(keyId)) {
      throw new FaceLockException.Key(
          "The store holds data under key "
              + keyId
              + ", and the key provider does not have that key. Nothing was changed. Give the"
              + " provider the key; if it was rotated away, let the rotation end and retire it"
              + " first; if it was an ephemeral key, the data is lost: begin with an empty store");
    }
    byte[] opened;
    try {
      opened = keys.open(row.secretData(), Place.of(row));
    } catch (FaceLockException.Key e) {
      throw new FaceLockException.Key(
          "Key "
              + keyId
              + " is not the key of this id under which the store was written. Nothing was changed."
              + " Give the provider the original bytes of "
              + keyId
              + ", or point the application to the store that belongs to this key",
          e);
    }
    if (!MessageDigest.isEqual(opened, TEXT)) {
      throw new FaceLockException.Key(
          "The key check of key " + keyId + " holds another text: the store was tampered with");
    }
  }

  /** A key's id may hold characters that a credential's id may not. */
  private static CredentialId idOf(String keyId) {
    return new CredentialId(HexFormat.of().formatHex(keyId.getBytes(StandardCharsets.US_ASCII)));
  }
}
