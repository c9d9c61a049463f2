package io.github.facelock.core.face;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.face.Embedding;
import io.github.facelock.spi.face.TemplateIndex;
import io.github.facelock.spi.store.Credential;
import io.github.facelock.spi.store.CredentialStore;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;

/** Puts templates into the store and the search index, and takes them out. Thread-safe. */
final class ReferenceWriter {

  private final CredentialStore credentials;
  private final TemplateIndex index;
  private final SecureRandom random;

  ReferenceWriter(CredentialStore credentials, TemplateIndex index, SecureRandom random) {
    this.credentials = credentials;
    this.index = index;
    this.random = random;
  }

  CredentialId write(
      SubjectId subject, Embedding template, Map<String, String> attributes, Instant now) {
    byte[] name = new byte[16];
    random.nextBytes(name);
    CredentialId id = new CredentialId("face-" + HexFormat.of().formatHex(name));
    Credential credential =
        Credential.create(
            id, subject, FactorType.FACE, now, attributes, TemplateCodec.encode(template));
    if (!credentials.insert(credential)) {
      throw new FaceLockException.Store(
          "The store has a credential "
              + id
              + " already, although the id is random. Check the random number generator");
    }
    index.put(subject, id, template);
    return id;
  }

  boolean remove(SubjectId subject, CredentialId reference) {
    boolean face =
        credentials.find(subject, FactorType.FACE).stream().anyMatch(c -> c.id().equals(reference));
    index.remove(subject, reference);
    return face && credentials.delete(subject, reference);
  }
}
