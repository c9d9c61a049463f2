package io.github.facelock.core.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.face.DetectedFace;
import io.github.facelock.api.face.DetectionConfidence;
import io.github.facelock.api.face.FaceBox;
import io.github.facelock.api.face.Landmarks;
import io.github.facelock.api.face.LivenessVerdict;
import io.github.facelock.api.face.ModelId;
import io.github.facelock.api.face.ObservedFace;
import io.github.facelock.api.face.Picture;
import io.github.facelock.core.image.TensorFormat;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What passive networks say is noted and decides nothing. */
class SpoofHintTest {

  private static final TensorFormat RAW =
      TensorFormat.of(TensorFormat.Colour.RGB, TensorFormat.Layout.PLANAR, 0, 1);

  @TempDir Path folder;

  @Test
  void theBundledNetworkHintsAndTheSameWeightsFromAFileSayTheSame() throws Exception {
    Path file = bundled();
    SpoofRecipe recipe = new SpoofRecipe(new ModelId("mine"), 128, RAW, 2.7f, 0, 3);
    try (OnnxModels models = OnnxModels.bundled();
        SpoofHint own = SpoofHint.open(file, sha256(file), recipe)) {
      Picture picture = Photographs.sample(3);
      List<ObservedFace> faces =
          models.detector().detect(picture).stream()
              .map(face -> observed(models, picture, face))
              .toList();
      for (ObservedFace face : faces) {
        double attack = models.spoofHint().attack(face);
        assertThat(attack).isBetween(0.0, 1.0);
        assertThat(own.attack(face)).isCloseTo(attack, within(1e-5));
      }
      LivenessVerdict verdict = own.judge(faces);
      assertThat(verdict).isInstanceOf(LivenessVerdict.BonaFide.class);
      assertThat(verdict.signals())
          .containsOnlyKeys("hint.mine")
          .containsValue((own.attack(faces.get(0)) + own.attack(faces.get(faces.size() / 2))) / 2);
      assertThat(models.spoofHint().judge(faces).signals()).containsOnlyKeys("hint.fr_liveness");

      // The other class is the other way round, and no veto either.
      try (SpoofHint inverted =
          SpoofHint.open(
              file, sha256(file), new SpoofRecipe(new ModelId("x"), 128, RAW, 2.7f, 1, 3))) {
        assertThat(inverted.attack(faces.get(0)) + own.attack(faces.get(0)))
            .isBetween(1 - 1e-5, 2.0);
        assertThat(inverted.judge(faces)).isInstanceOf(LivenessVerdict.BonaFide.class);
      }
    }
  }

  /**
   * No weights of MiniFASNet come with the sources, so a network of its shape stands in whose
   * answer is known: shape, order of the channels, range, crop and class are the recipe's.
   */
  @Test
  void miniFasNetIsFedAsItsRecipeSays() throws Exception {
    byte[] network = TinyNetwork.meanOfPlanes(80);
    Path file = folder.resolve("tiny.onnx");
    Files.write(file, network);
    ObservedFace face = plain(13, 12, 10);
    try (SpoofHint hint =
        SpoofHint.open(file, sha256(file), SpoofRecipe.miniFasNetV2(new ModelId("v2")))) {
      // Blue, green and red come out; the person is the second of the three.
      double live = Math.exp(12) / (Math.exp(10) + Math.exp(12) + Math.exp(13));
      assertThat(hint.attack(face)).isCloseTo(1 - live, within(1e-4));
      assertThat(hint.judge(List.of(face)).signals()).containsOnlyKeys("hint.v2");
      assertThat(hint.attack(plain(10, 14, 10))).isLessThan(0.05);
    }
    try (SpoofHint near =
            SpoofHint.open(file, sha256(file), SpoofRecipe.miniFasNetV2(new ModelId("v2")));
        SpoofHint wide =
            SpoofHint.open(file, sha256(file), SpoofRecipe.miniFasNetV1Se(new ModelId("v1")))) {
      // A green frame begins 1.6 faces from the middle: within four times the face, not within 2.7.
      ObservedFace framed = framed();
      assertThat(near.attack(framed)).isCloseTo(2.0 / 3, within(1e-3));
      assertThat(wide.attack(framed)).isLessThan(0.5);
    }
  }

