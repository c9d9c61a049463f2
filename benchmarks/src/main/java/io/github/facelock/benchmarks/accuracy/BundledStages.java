package io.github.facelock.benchmarks.accuracy;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.face.Capture;
import io.github.facelock.api.face.CapturedFrame;
import io.github.facelock.api.policy.SeveralFaces;
import io.github.facelock.core.face.FacePipeline;
import io.github.facelock.core.face.QualityRules;
import io.github.facelock.core.image.DecodeLimits;
import io.github.facelock.core.image.SafePictureDecoder;
import io.github.facelock.core.onnx.OnnxModels;
import io.github.facelock.spi.face.PictureDecoder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What FaceLock does by default: the bundled models, and the quality rules of a verification. */
public final class BundledStages implements StageSource {

  private final OnnxModels models;
  private final Stages stages;

  /**
   * Loads the models.
   *
   * @throws FaceLockException if they or the native library cannot be loaded
   */
  public BundledStages() {
    models = OnnxModels.bundled();
    PictureDecoder decoder = new SafePictureDecoder(DecodeLimits.defaults());
    FacePipeline pipeline =
        new FacePipeline(
            decoder,
            models.detector(),
            models.landmarker(),
            Optional.of(models.headPose()),
            models.embedder(),
            List.of(),
            QualityRules.forVerification());
    stages =
        new Stages(
            decoder,
            models.detector(),
            models.landmarker(),
            models.embedder(),
            picture ->
                pipeline
                    .observe(
                        Capture.of(List.of(CapturedFrame.decoded(Duration.ZERO, picture))),
                        SeveralFaces.LARGEST)
                    .guidance());
  }

  @Override
  public Stages stages() {
    return stages;
  }

  @Override
  public void close() {
    models.close();
  }
}
