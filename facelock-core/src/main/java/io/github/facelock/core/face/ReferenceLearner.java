package io.github.facelock.core.face;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.FaceReference.Kind;
import io.github.facelock.api.face.Embedding;
import io.github.facelock.spi.face.FaceEmbedder;
import io.github.facelock.spi.store.Credential;
import io.github.facelock.spi.store.CredentialStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns faces of granted logins into references, within the rules. Thread-safe. */
final class ReferenceLearner {

  private final CredentialStore credentials;
  private final FaceEmbedder embedder;
  private final ReferenceWriter writer;
  private final FaceLearning learning;

  ReferenceLearner(
      CredentialStore credentials,
      FaceEmbedder embedder,
      ReferenceWriter writer,
      FaceLearning learning) {
    this.credentials = credentials;
    this.embedder = embedder;
    this.writer = writer;
    this.learning = learning;
  }

  void learn(SubjectId subject, LearntFace learnt, Instant now) {
    List<Credential> references =
        credentials.find(subject, FactorType.FACE).stream()
            .filter(reference -> ReferenceAttributes.isValid(reference, now))
            .toList();
    List<Credential> present = references.stream().filter(r -> read(r).isPresent()).toList();
    if (learnt.kind() == Kind.MIGRATED) {
      if (present.isEmpty()) {
        migrate(subject, learnt.template(), references, now);
      }
    } else if (learning.adaptation().isPresent()) {
      adapt(subject, learnt.template(), present, learning.adaptation().get(), now);
    }
  }

  private Optional<Embedding> read(Credential reference) {
    return TemplateCodec.decode(reference, embedder.model().id(), embedder.dimension());
  }

  /** The consent and the end of what was enrolled hold for what comes in its place. */
  private void migrate(
      SubjectId subject, Embedding template, List<Credential> references, Instant now) {
    if (!references.isEmpty()) {
      write(subject, template, references.get(0), Kind.MIGRATED, now);
    }
  }

  private void adapt(
      SubjectId subject,
      Embedding template,
      List<Credential> present,
      AdaptationRules rules,
      Instant now) {
    List<Credential> adapted =
        present.stream()
            .filter(reference -> ReferenceAttributes.kind(reference) == Kind.ADAPTED)
            .sorted(Comparator.comparing(Credential::createdAt))
            .toList();
    Optional<Credential> nearest =
        present.stream()
            .filter(reference -> ReferenceAttributes.kind(reference) != Kind.ADAPTED)
            .max(Comparator.comparingDouble(reference -> likeness(reference, template)));
    float drift = embedder.calibration().extrapolatedThreshold(rules.drift()).value();
    boolean tooFar = nearest.isEmpty() || likeness(nearest.get(), template) < drift;
    boolean tooAlike = present.stream().anyMatch(r -> likeness(r, template) > FaceEnroller.ALIKE);
    boolean tooSoon =
        !adapted.isEmpty()
            && now.isBefore(adapted.get(adapted.size() - 1).createdAt().plus(rules.pause()));
    if (tooFar || tooAlike || tooSoon) {
      return;
    }
    write(subject, template, nearest.get(), Kind.ADAPTED, now);
    for (int i = 0; i <= adapted.size() - rules.most(); i++) {
      writer.remove(subject, adapted.get(i).id());
    }
  }

  private float likeness(Credential reference, Embedding template) {
    return read(reference).orElseThrow().cosine(template);
  }

  private void write(
      SubjectId subject, Embedding template, Credential origin, Kind kind, Instant now) {
    Map<String, String> attributes = new HashMap<>(origin.attributes());
    attributes.put(TemplateCodec.MODEL, embedder.model().id().value());
    attributes.put("from", origin.id().value());
    ReferenceAttributes.put(attributes, kind, ReferenceAttributes.expiresAt(origin));
    CredentialId id = writer.write(subject, template, attributes, now);
    learning.learnt().accept(subject, id);
  }
}
