package io.github.facelock.core.opencv;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.face.DetectedFace;
import io.github.facelock.api.face.Picture;
import io.github.facelock.spi.face.FaceDetector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A cascade of Haar or LBP features: needs no network weights and little memory, finds upright
 * frontal faces only, gives no landmarks, and raises more false alarms than YuNet. Thread-safe.
 *
 * <p>A cascade knows no probability. The confidence reported is {@code n / (n + 3)} for {@code n}
 * overlapping hits, from 0.5; it orders faces of one picture and means nothing else.
 *
 * <p>Source: P. Viola, M. Jones, "Rapid Object Detection using a Boosted Cascade of Simple
 * Features", CVPR 2001.
 */
public final class OpenCvCascadeDetector implements FaceDetector, AutoCloseable {

  // Whatever names a class of JavaCV lies in another class, so that this one links without it.
  private final Cascade cascade;

  /**
   * Opens a cascade.
   *
   * @param file path of OpenCV's XML file
   * @throws FaceLockException.NativeLibrary if OpenCV is missing or does not load
   * @throws FaceLockException.Model if the file is missing or is no cascade
   */
  public OpenCvCascadeDetector(Path file) {
    OpenCv.require();
    if (!Files.isReadable(file)) {
      throw new FaceLockException.Model(
          "The cascade cannot be read from " + file + "; check path and rights");
    }
    this.cascade = new Cascade(file);
  }

  /**
   * Opens the cascade for frontal faces that OpenCV's own jar brings ({@code
   * haarcascade_frontalface_alt2.xml}).
   *
   * @return the detector
   * @throws FaceLockException.NativeLibrary if OpenCV is missing or does not load
   */
  public static OpenCvCascadeDetector frontalFaces() {
    OpenCv.require();
    return new OpenCvCascadeDetector(NativeLibraries.bundledCascade());
  }

  @Override
  public List<DetectedFace> detect(Picture picture) {
    return cascade.detect(picture);
  }

  /** Releases the native memory; waits for running detections. Later calls do nothing. */
  @Override
  public void close() {
    cascade.close();
  }
}
