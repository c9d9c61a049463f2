package io.github.facelock.core.face;

import io.github.facelock.api.SubjectId;
import io.github.facelock.api.face.Embedding;
import io.github.facelock.api.face.FalseMatchRate;
import io.github.facelock.api.face.ScoreCalibration;
import io.github.facelock.spi.face.FaceEmbedder;
import io.github.facelock.spi.face.TemplateIndex;
import io.github.facelock.spi.face.TemplateIndex.Candidate;
import io.github.facelock.spi.store.CredentialStore;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether a face might be that of somebody enrolled, by a bar far below that of a login: one
 * stranger in 100 is taken for somebody. Guards what must not happen to enrolled people.
 * Thread-safe.
 */
public final class Resemblance {

  private static final FalseMatchRate RATE = FalseMatchRate.oneIn(100);

  private final FaceEmbedder embedder;
  private final CredentialStore credentials;
  private final TemplateIndex index;

  /**
   * Makes the check.
   *
   * @param embedder whose templates are compared
   * @param credentials has the references of a claimed subject
   * @param index has everybody's
   */
  public Resemblance(FaceEmbedder embedder, CredentialStore credentials, TemplateIndex index) {
    this.embedder = Objects.requireNonNull(embedder, "embedder");
    this.credentials = Objects.requireNonNull(credentials, "credentials");
    this.index = Objects.requireNonNull(index, "index");
  }

  /**
   * Compares a face with the claimed subject and with everybody.
   *
   * @param claimed who the person claims to be, if anybody
   * @param probes one template for each frame
   * @return whether one frame is like somebody
   */
  public boolean toSomebody(Optional<SubjectId> claimed, List<Embedding> probes) {
    ScoreCalibration calibration = embedder.calibration();
    float own = calibration.extrapolatedThreshold(RATE).value();
    List<Embedding> references =
        claimed
            .map(subject -> new FaceReferences(credentials, embedder).of(subject, Instant.MIN))
            .orElse(List.of());
    FalseMatchRate each = new FalseMatchRate(RATE.value() / Math.max(1, index.size()));
    float others = calibration.extrapolatedThreshold(each).value();
    for (Embedding probe : probes) {
      if (references.stream().anyMatch(reference -> probe.cosine(reference) >= own)) {
        return true;
      }
      List<Candidate> best = index.search(probe, 1);
      if (!best.isEmpty() && best.get(0).score().value() >= others) {
        return true;
      }
    }
    return false;
  }
}
