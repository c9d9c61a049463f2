package io.github.facelock.core.face;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.SubjectId;
import io.github.facelock.spi.face.FaceEmbedder;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * What the face step may learn from logins that were granted with a second factor. Immutable.
 *
 * @param former embedders whose references are still compared while people migrate to the present
 *     one, each at its own calibration; a login by such a reference leaves one of the present model
 *     beside it
 * @param adaptation when a face becomes a further reference; never if empty
 * @param random makes ids
 * @param learnt is told of each new reference
 */
public record FaceLearning(
    List<FaceEmbedder> former,
    Optional<AdaptationRules> adaptation,
    SecureRandom random,
    BiConsumer<SubjectId, CredentialId> learnt) {

  /** Copies the list. */
  public FaceLearning {
    former = List.copyOf(former);
    Objects.requireNonNull(adaptation, "adaptation");
    Objects.requireNonNull(random, "random");
    Objects.requireNonNull(learnt, "learnt");
  }
}
