package io.github.facelock.test.contract;

import static io.github.facelock.test.contract.Refusals.nullOf;
import static io.github.facelock.test.contract.Refusals.refusesNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.facelock.api.face.Embedding;
import io.github.facelock.api.face.Landmarks;
import io.github.facelock.api.face.Picture;
import io.github.facelock.spi.face.FaceEmbedder;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link FaceEmbedder} promises, seen on three faces of the implementer's.
 *
 * <pre>{@code
 * class MyEmbedderTest extends FaceEmbedderContract {
 *   @Override
 *   protected FaceEmbedder newEmbedder() {
 *     return new MyEmbedder(weights);
 *   }
 *
 *   @Override
 *   protected Faces faces() {
 *     return new Faces(face("alice1.jpg"), face("alice2.jpg"), face("bob.jpg"));
 *   }
 * }
 * }</pre>
 */
public abstract class FaceEmbedderContract {

  private FaceEmbedder embedder = nullOf(FaceEmbedder.class);

  /** For subclasses. */
  protected FaceEmbedderContract() {}

  /**
   * A face in a picture.
   *
   * @param picture the pixels
   * @param landmarks 5 or 68 points of the face
   */
  public record Face(Picture picture, Landmarks landmarks) {
    /** Refuses null. */
    public Face {
      Objects.requireNonNull(picture, "picture");
      Objects.requireNonNull(landmarks, "landmarks");
    }
  }

  /**
   * Faces of two people.
   *
   * @param one somebody
   * @param oneAgain the same person in another picture
   * @param other somebody else
   */
  public record Faces(Face one, Face oneAgain, Face other) {
    /** Refuses null. */
    public Faces {
      Objects.requireNonNull(one, "one");
      Objects.requireNonNull(oneAgain, "oneAgain");
      Objects.requireNonNull(other, "other");
    }
  }

  /**
   * Makes the embedder under test.
   *
   * @return an embedder
   */
  protected abstract FaceEmbedder newEmbedder();

  /**
   * Gives the faces.
   *
   * @return three pictures, two of the same person
   */
  protected abstract Faces faces();

  @BeforeEach
  void openEmbedder() {
    embedder = newEmbedder();
  }

  private Embedding embed(Face face) {
    return embedder.embed(face.picture(), face.landmarks());
  }

  private static float[] values(Embedding embedding) {
    float[] values = new float[embedding.dimension()];
    embedding.copyTo(values, 0);
    return values;
  }

  @Test
  void templatesHaveTheModelTheSizeAndUnitLength() {
    Embedding template = embed(faces().one());

    assertThat(template.model()).isEqualTo(embedder.model().id());
    assertThat(template.dimension()).isEqualTo(embedder.dimension());
    double squares = 0;
    for (float value : values(template)) {
      squares += (double) value * value;
    }
    assertThat(Math.sqrt(squares)).isCloseTo(1, within(1e-4));
  }

  @Test
  void theModelIsAlwaysTheSame() {
    assertThat(embedder.model()).isEqualTo(embedder.model());
    assertThat(newEmbedder().model()).isEqualTo(embedder.model());
    assertThat(embedder.model().licence()).as("the licence is data").isNotBlank();
  }

  @Test
  void theCalibrationFallsWithTheScore() {
    assertThat(embedder.calibration().points()).hasSizeGreaterThan(1);
  }

  @Test
  void oneFaceGivesOneTemplate() {
    Face face = faces().one();

    assertThat(values(embed(face))).isEqualTo(values(embed(face)));
  }

  @Test
  void theSamePersonIsMoreAlikeThanAnother() {
    Faces faces = faces();
    Embedding one = embed(faces.one());
    Embedding again = embed(faces.oneAgain());
    Embedding other = embed(faces.other());

    assertThat(one.compare(again).value())
        .isGreaterThan(one.compare(other).value())
        .isGreaterThan(again.compare(other).value());
  }

  @Test
  void thePersonPassesTheLaxestMeasuredThresholdAndTheOtherDoesNot() {
    Faces faces = faces();
    float threshold = embedder.calibration().points().get(0).score().value();
    Embedding one = embed(faces.one());

    assertThat(one.compare(embed(faces.oneAgain())).value()).isGreaterThanOrEqualTo(threshold);
    assertThat(one.compare(embed(faces.other())).value()).isLessThan(threshold);
  }

  @Test
  void parallelCallsGiveTheSameTemplates() {
    Faces faces = faces();
    List<Face> inTurn = List.of(faces.one(), faces.oneAgain(), faces.other());
    List<float[]> alone = inTurn.stream().map(face -> values(embed(face))).toList();

    List<float[]> together =
        Parallel.call(Parallel.CALLS, i -> values(embed(inTurn.get(i % inTurn.size()))));

    for (int i = 0; i < together.size(); i++) {
      assertThat(together.get(i)).isEqualTo(alone.get(i % alone.size()));
    }
  }

  @Test
  void nullIsRefused() {
    Face face = faces().one();
    refusesNull(() -> embedder.embed(nullOf(Picture.class), face.landmarks()));
    refusesNull(() -> embedder.embed(face.picture(), nullOf(Landmarks.class)));
  }
}
