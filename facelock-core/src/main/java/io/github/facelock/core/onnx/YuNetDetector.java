package io.github.facelock.core.onnx;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.face.DetectedFace;
import io.github.facelock.api.face.DetectionConfidence;
import io.github.facelock.api.face.FaceBox;
import io.github.facelock.api.face.Landmarks;
import io.github.facelock.api.face.Picture;
import io.github.facelock.core.image.Border;
import io.github.facelock.core.image.TensorFormat;
import io.github.facelock.spi.face.FaceDetector;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Detects faces and their five points with YuNet (W. Wu, H. Peng, S. Yu, "YuNet: A Tiny
 * Millisecond-level Face Detector", 2023; OpenCV model zoo, the exports with a free input size).
 * Finds smaller and darker faces than the bundled detector. Thread-safe.
 */
public final class YuNetDetector implements FaceDetector, AutoCloseable {

  private static final int[] STRIDES = {8, 16, 32};
  private static final int COARSEST = 32;
  private static final int POINTS = 5;
  private static final float MINIMUM = 0.85f;
  private static final float OVERLAP = 0.3f;
  private static final int LONGEST_SIDE = 640;

  /** Exponents beyond this would be boxes larger than any picture. */
  private static final float MAX_EXPONENT = 10;

  private static final TensorFormat FORMAT =
      TensorFormat.of(TensorFormat.Colour.BGR, TensorFormat.Layout.PLANAR, 0, 1);

  private final Network network;

  private YuNetDetector(Network network) {
    this.network = network;
    ModelSignature expected = new ModelSignature().input("input", 1, 3, -1, -1);
    for (int stride : STRIDES) {
      expected
          .output("cls_" + stride, 1, -1, 1)
          .output("obj_" + stride, 1, -1, 1)
          .output("bbox_" + stride, 1, -1, 4)
          .output("kps_" + stride, 1, -1, 2 * POINTS);
    }
    network.require(expected);
    for (long side : network.signature().inputs().getOrDefault("input", new long[0])) {
      // The older exports have one fixed size, which would squeeze pictures of another shape.
      if (side > 3) {
        network.close();
        throw new FaceLockException.Model(
            network.name()
                + " has a fixed input size: take an export of YuNet with a free one, from 2026 on.");
      }
    }
  }

  /**
   * Opens the weights, with the usual options.
   *
   * @param weights an ONNX file of YuNet
   * @param sha256 its digest, 64 hexadecimal digits; checked before the file is parsed
   * @return the detector; close it
   * @throws FaceLockException.Model if the file is missing, altered, no ONNX file or of another
   *     kind
   * @throws FaceLockException.NativeLibrary if ONNX Runtime cannot be loaded
   */
  public static YuNetDetector open(Path weights, String sha256) {
    return open(weights, sha256, OnnxOptions.defaults());
  }

  /**
   * Opens the weights.
   *
   * @param weights an ONNX file of YuNet
   * @param sha256 its digest, 64 hexadecimal digits; checked before the file is parsed
   * @param options how it is run
   * @return the detector; close it
   * @throws FaceLockException.Model if the file is missing, altered, no ONNX file or of another
   *     kind
   * @throws FaceLockException.NativeLibrary if ONNX Runtime cannot be loaded
   */
  public static YuNetDetector open(Path weights, String sha256, OnnxOptions options) {
    return new YuNetDetector(Network.load(Weights.ofFile(weights, sha256), options));
  }

  /**
   * {@inheritDoc}
   *
   * <p>Pictures with a side beyond 640 pixels are shrunk to that; smaller ones are taken as they
   * are.
   *
   * @throws FaceLockException.Model if the network fails
   * @throws IllegalStateException if this detector was closed
   */
  @Override
  public List<DetectedFace> detect(Picture picture) {
    float shrink = Math.max(1, Math.max(picture.width(), picture.height()) / (float) LONGEST_SIDE);
    int width = padded(picture.width() / shrink);
    int height = padded(picture.height() / shrink);
    Buffers buffers = network.acquire(FORMAT, width, height, YuNetDetector::outputShapes);
    try {
      // Beyond the picture's right and lower edge the border fills up with black.
      FaceBox region = new FaceBox(0, 0, width * shrink, height * shrink);
      buffers.sampler().crop(picture, region, Border.BLACK, buffers.input());
      network.run(buffers);
      List<DetectedFace> faces = new ArrayList<>();
      for (int level = 0; level < STRIDES.length; level++) {
        decode(buffers, level, width, height, shrink, faces);
      }
      return Candidates.suppress(faces, OVERLAP);
    } finally {
      network.release(buffers);
    }
  }

  private static int padded(float side) {
    return Math.max(1, (int) Math.ceil(side / COARSEST)) * COARSEST;
  }

  private static Map<String, long[]> outputShapes(int width, int height) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    for (int stride : STRIDES) {
      long cells = (long) (width / stride) * (height / stride);
      shapes.put("cls_" + stride, new long[] {1, cells, 1});
      shapes.put("obj_" + stride, new long[] {1, cells, 1});
      shapes.put("bbox_" + stride, new long[] {1, cells, 4});
      shapes.put("kps_" + stride, new long[] {1, cells, 2 * POINTS});
    }
    return shapes;
  }

  private static void decode(
      Buffers buffers, int level, int width, int height, float shrink, List<DetectedFace> into) {
    int stride = STRIDES[level];
    FloatBuffer face = buffers.output(4 * level);
    FloatBuffer object = buffers.output(4 * level + 1);
    FloatBuffer box = buffers.output(4 * level + 2);
    FloatBuffer points = buffers.output(4 * level + 3);
    int columns = width / stride;
    int cells = columns * (height / stride);
    for (int i = 0; i < cells; i++) {
      float product = clamp(face.get(i)) * clamp(object.get(i));
      if (product < MINIMUM * MINIMUM) {
        continue;
      }
      int column = i % columns;
      int row = i / columns;
      float unit = stride * shrink;
      float w = (float) Math.exp(Math.min(MAX_EXPONENT, box.get(4 * i + 2))) * unit;
      float h = (float) Math.exp(Math.min(MAX_EXPONENT, box.get(4 * i + 3))) * unit;
      float x = (column + box.get(4 * i)) * unit - w / 2;
      float y = (row + box.get(4 * i + 1)) * unit - h / 2;
      float[] xy = new float[2 * POINTS];
      for (int p = 0; p < POINTS; p++) {
        xy[2 * p] = (column + points.get(2 * POINTS * i + 2 * p)) * unit;
        xy[2 * p + 1] = (row + points.get(2 * POINTS * i + 2 * p + 1)) * unit;
      }
      into.add(
          new DetectedFace(
              new FaceBox(x, y, w, h),
              new DetectionConfidence((float) Math.sqrt(product)),
              Optional.of(Landmarks.of(xy))));
    }
  }

  private static float clamp(float value) {
    return Math.max(0, Math.min(1, value));
  }

  /** Frees the network; idempotent. Running calls end in peace, later ones are refused. */
  @Override
  public void close() {
    network.close();
  }
}
