package io.github.facelock.benchmarks.accuracy;

import io.github.facelock.api.face.Embedding;
import io.github.facelock.api.face.Guidance;
import java.util.Objects;
import java.util.Optional;

/**
 * What became of a picture.
 *
 * @param faces how many faces the detector found
 * @param template of the largest face
 * @param failure why there is no template; empty if there is one
 * @param guidance what a login would ask to do better
 */
public record Acquisition(
    int faces, Optional<Embedding> template, String failure, Optional<Guidance> guidance) {

  /** Refuses null. */
  public Acquisition {
    Objects.requireNonNull(template, "template");
    Objects.requireNonNull(failure, "failure");
    Objects.requireNonNull(guidance, "guidance");
  }

  static Acquisition failed(int faces, String cause, Optional<Guidance> guidance) {
    return new Acquisition(faces, Optional.empty(), cause, guidance);
  }
}
