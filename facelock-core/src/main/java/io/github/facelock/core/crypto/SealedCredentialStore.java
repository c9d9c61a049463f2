package io.github.facelock.core.crypto;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.spi.store.Credential;
import io.github.facelock.spi.store.CredentialChanges;
import io.github.facelock.spi.store.CredentialStore;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Encrypts the secret part of each credential before another store keeps it. Thread-safe and atomic
 * as far as that store is.
 *
 * <p><strong>Keys.</strong> Each subject has a key of its own, wrapped by the key ring and kept as
 * one record in a credential store: the same one, or, so that a backup of the credentials does not
 * hold what opens it, another one. {@link #deleteAll} removes that record too: from then on no copy
 * of the subject's credentials can be read (crypto-shredding, NIST SP 800-88 section 2.5), as far
 * as no copy of the key's record is left; such copies are left out as if they were not there.
 *
 * <p><strong>Time.</strong> Whoever has no key, or no credential of the factor that is asked for,
 * costs one decryption each all the same: {@link #find} takes as long for people who are unknown as
 * for those who have one credential.
 *
 * <p><strong>Security guarantees.</strong> An envelope is bound to the subject, the credential's
 * id, its factor, its version and all its attributes: a record that somebody moves or edits does
 * not open, and {@link io.github.facelock.api.FaceLockException.Key} is thrown. Whoever can write
 * to the store can still put an older version of a whole record back. Envelopes of earlier versions
 * (sealed by the ring itself, bound to subject, id, factor and model) are read, and written anew at
 * the next change or by {@link KeyRotation}.
 */
public final class SealedCredentialStore implements CredentialStore {

  private static final Logger LOG = LoggerFactory.getLogger(SealedCredentialStore.class);

  private static final int MOST_RACES = 20;

  private final CredentialStore store;
  private final KeyRing ring;
  private final SubjectKeys keys;
  private final SecureRandom random;
  private final Decoys decoys;

  /**
   * Encrypts for a store, which keeps the subjects' wrapped keys too.
   *
   * @param store keeps what is encrypted
   * @param keys encrypts
   */
  public SealedCredentialStore(CredentialStore store, KeyRing keys) {
    this(store, store, keys);
  }

  /**
   * Encrypts for a store, with the subjects' keys in another one.
   *
   * @param store keeps what is encrypted
   * @param subjectKeys keeps the subjects' wrapped keys; its backups are what erasing must reach
   * @param keys wraps the subjects' keys
   */
  public SealedCredentialStore(CredentialStore store, CredentialStore subjectKeys, KeyRing keys) {
    this.store = Objects.requireNonNull(store, "store");
    this.ring = Objects.requireNonNull(keys, "keys");
    this.random = keys.random();
    this.keys = new SubjectKeys(Objects.requireNonNull(subjectKeys, "subjectKeys"), keys, random);
    this.decoys = new Decoys(keys, this.keys, random);
  }

  @Override
  public List<Credential> find(SubjectId subject, FactorType factor) {
    // Asked for unknown subjects too, so that they cost the store as much as known ones; and a
    // decoy goes the way of what they do not have, through the same code.
    Decoys.Decoy decoy = decoys.of(subject);
    Optional<Credential> keyRow = keys.record(subject);
    List<DataKey> own = keys.unwrap(keyRow.orElse(decoy.keyRow()));
    List<Credential> rows = store.find(subject, factor);
    boolean none = rows.isEmpty();
    List<Credential> found =
        opened(
            none ? decoy.rows() : rows, none ? decoy.keys() : keyRow.isPresent() ? own : List.of());
    return none ? List.of() : found;
  }

  private List<Credential> opened(List<Credential> rows, List<DataKey> own) {
    return rows.stream().filter(row -> isReadable(row, own)).map(row -> open(row, own)).toList();
  }

  @Override
  public boolean insert(Credential credential) {
    requireOrdinary(credential.subject(), credential.id());
    for (int race = 0; race < MOST_RACES; race++) {
      DataKey key = keys.currentOrNew(credential.subject());
      if (!store.insert(seal(credential, key, false))) {
        return false;
      }
      if (keys.has(credential.subject(), key.name())) {
        return true;
      }
      // The subject was erased meanwhile, and its key with it: nobody could read this row.
      store.delete(credential.subject(), credential.id());
    }
    throw new FaceLockException.Store(
        "The subject was erased again and again while a credential was added: try again");
  }

  @Override
  public boolean replace(Credential next) {
    requireOrdinary(next.subject(), next.id());
    DataKey key = keys.currentOrNew(next.subject());
    return store.replace(seal(next, key, false)) || replaceResealed(next, key);
  }

  /**
   * Whoever read the version before a re-encryption read the same contents as stand there now, so
   * the change may follow it: rotation makes nobody's code fail.
   */
  private boolean replaceResealed(Credential next, DataKey key) {
    Optional<Credential> now =
        stored(next.subject(), next.factor(), next.id())
            .filter(row -> row.version() == next.version())
            .filter(row -> DataKey.isResealed(row.secretData()));
    if (now.isEmpty()) {
      return false;
    }
    open(now.get(), keys.of(next.subject())); // Authenticates the mark.
    return store.replace(seal(now.get().next(next.attributes(), next.secretData()), key, false));
  }

  @Override
  public boolean delete(SubjectId subject, CredentialId id) {
    return !id.equals(SubjectKeys.ID) && store.delete(subject, id);
  }

  @Override
  public int deleteAll(SubjectId subject) {
    if (subject.equals(KeyCheck.SUBJECT)) {
      throw reserved(subject);
    }
    // Where both are in one store this is one act; elsewhere a crash in between leaves a key that
    // opens nothing, and the erasure is repeated.
    boolean together = keys.store() == store && keys.record(subject).isPresent();
    int deleted = store.deleteAll(subject);
    boolean unused = keys.erase(subject);
    return together ? deleted - 1 : deleted;
  }

  @Override
  public void forEach(FactorType factor, Consumer<? super Credential> each) {
    Map<UUID, byte[]> all = keys.all();
    List<Credential> late = new ArrayList<>();
    store.forEach(
        factor,
        row -> {
          byte[] envelope = row.secretData();
          if (!DataKey.sealed(envelope)) {
            each.accept(openFirst(row));
          } else {
            UUID name = DataKey.nameIn(envelope);
            byte[] key = all.get(name);
            if (key == null) {
              late.add(row); // Looked up when the store is not in the middle of reading.
            } else {
              each.accept(open(row, List.of(new DataKey(name, key))));
            }
          }
        });
    for (Credential row : late) {
      List<DataKey> own = keys.of(row.subject());
      if (isReadable(row, own)) {
        each.accept(open(row, own));
      }
    }
  }

  @Override
  public Optional<CredentialChanges> changes() {
    return store.changes();
  }

  /** What a backup or a race brought back can be read by nobody, so nobody gets in by it. */
  private static boolean isReadable(Credential row, List<DataKey> own) {
    byte[] envelope = row.secretData();
    if (!DataKey.sealed(envelope)
        || own.stream().anyMatch(key -> key.name().equals(DataKey.nameIn(envelope)))) {
      return true;
    }
    LOG.warn("Credential {} is left out: its subject's key was erased", row.id());
    return false;
  }

  private Optional<Credential> stored(SubjectId subject, FactorType factor, CredentialId id) {
    return store.find(subject, factor).stream().filter(row -> row.id().equals(id)).findFirst();
  }

  private Credential seal(Credential plain, DataKey key, boolean resealed) {
    return plain.withSecretData(key.seal(plain.secretData(), Place.of(plain), resealed, random));
  }

  private Credential openFirst(Credential row) {
    return row.withSecretData(ring.open(row.secretData(), Place.first(row)));
  }

  private Credential open(Credential row, List<DataKey> own) {
    byte[] envelope = row.secretData();
    if (!DataKey.sealed(envelope)) {
      return openFirst(row);
    }
    UUID name = DataKey.nameIn(envelope);
    return own.stream()
        .filter(key -> key.name().equals(name))
        .findFirst()
        .map(key -> row.withSecretData(key.open(envelope, Place.of(row))))
        .orElseThrow(
            () ->
                new FaceLockException.Key(
                    "Credential "
                        + row.id()
                        + " cannot be read any more: the key of its subject was erased. Remove the"
                        + " credential and enrol again"));
  }

  /** Seals a row of an earlier form anew, contents unchanged; whether none is left of it. */
  boolean renew(SubjectId subject, FactorType factor, CredentialId id) {
    Optional<Credential> row =
        stored(subject, factor, id).filter(each -> !DataKey.sealed(each.secretData()));
    if (row.isEmpty()) {
      return true;
    }
    Credential plain = openFirst(row.get());
    DataKey key = keys.currentOrNew(subject);
    return store.replace(seal(plain.next(plain.attributes(), plain.secretData()), key, true));
  }

  CredentialStore beneath() {
    return store;
  }

  SubjectKeys subjectKeys() {
    return keys;
  }

  private static void requireOrdinary(SubjectId subject, CredentialId id) {
    if (subject.equals(KeyCheck.SUBJECT) || id.equals(SubjectKeys.ID)) {
      throw reserved(subject);
    }
  }

  private static IllegalArgumentException reserved(SubjectId subject) {
    return new IllegalArgumentException(
        "A credential of "
            + subject
            + " has the name of a key record, which is reserved; choose another name");
  }
}
