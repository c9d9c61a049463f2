package io.github.facelock.core.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.face.ComparisonScore;
import io.github.facelock.api.face.DetectedFace;
import io.github.facelock.api.face.FalseMatchRate;
import io.github.facelock.api.face.Landmarks;
import io.github.facelock.api.face.ModelId;
import io.github.facelock.api.face.Picture;
import io.github.facelock.api.face.ScoreCalibration;
import io.github.facelock.core.image.TensorFormat;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights that a user brings: what works, and what each wrong file is told. */
final class ModelFaultsTest {

  private static final ScoreCalibration CALIBRATION =
      ScoreCalibration.of(
          List.of(
              new ScoreCalibration.Point(new ComparisonScore(0.3f), new FalseMatchRate(1e-3)),
              new ScoreCalibration.Point(new ComparisonScore(0.4f), new FalseMatchRate(1e-4))));

  private static final EmbedderRecipe RECIPE =
      EmbedderRecipe.arcFace(new ModelId("mine"), CALIBRATION);

  @TempDir Path folder;

  @Test
  void theSameWeightsFromAFileGiveTheSameTemplate() throws Exception {
    Path file = bundled("fr_feature");
    EmbedderRecipe recipe =
        RECIPE
            .pixels(
                TensorFormat.of(
                    TensorFormat.Colour.BGR, TensorFormat.Layout.PLANAR, 127.5f, 1 / 128f))
            .origin("7", "Apache-2.0", "somebody", "a caveat");
    Picture picture = Photographs.sample(3);
    try (OnnxModels models = OnnxModels.bundled();
        ArcFaceEmbedder embedder = ArcFaceEmbedder.open(file, sha256(file), recipe)) {
      DetectedFace face = models.detector().detect(picture).get(0);
      Landmarks points = models.landmarker().locate(picture, face);
      float[] expected = new float[512];
      float[] found = new float[512];
      models.embedder().embed(picture, points).copyTo(expected, 0);
      embedder.embed(picture, points.five()).copyTo(found, 0);
      assertThat(found).containsExactly(expected, within(1e-5f));
      assertThat(embedder.embed(picture, points).model()).isEqualTo(new ModelId("mine"));
      assertThat(embedder.model().licence()).isEqualTo("Apache-2.0");
      assertThat(embedder.model().sha256()).isEqualTo(sha256(file));
      assertThat(embedder.calibration()).isSameAs(CALIBRATION);
    }
  }

  @Test
  void aWrongDigestIsRefusedBeforeTheFileIsParsed() throws Exception {
    Path file = Files.writeString(folder.resolve("altered.onnx"), "altered");
    String wrong = "0".repeat(64);
    assertThatThrownBy(() -> ArcFaceEmbedder.open(file, wrong, RECIPE))
        .isInstanceOf(FaceLockException.Model.class)
        .hasMessageContainingAll("altered.onnx", wrong, sha256(file), "restore the file");
    assertThatThrownBy(() -> ArcFaceEmbedder.open(file, "abc", RECIPE))
        .isInstanceOf(FaceLockException.Model.class)
        .hasMessageContaining("64 hexadecimal digits");
  }

  @Test
  void aMissingFileIsNamed() {
    Path file = folder.resolve("nowhere.onnx");
    assertThatThrownBy(() -> YuNetDetector.open(file, "0".repeat(64)))
        .isInstanceOf(FaceLockException.Model.class)
        .hasMessageContainingAll(file.toString(), "correct the path");
  }

  @Test
  void aFileThatIsNoModelIsRefused() throws Exception {
    Path file = Files.writeString(folder.resolve("letter.onnx"), "Dear Sir or Madam");
    assertThatThrownBy(() -> ArcFaceEmbedder.open(file, sha256(file), RECIPE))
        .isInstanceOf(FaceLockException.Model.class)
        .hasMessageContainingAll("letter.onnx", "cannot be read as an ONNX model");
  }

  @Test
  void aModelOfAnotherKindIsRefusedWithBothShapes() throws Exception {
    Path file = bundled("fr_landmark");
    assertThatThrownBy(() -> ArcFaceEmbedder.open(file, sha256(file), RECIPE))
        .isInstanceOf(FaceLockException.Model.class)
        .hasMessageContainingAll("fr_landmark.onnx", "[1, 3, 112, 112]", "[1, 1, 64, 64]");
    assertThatThrownBy(() -> YuNetDetector.open(file, sha256(file)))
        .isInstanceOf(FaceLockException.Model.class)
        .hasMessageContainingAll("kps_32[1, -1, 10]", "[1, 136]");
  }

  private Path bundled(String id) throws Exception {
    Path file = folder.resolve(id + ".onnx");
    try (InputStream in =
        getClass().getResourceAsStream("/META-INF/facelock/models/" + id + ".onnx")) {
      Files.copy(in, file);
    }
    return file;
  }

  static String sha256(Path file) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
  }
}
