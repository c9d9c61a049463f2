package io.github.facelock.core.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.facelock.api.face.DetectedFace;
import io.github.facelock.api.face.Embedding;
import io.github.facelock.api.face.Landmarks;
import io.github.facelock.api.face.Picture;
import io.github.facelock.spi.face.FaceDetector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Accuracy on the folder of labelled faces, where there is one. */
final class LabelledFacesTest {

  private record Labelled(String person, Embedding template) {}

  @Test
  void theBundledModelsReachTheirMeasuredAccuracy() throws Exception {
    try (OnnxModels models = OnnxModels.bundled()) {
      Result lfw = measure("lfw_", models.detector(), models);
      Result caltech = measure("caltech_", models.detector(), models);
      Result orl = measure("orl_", models.detector(), models);
      System.out.println("fr_detect: lfw " + lfw + ", caltech " + caltech + ", orl " + orl);
      assertThat(lfw.missed + caltech.missed).isZero();
      assertThat(lfw.tar).isGreaterThanOrEqualTo(0.99);
      assertThat(caltech.tar).isGreaterThanOrEqualTo(0.99);
      // ORL's pictures are cut so close that the crops reach beyond them.
      assertThat(orl.tar).isGreaterThanOrEqualTo(0.94);
    }
  }

  @Test
  void yuNetWithItsFivePointsIsAsGood() throws Exception {
    Path weights =
        Path.of(System.getProperty("facelock.testmodels.dir", ""))
            .resolve("face_detection_yunet_2026may.onnx");
    assumeTrue(Files.exists(weights), "The weights of YuNet are not in facelock.testmodels.dir");
    try (OnnxModels models = OnnxModels.bundled();
        YuNetDetector yuNet = YuNetDetector.open(weights, ModelFaultsTest.sha256(weights))) {
      Result lfw = measure("lfw_", yuNet, models);
      Result orl = measure("orl_", yuNet, models);
      System.out.println("YuNet: lfw " + lfw + ", orl " + orl);
      assertThat(lfw.missed + orl.missed).isZero();
      assertThat(lfw.tar).isGreaterThanOrEqualTo(0.99);
      assertThat(orl.tar).isGreaterThanOrEqualTo(0.99);
      int[] faces = {3, 3, 3, 4, 5, 4};
      for (int i = 0; i < faces.length; i++) {
        assertThat(yuNet.detect(Photographs.sample(i + 1))).hasSize(faces[i]);
      }
    }
  }

  /** True accept rate at a false accept rate of 1:1000, and how many pictures showed no face. */
  private record Result(double tar, int missed, int genuine, int impostors) {}

  private static Result measure(String prefix, FaceDetector detector, OnnxModels models)
      throws IOException {
    Path root = Path.of(System.getProperty("facelock.faces.dir", ""));
    assumeTrue(
        Files.isDirectory(root), "There is no folder of labelled faces (facelock.faces.dir)");
    List<Labelled> all = new ArrayList<>();
    int missed = 0;
    for (Path person : list(root)) {
      if (!person.getFileName().toString().startsWith(prefix)) {
        continue;
      }
      for (Path file : list(person)) {
        Picture picture = Photographs.read(file);
        Optional<DetectedFace> face = central(picture, detector.detect(picture));
        if (face.isEmpty()) {
          missed++;
          continue;
        }
        Landmarks points =
            face.get().landmarks().orElseGet(() -> models.landmarker().locate(picture, face.get()));
        all.add(
            new Labelled(
                person.getFileName().toString(), models.embedder().embed(picture, points)));
      }
    }
    List<Float> genuine = new ArrayList<>();
    List<Float> impostors = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      for (int j = i + 1; j < all.size(); j++) {
        boolean same = all.get(i).person.equals(all.get(j).person);
        (same ? genuine : impostors).add(all.get(i).template.cosine(all.get(j).template));
      }
    }
    impostors.sort(Comparator.reverseOrder());
    float threshold = impostors.get(impostors.size() / 1000);
    long accepted = genuine.stream().filter(score -> score > threshold).count();
    return new Result(accepted / (double) genuine.size(), missed, genuine.size(), impostors.size());
  }

  /** The labelled person is in the middle; other faces may be larger. */
  private static Optional<DetectedFace> central(Picture picture, List<DetectedFace> faces) {
    return faces.stream()
        .min(
            Comparator.comparingDouble(
                face ->
                    Math.hypot(
                        face.box().centreX() - picture.width() / 2f,
                        face.box().centreY() - picture.height() / 2f)));
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return Arrays.asList(files.sorted().toArray(Path[]::new));
    }
  }
}
