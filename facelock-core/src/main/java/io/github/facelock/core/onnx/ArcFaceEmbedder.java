package io.github.facelock.core.onnx;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.face.Embedding;
import io.github.facelock.api.face.Landmarks;
import io.github.facelock.api.face.ModelInfo;
import io.github.facelock.api.face.Picture;
import io.github.facelock.api.face.ScoreCalibration;
import io.github.facelock.core.image.Border;
import io.github.facelock.core.image.SimilarityTransform;
import io.github.facelock.core.image.TensorFormat;
import io.github.facelock.spi.face.FaceEmbedder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;

/**
 * Embeds faces with a network of the ArcFace kind: one aligned colour picture of 112 × 112 in, one
 * vector out. ArcFace, CosFace, MobileFaceNet, SFace and the bundled network are of this kind.
 * Thread-safe.
 */
public final class ArcFaceEmbedder implements FaceEmbedder, AutoCloseable {

  private static final int SIDE = 112;

  private final Network network;
  private final Network.OutputShapes outputs;
  private final ModelInfo info;
  private final ScoreCalibration calibration;
  private final TensorFormat format;
  private final float[] template;
  private final int dimension;

  private ArcFaceEmbedder(Network network, ModelInfo info, EmbedderRecipe recipe) {
    this.network = network;
    this.info = info;
    this.calibration = recipe.calibration();
    this.format = recipe.format();
    this.template = recipe.template();
    ModelSignature found = network.signature();
    Iterator<String> output = found.outputs().keySet().iterator();
    String outputName = output.hasNext() ? output.next() : "output";
    network.require(
        new ModelSignature()
            .input(found.inputs().keySet().stream().findFirst().orElse("input"), 1, 3, SIDE, SIDE)
            .output(outputName, 1, -1));
    this.dimension = (int) found.outputs().getOrDefault(outputName, new long[2])[1];
    if (dimension < 1) {
      network.close();
      throw new FaceLockException.Model(
          network.name()
              + " does not say how long its vectors are: export it with a fixed output shape.");
    }
    Map<String, long[]> shapes = Map.of(outputName, new long[] {1, dimension});
    this.outputs = (w, h) -> shapes;
  }

  /**
   * Opens weights of the caller's own, with the usual options.
   *
   * @param weights an ONNX file
   * @param sha256 its digest, 64 hexadecimal digits; checked before the file is parsed
   * @param recipe what the network expects
   * @return the embedder; close it
   * @throws FaceLockException.Model if the file is missing, altered, no ONNX file or of another
   *     kind
   * @throws FaceLockException.NativeLibrary if ONNX Runtime cannot be loaded
   */
  public static ArcFaceEmbedder open(Path weights, String sha256, EmbedderRecipe recipe) {
    return open(weights, sha256, recipe, OnnxOptions.defaults());
  }

  /**
   * Opens weights of the caller's own.
   *
   * @param weights an ONNX file
   * @param sha256 its digest, 64 hexadecimal digits; checked before the file is parsed
   * @param recipe what the network expects
   * @param options how it is run
   * @return the embedder; close it
   * @throws FaceLockException.Model if the file is missing, altered, no ONNX file or of another
   *     kind
   * @throws FaceLockException.NativeLibrary if ONNX Runtime cannot be loaded
   */
  public static ArcFaceEmbedder open(
      Path weights, String sha256, EmbedderRecipe recipe, OnnxOptions options) {
    Weights verified = Weights.ofFile(weights, sha256);
    return new ArcFaceEmbedder(
        Network.load(verified, options),
        recipe.info(sha256.strip().toLowerCase(Locale.ROOT)),
        recipe);
  }

  static ArcFaceEmbedder bundled(ModelDescriptor descriptor, OnnxOptions options) {
    return new ArcFaceEmbedder(
        descriptor.load(options), descriptor.info(), EmbedderRecipe.of(descriptor));
  }

  @Override
  public ModelInfo model() {
    return info;
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public ScoreCalibration calibration() {
    return calibration;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if all points coincide
   * @throws FaceLockException.Model if the network fails
   * @throws IllegalStateException if this embedder was closed
   */
  @Override
  public Embedding embed(Picture picture, Landmarks landmarks) {
    SimilarityTransform toTemplate = SimilarityTransform.fit(points(landmarks), template);
    float[] values = new float[dimension];
    Buffers buffers = network.acquire(format, SIDE, SIDE, outputs);
    try {
      buffers.sampler().warp(picture, toTemplate, Border.BLACK, buffers.input());
      network.run(buffers);
      FloatBuffer output = buffers.output(0);
      output.get(0, values, 0, dimension);
    } finally {
      network.release(buffers);
    }
    try {
      return Embedding.normalised(info.id(), values);
    } catch (IllegalArgumentException e) {
      throw new FaceLockException.Model(
          "The model "
              + network.name()
              + " gave no usable vector: its weights do not fit the recipe; check colour order and"
              + " normalisation.",
          e);
    }
  }

  private static float[] points(Landmarks landmarks) {
    Landmarks five = landmarks.five();
    float[] xy = new float[2 * five.count()];
    for (int i = 0; i < five.count(); i++) {
      xy[2 * i] = five.x(i);
      xy[2 * i + 1] = five.y(i);
    }
    return xy;
  }

  /** Frees the network; idempotent. Running calls end in peace, later ones are refused. */
  @Override
  public void close() {
    network.close();
  }
}
