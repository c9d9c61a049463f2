package io.github.facelock.benchmarks.jmh;

import io.github.facelock.api.face.DetectedFace;
import io.github.facelock.api.face.Embedding;
import io.github.facelock.api.face.HeadPose;
import io.github.facelock.api.face.Landmarks;
import io.github.facelock.core.image.Border;
import io.github.facelock.core.image.PictureSampler;
import io.github.facelock.core.image.SimilarityTransform;
import io.github.facelock.core.image.TensorFormat;
import io.github.facelock.spi.face.PictureDecoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Each stage of the face step on one picture of 640 × 480. Repeat with
 *
 * <pre>{@code java -jar benchmarks/target/benchmarks.jar StageBenchmark -f 1 -wi 3 -i 5 -prof gc}
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class StageBenchmark {

  /** Right eye, left eye, nose, mouth corners in 112 × 112 (the bundled embedder's template). */
  private static final float[] TEMPLATE = {
    38.2946f, 51.6963f, 73.5318f, 51.5014f, 56.0252f, 71.7366f, 41.5493f, 92.3655f, 70.7299f,
    92.2041f
  };

  private static final int SIDE = 112;

  private final PictureSampler sampler =
      new PictureSampler(
          TensorFormat.of(TensorFormat.Colour.BGR, TensorFormat.Layout.PLANAR, 127.5f, 1 / 128f),
          SIDE,
          SIDE);

  private final FloatBuffer tensor =
      ByteBuffer.allocateDirect(4 * 3 * SIDE * SIDE).order(ByteOrder.nativeOrder()).asFloatBuffer();

  /** JMH makes the state. */
  public StageBenchmark() {}

  /**
   * Decodes the JPEG behind the guard, by ImageIO.
   *
   * @param scene the picture
   * @return the pixels
   */
  @Benchmark
  public PictureDecoder.Decoded decode(Scene scene) {
    return scene.decoder.decode(scene.jpeg);
  }

  /**
   * Finds the face (fr_detect), with making its input.
   *
   * @param scene the picture
   * @return the faces
   */
  @Benchmark
  public List<DetectedFace> detect(Scene scene) {
    return scene.models.detector().detect(scene.picture);
  }

  /**
   * Finds the points (fr_landmark), with making its input.
   *
   * @param scene the picture
   * @return the points
   */
  @Benchmark
  public Landmarks landmarks(Scene scene) {
    return scene.models.landmarker().locate(scene.picture, scene.face);
  }

  /**
   * Estimates the pose (fr_pose), with making its input.
   *
   * @param scene the picture
   * @return the angles
   */
  @Benchmark
  public HeadPose pose(Scene scene) {
    return scene.models.headPose().estimate(scene.picture, scene.face);
  }

  /**
   * Fits the similarity transform and warps the face to 112 × 112.
   *
   * @param scene the picture
   * @return the embedder's input
   */
  @Benchmark
  public FloatBuffer align(Scene scene) {
    Landmarks five = scene.landmarks.five();
    float[] points = new float[10];
    for (int i = 0; i < 5; i++) {
      points[2 * i] = five.x(i);
      points[2 * i + 1] = five.y(i);
    }
    sampler.warp(scene.picture, SimilarityTransform.fit(points, TEMPLATE), Border.BLACK, tensor);
    return tensor;
  }

  /**
   * Makes the template (fr_feature), with alignment.
   *
   * @param scene the picture
   * @return the template
   */
  @Benchmark
  public Embedding embed(Scene scene) {
    return scene.models.embedder().embed(scene.picture, scene.landmarks);
  }
}
