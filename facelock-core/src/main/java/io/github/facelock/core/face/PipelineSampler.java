package io.github.facelock.core.face;

import io.github.facelock.api.face.Capture;
import io.github.facelock.api.face.Embedding;
import io.github.facelock.api.face.Guidance;
import io.github.facelock.api.policy.SeveralFaces;
import io.github.facelock.spi.face.FaceEmbedder;
import io.github.facelock.spi.face.FaceSampler;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Takes templates with the stages of the face step, without asking for liveness. Thread-safe. */
public final class PipelineSampler implements FaceSampler {

  private final FacePipeline pipeline;
  private final SeveralFaces several;

  /**
   * Makes a sampler.
   *
   * @param pipeline with the rules of quality that a face must satisfy
   * @param several what more than one face means
   */
  public PipelineSampler(FacePipeline pipeline, SeveralFaces several) {
    this.pipeline = Objects.requireNonNull(pipeline, "pipeline");
    this.several = Objects.requireNonNull(several, "several");
  }

  @Override
  public Sample take(Capture capture) {
    FaceObservation seen = pipeline.observe(capture, several);
    Optional<Guidance> guidance = seen.guidance();
    if (guidance.isPresent()) {
      return new Sample.Unclear(guidance.get(), seen.problems());
    }
    FaceEmbedder embedder = pipeline.embedder();
    List<Embedding> templates =
        GradedFace.best(seen.usable(), FaceFactor.MAX_FRAMES).stream()
            .map(g -> embedder.embed(g.face().picture(), g.face().landmarks()))
            .toList();
    return SamePerson.inAll(templates, embedder.calibration())
        ? new Sample.Person(templates)
        : new Sample.Unclear(Guidance.DIFFERENT_PEOPLE, seen.problems());
  }
}
