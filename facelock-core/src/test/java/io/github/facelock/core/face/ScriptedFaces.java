package io.github.facelock.core.face;

import io.github.facelock.api.face.CapturedFrame;
import io.github.facelock.api.face.ComparisonScore;
import io.github.facelock.api.face.DetectedFace;
import io.github.facelock.api.face.DetectionConfidence;
import io.github.facelock.api.face.Embedding;
import io.github.facelock.api.face.FaceBox;
import io.github.facelock.api.face.FalseMatchRate;
import io.github.facelock.api.face.Landmarks;
import io.github.facelock.api.face.ModelId;
import io.github.facelock.api.face.ModelInfo;
import io.github.facelock.api.face.Picture;
import io.github.facelock.api.face.ScoreCalibration;
import io.github.facelock.core.image.DecodeLimits;
import io.github.facelock.core.image.SafePictureDecoder;
import io.github.facelock.spi.face.FaceDetector;
import io.github.facelock.spi.face.FaceEmbedder;
import io.github.facelock.spi.face.FaceLandmarker;
import io.github.facelock.spi.face.LivenessDetector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Own implementations of the face step's interfaces. Their pictures say in the first row who is
 * seen: red is the person (0 is nobody), green the number of faces, blue how unlike the person
 * looks to himself, in percent. Below is a texture that satisfies every rule of quality.
 */
public final class ScriptedFaces {

  static final int SIDE = 300;
  static final int DIMENSION = 16;

  private ScriptedFaces() {}

  /** A frame of a person. */
  public static CapturedFrame frame(int person) {
    return frame(person, 1, 0);
  }

  static CapturedFrame frame(int person, int faces, int unlike) {
    return frame(person, faces, unlike, 140);
  }

  static CapturedFrame frame(int person, int faces, int unlike, int brightness) {
    SplittableRandom random = new SplittableRandom(1);
    Picture.Builder builder = Picture.builder(SIDE, SIDE);
    byte[] rgb = builder.pixels();
    // Blots of four pixels, as noise of single ones disappears when the face is made smaller.
    int[] blots = new int[SIDE / 4 * (SIDE / 4)];
    for (int i = 0; i < blots.length; i++) {
      blots[i] = Math.max(0, Math.min(255, brightness - 40 + random.nextInt(80)));
    }
    for (int i = 0; i < SIDE * SIDE; i++) {
      byte grey = (byte) blots[i / SIDE / 4 * (SIDE / 4) + i % SIDE / 4];
      rgb[3 * i] = grey;
      rgb[3 * i + 1] = grey;
      rgb[3 * i + 2] = grey;
    }
    rgb[0] = (byte) person;
    rgb[1] = (byte) faces;
    rgb[2] = (byte) unlike;
    return CapturedFrame.decoded(Duration.ZERO, builder.build());
  }

  public static final FaceDetector DETECTOR =
      picture -> {
        List<DetectedFace> faces = new ArrayList<>();
        for (int i = 0; picture.pixels().get(0) != 0 && i < picture.pixels().get(1); i++) {
          float size = 160 - 10 * i;
          faces.add(
              new DetectedFace(
                  new FaceBox(60 + i, 60, size, size),
                  new DetectionConfidence(0.99f),
                  Optional.empty()));
        }
        return faces;
      };

  public static final FaceLandmarker LANDMARKER =
      (picture, face) -> Landmarks.of(110, 125, 170, 125, 140, 160, 118, 190, 162, 190);

  /** A person is an axis of the space. */
  public static final class Embedder implements FaceEmbedder {
    private final ModelId id;
    int calls;

    public Embedder(String model) {
      this.id = new ModelId(model);
    }

    @Override
    public ModelInfo model() {
      return new ModelInfo(id, "1", "Apache-2.0", "FaceLock", "", "");
    }

    @Override
    public int dimension() {
      return DIMENSION;
    }

    @Override
    public ScoreCalibration calibration() {
      return ScoreCalibration.of(
          List.of(
              new ScoreCalibration.Point(new ComparisonScore(0.3f), FalseMatchRate.oneIn(1000)),
              new ScoreCalibration.Point(new ComparisonScore(0.4f), FalseMatchRate.oneIn(10_000)),
              new ScoreCalibration.Point(
                  new ComparisonScore(0.5f), FalseMatchRate.oneIn(100_000))));
    }

    @Override
    public Embedding embed(Picture picture, Landmarks landmarks) {
      calls++;
      float[] values = new float[DIMENSION];
      float unlike = picture.pixels().get(2) / 100f;
      values[picture.pixels().get(0)] = 1 - unlike;
      values[0] = unlike;
      return Embedding.normalised(id, values);
    }
  }

  static FacePipeline pipeline(FaceEmbedder embedder, LivenessDetector... liveness) {
    return new FacePipeline(
        new SafePictureDecoder(DecodeLimits.defaults()),
        DETECTOR,
        LANDMARKER,
        Optional.empty(),
        embedder,
        List.of(liveness),
        QualityRules.forVerification());
  }
}
