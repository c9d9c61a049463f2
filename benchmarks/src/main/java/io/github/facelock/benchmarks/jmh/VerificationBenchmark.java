package io.github.facelock.benchmarks.jmh;

import io.github.facelock.api.face.Embedding;
import io.github.facelock.api.policy.SeveralFaces;
import io.github.facelock.core.face.FaceObservation;
import io.github.facelock.core.face.GradedFace;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/**
 * A whole verification of one JPEG of 640 × 480: decode, detect, landmarks, plausibility, pose,
 * quality, align, embed, compare. Its parts are in {@link StageBenchmark}; {@link
 * io.github.facelock.benchmarks.Ratios} compares the two. Repeat with
 *
 * <pre>{@code java -jar benchmarks/target/benchmarks.jar VerificationBenchmark -f 1 -wi 3 -i 5}
 * </pre>
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class VerificationBenchmark {

  /** JMH makes the state. */
  public VerificationBenchmark() {}

  /**
   * From the file's bytes to the score.
   *
   * @param scene the picture and the person's template
   * @return the score
   */
  @Benchmark
  public float whole(Scene scene) {
    FaceObservation observation = scene.pipeline.observe(scene.capture, SeveralFaces.REJECT);
    GradedFace found = observation.usable().get(0);
    Embedding probe =
        scene.models.embedder().embed(found.face().picture(), found.face().landmarks());
    return probe.cosine(scene.template);
  }
}
