package io.github.facelock.core.opencv;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.face.DetectedFace;
import io.github.facelock.api.face.Picture;
import io.github.facelock.spi.face.FaceDetector;
import java.nio.file.Path;
import java.util.List;

/**
 * YuNet run by OpenCV's own inference, with weights that the application brings (OpenCV Zoo, {@code
 * face_detection_yunet_*.onnx}). Finds boxes, five landmarks and a confidence. Thread-safe.
 *
 * <p>Source: W. Wu, H. Peng, S. Yu, "YuNet: A Tiny Millisecond-level Face Detector", Machine
 * Intelligence Research 20, 2023.
 */
public final class OpenCvYuNetDetector implements FaceDetector, AutoCloseable {

  /** The default threshold: a tenth of the false alarms of lower ones, hardly a face less. */
  public static final float DEFAULT_CONFIDENCE = 0.85f;

  /** The default longest side, in pixels, that a picture is reduced to. */
  public static final int DEFAULT_LONGEST_SIDE = 640;

  // Whatever names a class of JavaCV lies in another class, so that this one links without it.
  private final YuNet yuNet;

  /**
   * Opens the weights with the default threshold and size, and as many detectors as there are
   * processors, at most four.
   *
   * @param model path of the ONNX file
   * @param sha256 its digest, 64 hexadecimal digits
   * @throws FaceLockException.NativeLibrary if OpenCV is missing or does not load
   * @throws FaceLockException.Model if the file is missing, altered, or not a YuNet
   */
  public OpenCvYuNetDetector(Path model, String sha256) {
    this(
        model,
        sha256,
        DEFAULT_CONFIDENCE,
        DEFAULT_LONGEST_SIDE,
        Math.min(4, Runtime.getRuntime().availableProcessors()));
  }

  /**
   * Opens the weights.
   *
   * @param model path of the ONNX file
   * @param sha256 its digest, 64 hexadecimal digits
   * @param confidence faces below it are not reported, 0 to 1
   * @param longestSide larger pictures are reduced to it, 64 to 4096 pixels; the smallest face
   *     found is about 3.5 % of it
   * @param concurrency how many threads detect at the same time, 1 to 64; others wait
   * @throws IllegalArgumentException if a number is out of range
   * @throws FaceLockException.NativeLibrary if OpenCV is missing or does not load
   * @throws FaceLockException.Model if the file is missing, altered, or not a YuNet
   */
  public OpenCvYuNetDetector(
      Path model, String sha256, float confidence, int longestSide, int concurrency) {
    if (!(confidence >= 0 && confidence <= 1)) {
      throw new IllegalArgumentException("A detection confidence lies between 0 and 1");
    }
    if (longestSide < 64 || longestSide > 4096) {
      throw new IllegalArgumentException("The longest side is 64 to 4096 pixels");
    }
    OpenCv.require();
    this.yuNet = new YuNet(model, sha256, confidence, longestSide, concurrency);
  }

  @Override
  public List<DetectedFace> detect(Picture picture) {
    return yuNet.detect(picture);
  }

  /** Releases the native memory; waits for running detections. Later calls do nothing. */
  @Override
  public void close() {
    yuNet.close();
  }
}
