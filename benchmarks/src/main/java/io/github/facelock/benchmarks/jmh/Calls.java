package io.github.facelock.benchmarks.jmh;

import io.github.facelock.api.policy.SeveralFaces;
import io.github.facelock.core.face.FacePipeline;
import io.github.facelock.core.face.QualityRules;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How often one verification calls each model, counted rather than assumed.
 *
 * @param detect calls of the detector
 * @param landmarks calls of the landmarker
 * @param pose calls of the pose estimator
 */
public record Calls(int detect, int landmarks, int pose) {

  /**
   * Counts during one verification of the benchmarks' picture.
   *
   * @return the numbers
   * @throws IOException if a photograph cannot be read
   */
  public static Calls ofOneVerification() throws IOException {
    Scene scene = new Scene();
    scene.open();
    try {
      AtomicInteger detect = new AtomicInteger();
      AtomicInteger landmarks = new AtomicInteger();
      AtomicInteger pose = new AtomicInteger();
      new FacePipeline(
              scene.decoder,
              picture -> {
                detect.incrementAndGet();
                return scene.models.detector().detect(picture);
              },
              (picture, face) -> {
                landmarks.incrementAndGet();
                return scene.models.landmarker().locate(picture, face);
              },
              Optional.of(
                  (picture, face) -> {
                    pose.incrementAndGet();
                    return scene.models.headPose().estimate(picture, face);
                  }),
              scene.models.embedder(),
              List.of(),
              QualityRules.forVerification())
          .observe(scene.capture, SeveralFaces.REJECT);
      return new Calls(detect.get(), landmarks.get(), pose.get());
    } finally {
      scene.close();
    }
  }
}
