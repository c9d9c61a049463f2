package io.github.facelock.test.contract;

import static io.github.facelock.test.contract.Refusals.nullOf;
import static io.github.facelock.test.contract.Refusals.refusesNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.face.DetectedFace;
import io.github.facelock.api.face.FaceBox;
import io.github.facelock.api.face.Landmarks;
import io.github.facelock.api.face.Picture;
import io.github.facelock.spi.face.FaceDetector;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link FaceDetector} promises, seen on photographs of the implementer's.
 *
 * <pre>{@code
 * class MyDetectorTest extends FaceDetectorContract {
 *   @Override
 *   protected FaceDetector newDetector() {
 *     return new MyDetector(weights);
 *   }
 *
 *   @Override
 *   protected List<Photograph> photographs() {
 *     return List.of(
 *         new Photograph("alice", decode("alice.jpg"), List.of(new FaceBox(80, 60, 90, 110))));
 *   }
 * }
 * }</pre>
 */
public abstract class FaceDetectorContract {

  /** Detectors draw their boxes differently, some with the forehead, some square. */
  private static final float AGREEMENT = 0.3f;

  private static final float DUPLICATE = 0.6f;

  private FaceDetector detector = nullOf(FaceDetector.class);

  /** For subclasses. */
  protected FaceDetectorContract() {}

  /**
   * Makes the detector under test.
   *
   * @return a detector
   */
  protected abstract FaceDetector newDetector();

  /**
   * Gives the photographs.
   *
   * @return at least one with a face
   */
  protected abstract List<Photograph> photographs();

  @BeforeEach
  void openDetector() {
    detector = newDetector();
  }

  private Photograph aPhotographWithAFace() {
    return photographs().stream().filter(p -> !p.faces().isEmpty()).findFirst().orElseThrow();
  }

  @Test
  void everyFaceIsFoundAndNothingElse() {
    for (Photograph photograph : photographs()) {
      List<DetectedFace> found = detector.detect(photograph.picture());
      assertThat(found).as("faces in %s", photograph).hasSameSizeAs(photograph.faces());
      for (FaceBox face : photograph.faces()) {
        assertThat(found)
            .as("the face at %s in %s", face, photograph)
            .anySatisfy(f -> assertThat(f.box().overlap(face)).isGreaterThan(AGREEMENT));
      }
    }
  }

  @Test
  void noFaceIsFoundTwice() {
    for (Photograph photograph : photographs()) {
      List<DetectedFace> found = detector.detect(photograph.picture());
      for (int i = 0; i < found.size(); i++) {
        for (int j = i + 1; j < found.size(); j++) {
          assertThat(found.get(i).box().overlap(found.get(j).box()))
              .as("overlap of faces %d and %d in %s", i, j, photograph)
              .isLessThan(DUPLICATE);
        }
      }
    }
  }

  @Test
  void boxesAndPointsAreInThePicturesPixels() {
    for (Photograph photograph : photographs()) {
      Picture picture = photograph.picture();
      for (DetectedFace face : detector.detect(picture)) {
        assertThat(face.box().centreX()).isBetween(0f, (float) picture.width());
        assertThat(face.box().centreY()).isBetween(0f, (float) picture.height());
        face.landmarks().ifPresent(points -> assertNear(points, face.box()));
      }
    }
  }

  private static void assertNear(Landmarks points, FaceBox box) {
    for (int i = 0; i < points.count(); i++) {
      assertThat(points.x(i)).isBetween(box.x() - box.width() / 2, box.x() + box.width() * 1.5f);
      assertThat(points.y(i)).isBetween(box.y() - box.height() / 2, box.y() + box.height() * 1.5f);
    }
  }

  @Test
  void aBlankPictureHasNoFace() {
    assertThat(detector.detect(Picture.builder(640, 480).build())).isEmpty();
  }

  @Test
  void picturesOfAnySizeAreTaken() {
    SplittableRandom random = new SplittableRandom(7);
    for (int[] size : new int[][] {{1, 1}, {1, 500}, {500, 1}, {17, 801}, {33, 31}, {1999, 35}}) {
      Picture.Builder noise = Picture.builder(size[0], size[1]);
      random.nextBytes(noise.pixels());
      assertThat(detector.detect(noise.build())).as("%d × %d", size[0], size[1]).isNotNull();
    }
  }

  @Test
  void parallelCallsFindTheSame() {
    Picture picture = aPhotographWithAFace().picture();
    List<FaceBox> alone = boxes(picture);

    List<List<FaceBox>> together = Parallel.call(Parallel.CALLS, i -> boxes(picture));

    assertThat(together).allSatisfy(boxes -> assertThat(boxes).isEqualTo(alone));
  }

  private List<FaceBox> boxes(Picture picture) {
    return detector.detect(picture).stream().map(DetectedFace::box).toList();
  }

  @Test
  void nullIsRefused() {
    refusesNull(() -> detector.detect(nullOf(Picture.class)));
  }
}