  private static ObservedFace plain(int red, int green, int blue) {
    return painted((x, y) -> new int[] {red, green, blue});
  }

  private static ObservedFace framed() {
    return painted(
        (x, y) ->
            Math.max(Math.abs(x - 200), Math.abs(y - 200)) > 64
                ? new int[] {10, 20, 10}
                : new int[] {10, 10, 10});
  }

  /** A face 40 pixels high in the middle of 400 × 400. */
  private static ObservedFace painted(BiFunction<Integer, Integer, int[]> paint) {
    Picture.Builder builder = Picture.builder(400, 400);
    byte[] rgb = builder.pixels();
    for (int y = 0; y < 400; y++) {
      for (int x = 0; x < 400; x++) {
        int[] colour = paint.apply(x, y);
        for (int channel = 0; channel < 3; channel++) {
          rgb[3 * (y * 400 + x) + channel] = (byte) colour[channel];
        }
      }
    }
    float[] points = new float[10];
    Arrays.fill(points, 200);
    return new ObservedFace(
        Duration.ZERO,
        builder.build(),
        new DetectedFace(
            new FaceBox(180, 180, 40, 40), new DetectionConfidence(.9f), Optional.empty()),
        Landmarks.of(points));
  }

  private static ObservedFace observed(OnnxModels models, Picture picture, DetectedFace face) {
    return new ObservedFace(
        Duration.ZERO, picture, face, models.landmarker().locate(picture, face));
  }

  @Test
  void weightsOfAnotherKindAreRefused() throws Exception {
    Path file = bundled();
    assertThatThrownBy(
            () ->
                SpoofHint.open(
                    file, sha256(file), SpoofRecipe.miniFasNetV2(new ModelId("minifasnet"))))
        .isInstanceOf(FaceLockException.Model.class)
        .hasMessageContainingAll("[1, 3, 80, 80]", "[1, 3, 128, 128]");
    assertThatThrownBy(
            () ->
                SpoofHint.open(
                    file, "0".repeat(64), SpoofRecipe.miniFasNetV1Se(new ModelId("minifasnet"))))
        .isInstanceOf(FaceLockException.Model.class)
        .hasMessageContaining("restore the file");
  }

  @Test
  void recipesHaveBounds() {
    ModelId id = new ModelId("m");
    assertThatIllegalArgumentException().isThrownBy(() -> new SpoofRecipe(id, 8, RAW, 2.7f, 0, 3));
    assertThatIllegalArgumentException().isThrownBy(() -> new SpoofRecipe(id, 80, RAW, 9, 0, 3));
    assertThatIllegalArgumentException().isThrownBy(() -> new SpoofRecipe(id, 80, RAW, 2.7f, 3, 3));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new SpoofRecipe(
                    id,
                    80,
                    TensorFormat.of(TensorFormat.Colour.GREY, TensorFormat.Layout.PLANAR, 0, 1),
                    2.7f,
                    0,
                    3));
    assertThat(SpoofRecipe.miniFasNetV1Se(id).crop()).isEqualTo(4);
  }

  @Test
  void afterClosingNothingIsSaid() throws Exception {
    SpoofHint hint;
    ObservedFace face;
    try (OnnxModels models = OnnxModels.bundled()) {
      Picture picture = Photographs.sample(3);
      face = observed(models, picture, models.detector().detect(picture).get(0));
      hint = models.spoofHint();
    }
    ObservedFace seen = face;
    assertThatIllegalStateException().isThrownBy(() -> hint.attack(seen));
  }

  private Path bundled() throws Exception {
    Path file = folder.resolve("fr_liveness.onnx");
    try (InputStream in =
        getClass().getResourceAsStream("/META-INF/facelock/models/fr_liveness.onnx")) {
      Files.copy(in, file);
    }
    return file;
  }

  private static String sha256(Path file) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
  }
}
