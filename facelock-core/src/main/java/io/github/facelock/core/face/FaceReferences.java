package io.github.facelock.core.face;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.face.Embedding;
import io.github.facelock.spi.face.FaceEmbedder;
import io.github.facelock.spi.store.Credential;
import io.github.facelock.spi.store.CredentialStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The biometric references of subjects, as far as one model made them. */
final class FaceReferences {

  private final CredentialStore credentials;
  private final FaceEmbedder embedder;

  FaceReferences(CredentialStore credentials, FaceEmbedder embedder) {
    this.credentials = credentials;
    this.embedder = embedder;
  }

  /** In the order in which they were made; of other models and expired ones are left out. */
  List<Embedding> of(SubjectId subject, Instant now) {
    return credentials.find(subject, FactorType.FACE).stream()
        .filter(reference -> ReferenceAttributes.isValid(reference, now))
        .flatMap(credential -> read(credential).stream())
        .toList();
  }

  Optional<Embedding> read(Credential credential) {
    return TemplateCodec.decode(credential, embedder.model().id(), embedder.dimension());
  }
}
