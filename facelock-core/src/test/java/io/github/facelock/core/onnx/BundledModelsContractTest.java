package io.github.facelock.core.onnx;

import io.github.facelock.api.face.DetectedFace;
import io.github.facelock.api.face.DetectionConfidence;
import io.github.facelock.api.face.FaceBox;
import io.github.facelock.api.face.Picture;
import io.github.facelock.spi.face.FaceDetector;
import io.github.facelock.spi.face.FaceEmbedder;
import io.github.facelock.spi.face.FaceLandmarker;
import io.github.facelock.test.contract.FaceDetectorContract;
import io.github.facelock.test.contract.FaceEmbedderContract;
import io.github.facelock.test.contract.FaceEmbedderContract.Face;
import io.github.facelock.test.contract.FaceLandmarkerContract;
import io.github.facelock.test.contract.Photograph;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** The bundled models on the demo photographs; demo-photographs.md has the boxes. */
class BundledModelsContractTest {

  private static final FaceBox RIGHT_OF_ONE = new FaceBox(1464, 216, 213, 213);
  private static final FaceBox LEFT_OF_THREE = new FaceBox(587, 328, 203, 280);
  private static final FaceBox MIDDLE_OF_THREE = new FaceBox(1079, 192, 222, 310);
  private static final FaceBox RIGHT_OF_THREE = new FaceBox(1505, 301, 180, 261);

  private static OnnxModels models;
  private static Picture one;
  private static Picture three;

  @BeforeAll
  static void load() throws Exception {
    models = OnnxModels.bundled();
    one = Photographs.sample(1);
    three = Photographs.sample(3);
  }

  @AfterAll
  static void close() {
    models.close();
  }

  private static List<Photograph> sampleThree() {
    return List.of(
        new Photograph("sample3", three, List.of(LEFT_OF_THREE, MIDDLE_OF_THREE, RIGHT_OF_THREE)));
  }

  @Nested
  class Detector extends FaceDetectorContract {
    @Override
    protected FaceDetector newDetector() {
      return models.detector();
    }

    @Override
    protected List<Photograph> photographs() {
      return sampleThree();
    }
  }

  @Nested
  class Landmarker extends FaceLandmarkerContract {
    @Override
    protected FaceLandmarker newLandmarker() {
      return models.landmarker();
    }

    @Override
    protected List<Photograph> photographs() {
      return sampleThree();
    }
  }

  @Nested
  class SteadyLandmarker extends FaceLandmarkerContract {
    @Override
    protected FaceLandmarker newLandmarker() {
      return models.steadyLandmarker();
    }

    @Override
    protected List<Photograph> photographs() {
      return sampleThree();
    }
  }

  @Nested
  class Embedder extends FaceEmbedderContract {
    @Override
    protected FaceEmbedder newEmbedder() {
      return models.embedder();
    }

    @Override
    protected Faces faces() {
      return new Faces(
          face(one, RIGHT_OF_ONE), face(three, MIDDLE_OF_THREE), face(three, LEFT_OF_THREE));
    }

    private static Face face(Picture picture, FaceBox box) {
      DetectedFace face = new DetectedFace(box, new DetectionConfidence(1), Optional.empty());
      return new Face(picture, models.landmarker().locate(picture, face));
    }
  }
}
