package io.github.facelock.benchmarks.accuracy;

import io.github.facelock.spi.face.FaceDetector;
import io.github.facelock.spi.face.FaceEmbedder;
import io.github.facelock.spi.face.FaceLandmarker;
import io.github.facelock.spi.face.PictureDecoder;
import java.util.Objects;

/**
 * The stages that are measured, each thread-safe.
 *
 * @param decoder of JPEG and PNG files
 * @param detector finds faces
 * @param landmarker finds a face's points, where the detector gives none
 * @param embedder makes the templates
 * @param gate judges a capture as a login would, without changing what is compared
 */
public record Stages(
    PictureDecoder decoder,
    FaceDetector detector,
    FaceLandmarker landmarker,
    FaceEmbedder embedder,
    QualityGate gate) {

  /** Refuses null. */
  public Stages {
    Objects.requireNonNull(decoder, "decoder");
    Objects.requireNonNull(detector, "detector");
    Objects.requireNonNull(landmarker, "landmarker");
    Objects.requireNonNull(embedder, "embedder");
    Objects.requireNonNull(gate, "gate");
  }
}
