package io.github.facelock.core.opencv;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.face.DetectedFace;
import io.github.facelock.api.face.DetectionConfidence;
import io.github.facelock.api.face.FaceBox;
import io.github.facelock.api.face.Picture;
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

/** The native side of {@link OpenCvCascadeDetector}. */
final class Cascade implements AutoCloseable {

  private static final double SCALE_STEP = 1.1;
  private static final int LEAST_HITS = 3;
  private static final int LONGEST_SIDE = 640;

  /** The smallest face, as a share of the picture's shorter side. */
  private static final float SMALLEST_FACE = 0.08f;

  private final DetectorPool<CascadeClassifier> pool;

  Cascade(Path file) {
    this.pool =
        new DetectorPool<>(
            Math.min(4, Runtime.getRuntime().availableProcessors()), () -> open(file));
    try {
      detect(Picture.builder(64, 64).build());
    } catch (FaceLockException e) {
      pool.close();
      throw e;
    }
  }

  List<DetectedFace> detect(Picture picture) {
    return pool.with(classifier -> detect(classifier, picture));
  }

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
