package io.github.facelock.core.opencv;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.face.DetectedFace;
import io.github.facelock.api.face.DetectionConfidence;
import io.github.facelock.api.face.FaceBox;
import io.github.facelock.api.face.Picture;
import io.github.facelock.spi.face.FaceDetector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.RectVector;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.opencv.opencv_objdetect.CascadeClassifier;

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

  private static final double SCALE_STEP = 1.1;
  private static final int LEAST_HITS = 3;
  private static final int LONGEST_SIDE = 640;

  /** The smallest face, as a share of the picture's shorter side. */
  private static final float SMALLEST_FACE = 0.08f;

  private final DetectorPool<CascadeClassifier> pool;

  /**
   * Opens a cascade.
   *
   * @param cascade path of OpenCV's XML file
   * @throws FaceLockException.NativeLibrary if OpenCV is missing or does not load
   * @throws FaceLockException.Model if the file is missing or is no cascade
   */
  public OpenCvCascadeDetector(Path cascade) {
    OpenCv.require();
    if (!Files.isReadable(cascade)) {
      throw new FaceLockException.Model(
          "The cascade cannot be read from " + cascade + "; check path and rights");
    }
    this.pool =
        new DetectorPool<>(
            Math.min(4, Runtime.getRuntime().availableProcessors()), () -> open(cascade));
    try {
      detect(Picture.builder(64, 64).build());
    } catch (FaceLockException e) {
      pool.close();
      throw e;
    }
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
    return pool.with(classifier -> detect(classifier, picture));
  }

  /** Releases the native memory; waits for running detections. Later calls do nothing. */
  @Override
  public void close() {
    pool.close();
  }

  private static List<DetectedFace> detect(CascadeClassifier classifier, Picture picture) {
    float scale = Math.min(1, (float) LONGEST_SIDE / Math.max(picture.width(), picture.height()));
    int width = Math.max(1, Math.round(picture.width() * scale));
    int height = Math.max(1, Math.round(picture.height() * scale));
    int smallest = Math.max(20, Math.round(Math.min(width, height) * SMALLEST_FACE));
    try (Mat rgb = Mats.ofPicture(picture);
        Mat grey = new Mat();
        Mat reduced = new Mat();
        RectVector boxes = new RectVector();
        IntPointer hits = new IntPointer(1);
        Size size = new Size(width, height);
        Size least = new Size(smallest, smallest);
        Size most = new Size()) {
      opencv_imgproc.cvtColor(rgb, grey, opencv_imgproc.COLOR_RGB2GRAY);
      opencv_imgproc.resize(grey, reduced, size, 0, 0, opencv_imgproc.INTER_AREA);
      opencv_imgproc.equalizeHist(reduced, reduced);
      classifier.detectMultiScale2(reduced, boxes, hits, SCALE_STEP, LEAST_HITS, 0, least, most);
      float scaleX = (float) picture.width() / width;
      float scaleY = (float) picture.height() / height;
      List<DetectedFace> found = new ArrayList<>();
      for (long i = 0; i < boxes.size(); i++) {
        Rect box = boxes.get(i);
        int count = hits.get(i);
        found.add(
            new DetectedFace(
                new FaceBox(
                    box.x() * scaleX,
                    box.y() * scaleY,
                    box.width() * scaleX,
                    box.height() * scaleY),
                new DetectionConfidence((float) count / (count + LEAST_HITS)),
                Optional.empty()));
      }
      return found;
    } catch (RuntimeException e) {
      throw new FaceLockException.Model("OpenCV cannot run the cascade; use another XML file", e);
    }
  }

  private static CascadeClassifier open(Path cascade) {
    CascadeClassifier classifier = new CascadeClassifier();
    boolean loaded;
    try {
      loaded = classifier.load(cascade.toString());
    } catch (RuntimeException e) {
      throw new FaceLockException.Model(noCascade(cascade), e);
    }
    if (!loaded) {
      throw new FaceLockException.Model(noCascade(cascade));
    }
    return classifier;
  }

  private static String noCascade(Path cascade) {
    return cascade + " holds no cascade of OpenCV; use one of its haarcascade_*.xml files";
  }
}
