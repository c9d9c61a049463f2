package io.github.facelock.test.contract;

import static io.github.facelock.test.contract.Refusals.nullOf;
import static io.github.facelock.test.contract.Refusals.refusesNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.face.DetectedFace;
import io.github.facelock.api.face.DetectionConfidence;
import io.github.facelock.api.face.FaceBox;
import io.github.facelock.api.face.Landmarks;
import io.github.facelock.api.face.Picture;
import io.github.facelock.spi.face.FaceLandmarker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link FaceLandmarker} promises, seen on photographs of upright faces.
 *
 * <pre>{@code
 * class MyLandmarkerTest extends FaceLandmarkerContract {
 *   @Override
 *   protected FaceLandmarker newLandmarker() {
 *     return new MyLandmarker(weights);
 *   }
 *
 *   @Override
 *   protected List<Photograph> photographs() {
 *     return List.of(new Photograph("alice", decode("alice.jpg"), List.of(aliceBox)));
 *   }
 * }
 * }</pre>
 */
public abstract class FaceLandmarkerContract {

  private FaceLandmarker landmarker = nullOf(FaceLandmarker.class);

  /** For subclasses. */
  protected FaceLandmarkerContract() {}

  /**
   * Makes the landmarker under test.
   *
   * @return a landmarker
   */
  protected abstract FaceLandmarker newLandmarker();

  /**
   * Gives photographs of upright faces that look at the camera, with boxes as the landmarker's
   * detector draws them.
   *
   * @return at least one with a face
   */
  protected abstract List<Photograph> photographs();

  @BeforeEach
  void openLandmarker() {
    landmarker = newLandmarker();
  }

  private record Face(Photograph photograph, FaceBox box) {
    Picture picture() {
      return photograph.picture();
    }

    DetectedFace detected() {
      return FaceLandmarkerContract.detected(box);
    }
  }

  private static DetectedFace detected(FaceBox box) {
    return new DetectedFace(box, new DetectionConfidence(1), Optional.empty());
  }

  private List<Face> faces() {
    List<Face> faces = new ArrayList<>();
    for (Photograph photograph : photographs()) {
      photograph.faces().forEach(box -> faces.add(new Face(photograph, box)));
    }
    assertThat(faces).as("faces to look at").isNotEmpty();
    return faces;
  }

  @Test
  void thereAreFiveOrSixtyEightPoints() {
    for (Face face : faces()) {
      assertThat(landmarker.locate(face.picture(), face.detected()).count()).isIn(5, 68);
    }
  }

  @Test
  void thePointsLieAroundTheBox() {
    for (Face face : faces()) {
      Landmarks points = landmarker.locate(face.picture(), face.detected());
      FaceBox box = face.box();
      for (int i = 0; i < points.count(); i++) {
        assertThat(points.x(i))
            .as("x of point %d in %s", i, face.photograph())
            .isBetween(box.x() - box.width() / 2, box.x() + box.width() * 1.5f);
        assertThat(points.y(i))
            .as("y of point %d in %s", i, face.photograph())
            .isBetween(box.y() - box.height() / 2, box.y() + box.height() * 1.5f);
      }
    }
  }

  @Test
  void eyesNoseAndMouthLieAsInAFace() {
    for (Face face : faces()) {
      Landmarks five = landmarker.locate(face.picture(), face.detected()).five();
      assertThat(five.x(0)).as("right eye left of the left eye").isLessThan(five.x(1));
      assertThat(five.x(3)).as("right mouth corner left of the left one").isLessThan(five.x(4));
      assertThat(Math.max(five.y(0), five.y(1))).as("eyes above nose").isLessThan(five.y(2));
      assertThat(five.y(2)).as("nose above mouth").isLessThan(Math.min(five.y(3), five.y(4)));
    }
  }

  @Test
  void aBoxBeyondThePicturesEdgeIsTaken() {
    Picture picture = faces().get(0).picture();
    float width = picture.width();
    float height = picture.height();
    for (FaceBox box :
        List.of(
            new FaceBox(-width / 2, -height / 2, width, height),
            new FaceBox(width * 0.9f, height * 0.9f, width, height),
            new FaceBox(-width, -height, 3 * width, 3 * height),
            new FaceBox(width / 2, height / 2, 1, 1))) {
      assertThat(landmarker.locate(picture, detected(box)).count()).as("%s", box).isPositive();
    }
  }

  @Test
  void parallelCallsFindTheSame() {
    Face face = faces().get(0);
    List<Float> alone = coordinates(face);

    List<List<Float>> together = Parallel.call(Parallel.CALLS, i -> coordinates(face));

    assertThat(together).allSatisfy(points -> assertThat(points).isEqualTo(alone));
  }

  private List<Float> coordinates(Face face) {
    Landmarks points = landmarker.locate(face.picture(), face.detected());
    List<Float> coordinates = new ArrayList<>();
    for (int i = 0; i < points.count(); i++) {
      coordinates.add(points.x(i));
      coordinates.add(points.y(i));
    }
    return coordinates;
  }

  @Test
  void nullIsRefused() {
    Face face = faces().get(0);
    refusesNull(() -> landmarker.locate(nullOf(Picture.class), face.detected()));
    refusesNull(() -> landmarker.locate(face.picture(), nullOf(DetectedFace.class)));
  }
}
