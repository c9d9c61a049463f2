package io.github.facelock.core.opencv;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.face.DetectedFace;
import io.github.facelock.api.face.DetectionConfidence;
import io.github.facelock.api.face.FaceBox;
import io.github.facelock.api.face.Landmarks;
import io.github.facelock.api.face.Picture;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_dnn;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.opencv.opencv_objdetect.FaceDetectorYN;

/** The native side of {@link OpenCvYuNetDetector}. */
final class YuNet implements AutoCloseable {

  private static final float NMS_OVERLAP = 0.3f;
  private static final int MOST_CANDIDATES = 5_000;

  /**
   * Smaller pictures get a black border to the right and below: with a side of up to 32 pixels
   * OpenCV 4.13 reads memory that it never wrote, and finds faces in it.
   */
  private static final int LEAST_SIDE = 64;

  private static final int COLUMNS = 15;
  private static final int CONFIDENCE_COLUMN = 14;

  private final float confidence;
  private final int longestSide;
  private final DetectorPool<FaceDetectorYN> pool;

  YuNet(Path model, String sha256, float confidence, int longestSide, int concurrency) {
    this.confidence = confidence;
    this.longestSide = longestSide;
    byte[] weights = verifiedWeights(model, sha256);
    this.pool = new DetectorPool<>(concurrency, () -> open(model, weights));
    try {
      // A trial now tells of a wrong file at set-up, not at the first login.
      detect(Picture.builder(64, 64).build());
    } catch (FaceLockException e) {
      pool.close();
      throw e;
    }
  }

  List<DetectedFace> detect(Picture picture) {
    return pool.with(detector -> detect(detector, picture));
  }

  @Override
  public void close() {
    pool.close();
  }

  private List<DetectedFace> detect(FaceDetectorYN detector, Picture picture) {
    float scale = Math.min(1, (float) longestSide / Math.max(picture.width(), picture.height()));
    int width = Math.max(1, Math.round(picture.width() * scale));
    int height = Math.max(1, Math.round(picture.height() * scale));
    int paddedWidth = Math.max(LEAST_SIDE, width);
    int paddedHeight = Math.max(LEAST_SIDE, height);
    try (Mat rgb = Mats.ofPicture(picture);
        Mat reduced = new Mat();
        Mat bgr = new Mat();
        Mat padded = new Mat();
        Mat faces = new Mat();
        Scalar black = new Scalar();
        Size reducedSize = new Size(width, height);
        Size paddedSize = new Size(paddedWidth, paddedHeight)) {
      if (scale < 1) {
        opencv_imgproc.resize(rgb, reduced, reducedSize, 0, 0, opencv_imgproc.INTER_AREA);
      }
      opencv_imgproc.cvtColor(scale < 1 ? reduced : rgb, bgr, opencv_imgproc.COLOR_RGB2BGR);
      boolean small = width < LEAST_SIDE || height < LEAST_SIDE;
      if (small) {
        opencv_core.copyMakeBorder(
            bgr,
            padded,
            0,
            paddedHeight - height,
            0,
            paddedWidth - width,
            opencv_core.BORDER_CONSTANT,
            black);
      }
      detector.setInputSize(paddedSize);
      detector.detect(small ? padded : bgr, faces);
      return read(
          faces, picture, (float) picture.width() / width, (float) picture.height() / height);
    } catch (RuntimeException e) {
      throw new FaceLockException.Model(
          "OpenCV cannot run the face detector; the file may be no YuNet model of OpenCV's Zoo", e);
    }
  }

  /**
   * Reads FaceDetectorYN's rows: box (x, y, width, height), right eye, left eye, nose tip, right
   * and left mouth corner of the person, confidence.
   */
  private static List<DetectedFace> read(Mat faces, Picture picture, float scaleX, float scaleY) {
    List<DetectedFace> found = new ArrayList<>();
    if (faces.empty()) {
      return found;
    }
    FloatBuffer rows = faces.createBuffer();
    float[] row = new float[COLUMNS];
    for (int i = 0; i < faces.rows(); i++) {
      rows.get(row);
      float score = row[CONFIDENCE_COLUMN];
      for (int column = 0; column < CONFIDENCE_COLUMN; column++) {
        row[column] *= column % 2 == 0 ? scaleX : scaleY;
      }
      if (isFinite(row) && row[2] > 0 && row[3] > 0 && isCentredIn(picture, row)) {
        float[] points = new float[10];
        System.arraycopy(row, 4, points, 0, points.length);
        found.add(
            new DetectedFace(
                new FaceBox(row[0], row[1], row[2], row[3]),
                new DetectionConfidence(Math.max(0, Math.min(1, score))),
                Optional.of(Landmarks.of(points))));
      }
    }
    return found;
  }

  /**
   * A face may reach over the edge; one whose middle lies beyond it is in the border or nowhere.
   */
  private static boolean isCentredIn(Picture picture, float[] row) {
    float x = row[0] + row[2] / 2;
    float y = row[1] + row[3] / 2;
    return x >= 0 && y >= 0 && x < picture.width() && y < picture.height();
  }

  private static boolean isFinite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  private FaceDetectorYN open(Path model, byte[] weights) {
    // The verified bytes are handed over, not the path: the file could change in between.
    try (BytePointer buffer = new BytePointer(weights);
        BytePointer noConfiguration = new BytePointer(0);
        Size anySize = new Size(320, 320)) {
      FaceDetectorYN detector =
          FaceDetectorYN.create(
              "onnx",
              buffer,
              noConfiguration,
              anySize,
              confidence,
              NMS_OVERLAP,
              MOST_CANDIDATES,
              opencv_dnn.DNN_BACKEND_OPENCV,
              opencv_dnn.DNN_TARGET_CPU);
      if (detector == null || detector.isNull()) {
        throw new FaceLockException.Model(notYuNet(model));
      }
      return detector;
    } catch (FaceLockException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new FaceLockException.Model(notYuNet(model), e);
    }
  }

  private static String notYuNet(Path model) {
    return "OpenCV cannot open "
        + model
        + " as a face detector; use face_detection_yunet_*.onnx of OpenCV's Zoo";
  }

  private static byte[] verifiedWeights(Path model, String sha256) {
    byte[] weights;
    try {
      weights = Files.readAllBytes(model);
    } catch (IOException e) {
      throw new FaceLockException.Model(
          "The face detector's weights cannot be read from " + model + "; check path and rights",
          e);
    }
    String digest;
    try {
      digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(weights));
    } catch (NoSuchAlgorithmException e) {
      throw new FaceLockException("This Java has no SHA-256, which every Java must have", e);
    }
    if (!digest.equals(sha256.toLowerCase(Locale.ROOT))) {
      throw new FaceLockException.Model(
          "%s has the SHA-256 digest %s, not %s: fetch the file again, or correct the digest if you changed it on purpose"
              .formatted(model, digest, sha256));
    }
    return weights;
  }
}
