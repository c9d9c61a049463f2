package io.github.facelock.core.crypto;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.spi.store.Credential;
import io.github.facelock.spi.store.CredentialChanges;
import io.github.facelock.spi.store.CredentialStore;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Encrypts the secret part of each credential before another store keeps it. Thread-safe and atomic
 * as far as that store is.
 *
 * <p>The envelope is bound to the subject, the credential's id, the factor and the model (attribute
 * {@value #MODEL}): a record that somebody moves to another subject does not open, and {@link
 * io.github.facelock.api.FaceLockException.Key} is thrown. Whoever can write to the store can still
 * put an older version of the same record back.
 */
public final class SealedCredentialStore implements CredentialStore {

  /** The attribute that names the model of a biometric template. */
  private static final String MODEL = "model";

  private final CredentialStore store;
  private final KeyRing keys;

  /**
   * Encrypts for a store.
   *
   * @param store keeps what is encrypted
   * @param keys encrypts
   */
  public SealedCredentialStore(CredentialStore store, KeyRing keys) {
    this.store = Objects.requireNonNull(store, "store");
    this.keys = Objects.requireNonNull(keys, "keys");
  }

  @Override
  public List<Credential> find(SubjectId subject, FactorType factor) {
    return store.find(subject, factor).stream().map(this::open).toList();
  }

  @Override
  public boolean insert(Credential credential) {
    return store.insert(seal(credential));
  }

  @Override
  public boolean replace(Credential next) {
    return store.replace(seal(next));
  }

  @Override
  public boolean delete(SubjectId subject, CredentialId id) {
    return store.delete(subject, id);
  }

  @Override
  public int deleteAll(SubjectId subject) {
    return store.deleteAll(subject);
  }

  @Override
  public void forEach(FactorType factor, Consumer<? super Credential> each) {
    store.forEach(factor, credential -> each.accept(open(credential)));
  }

  @Override
  public Optional<CredentialChanges> changes() {
    return store.changes();
  }

  private Credential seal(Credential plain) {
    return plain.withSecretData(keys.seal(plain.secretData(), place(plain)));
  }

  private Credential open(Credential sealed) {
    return sealed.withSecretData(keys.open(sealed.secretData(), place(sealed)));
  }

  /** Each part with its length before it, so that no two places have the same bytes. */
  private static byte[] place(Credential credential) {
    ByteArrayOutputStream place = new ByteArrayOutputStream(160);
    append(place, "credential");
    append(place, credential.subject().value());
    append(place, credential.id().value());
    append(place, credential.factor().id());
    String model = credential.attributes().get(MODEL);
    if (model != null) {
      append(place, model);
    }
    return place.toByteArray();
  }

  private static void append(ByteArrayOutputStream place, String part) {
    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
    place.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    place.writeBytes(bytes);
  }
}
