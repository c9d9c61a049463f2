package io.github.facelock.core.opencv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.face.DetectedFace;
import io.github.facelock.api.face.Landmarks;
import io.github.facelock.api.face.Picture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenCvDetectorsTest {

  private static final String YUNET_SHA256 =
      "ebafce4e3c118d6554634be5c27ab333b4c047a9a8c3faf1d7cf93101c22f0f0";

  @Test
  void yuNetFindsEveryFaceInPicturesOfSeveralPeople() throws IOException {
    pictures("multiface");
    try (OpenCvYuNetDetector detector = yuNet()) {
      assertThat(detector.detect(decode(face("multiface/two_people.jpg")))).hasSize(2);
      // A child stands at the right edge, half in shadow, besides the two of the file's name.
      assertThat(detector.detect(decode(face("multiface/obama_and_biden.jpg")))).hasSize(3);
    }
  }

  @Test
  void yuNetFindsOneFaceWithLandmarksInOrderInEachPortrait() throws IOException {
    try (OpenCvYuNetDetector detector = yuNet()) {
      for (Path file : pictures("caltech_01")) {
        List<DetectedFace> faces = detector.detect(decode(file));

        assertThat(faces).as(file.toString()).hasSize(1);
        DetectedFace face = faces.get(0);
        Landmarks points = face.landmarks().orElseThrow();
        // The person's right is on the picture's left: right eye, left eye, nose, right and left
        // mouth corner.
        assertThat(points.x(0)).isLessThan(points.x(2)).isGreaterThan(face.box().x());
        assertThat(points.x(1)).isGreaterThan(points.x(2));
        assertThat(points.x(3)).isLessThan(points.x(4));
        assertThat(points.y(0)).isLessThan(points.y(2));
        assertThat(points.y(2)).isLessThan(points.y(3));
        assertThat(face.confidence().value()).isGreaterThanOrEqualTo(0.85f);
      }
    }
  }

  @Test
  void aLargePictureGivesBoxesInItsOwnPixels() throws IOException {
    Path file = pictures("caltech_01").get(0);
    Picture small = decode(file);
    Picture large = magnified(small, 4);
    try (OpenCvYuNetDetector detector = yuNet()) {
      DetectedFace inSmall = detector.detect(small).get(0);
      DetectedFace inLarge = detector.detect(large).get(0);

      assertThat(inLarge.box().centreX() / 4)
          .isCloseTo(inSmall.box().centreX(), org.assertj.core.data.Offset.offset(6f));
      assertThat(inLarge.box().centreY() / 4)
          .isCloseTo(inSmall.box().centreY(), org.assertj.core.data.Offset.offset(6f));
    }
  }

  @Test
  void noiseAndTinyPicturesHoldNoFace() {
    try (OpenCvYuNetDetector yuNet = yuNet();
        OpenCvCascadeDetector cascade = OpenCvCascadeDetector.frontalFaces()) {
      for (int seed = 0; seed < 5; seed++) {
        Picture noise = noise(seed, 320, 240);
        assertThat(yuNet.detect(noise)).as("seed %d", seed).isEmpty();
        assertThat(cascade.detect(noise)).as("seed %d", seed).isEmpty();
      }
      for (int[] size : new int[][] {{1, 1}, {3000, 1}, {1, 3000}, {640, 32}, {320, 20}}) {
        // Several times: OpenCV once found faces in memory that it had not written.
        for (int seed = 0; seed < 10; seed++) {
          Picture noise = noise(seed, size[0], size[1]);
          assertThat(yuNet.detect(noise)).as("%d × %d", size[0], size[1]).isEmpty();
          assertThat(cascade.detect(noise)).as("%d × %d", size[0], size[1]).isEmpty();
        }
      }
    }
  }

  @Test
  void theCascadeInOpenCvsJarFindsAPortraitsFace() throws IOException {
    try (OpenCvCascadeDetector detector = OpenCvCascadeDetector.frontalFaces()) {
      List<DetectedFace> faces = detector.detect(decode(pictures("caltech_01").get(0)));

      assertThat(faces).isNotEmpty();
      assertThat(faces.get(0).landmarks()).isEmpty();
      assertThat(faces.get(0).confidence().value()).isBetween(0.5f, 1f);
    }
  }

  @Test
  void severalThreadsShareOneDetector() throws Exception {
    Picture picture = decode(pictures("multiface").get(0));
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try (OpenCvYuNetDetector detector = yuNet()) {
      List<DetectedFace> alone = detector.detect(picture);
      List<Future<List<DetectedFace>>> results = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        results.add(threads.submit(() -> detector.detect(picture)));
      }
      for (Future<List<DetectedFace>> result : results) {
        assertThat(result.get()).hasSameSizeAs(alone);
        assertThat(result.get().get(0).box()).isEqualTo(alone.get(0).box());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aScopeOfTheCallerDoesNotFreeTheDetector() {
    try (OpenCvYuNetDetector detector = scopedYuNet()) {
      assertThat(detector.detect(noise(1, 64, 64))).isEmpty();
    }
  }

  @SuppressWarnings("try") // the scope works by being open
  private static OpenCvYuNetDetector scopedYuNet() {
    try (PointerScope scope = new PointerScope()) {
      return yuNet();
    }
  }

  @Test
  void detectionLeavesNativeMemoryFlat() {
    Picture noise = noise(3, 640, 480);
    try (OpenCvYuNetDetector yuNet = yuNet();
        OpenCvCascadeDetector cascade = OpenCvCascadeDetector.frontalFaces()) {
      yuNet.detect(noise);
      cascade.detect(noise);
      long owned = Pointer.totalBytes();
      for (int i = 0; i < 20; i++) {
        yuNet.detect(noise);
        cascade.detect(noise);
      }
      assertThat(Pointer.totalBytes()).isEqualTo(owned);
    }
  }

  @Test
  void aClosedDetectorSaysSo() {
    OpenCvYuNetDetector detector = yuNet();
    detector.close();
    detector.close();

    assertThatThrownBy(() -> detector.detect(noise(1, 64, 64)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void wrongWeightsAreRefusedAtSetUp(@TempDir Path folder) throws Exception {
    Path text = Files.writeString(folder.resolve("model.onnx"), "no model");
    String digest =
        HexFormat.of()
            .formatHex(
                MessageDigest.getInstance("SHA-256")
                    .digest("no model".getBytes(StandardCharsets.UTF_8)));

    assertThatThrownBy(() -> new OpenCvYuNetDetector(text, "0".repeat(64)))
        .isInstanceOf(FaceLockException.Model.class)
        .hasMessageContaining(digest);
    assertThatThrownBy(() -> new OpenCvYuNetDetector(text, digest))
        .isInstanceOf(FaceLockException.Model.class)
        .hasMessageContaining("face_detection_yunet");
    assertThatThrownBy(() -> new OpenCvYuNetDetector(folder.resolve("none.onnx"), digest))
        .isInstanceOf(FaceLockException.Model.class)
        .hasMessageContaining("check path");
    assertThatThrownBy(() -> new OpenCvCascadeDetector(text))
        .isInstanceOf(FaceLockException.Model.class)
        .hasMessageContaining("haarcascade");
    assertThatThrownBy(() -> new OpenCvCascadeDetector(folder.resolve("none.xml")))
        .isInstanceOf(FaceLockException.Model.class)
        .hasMessageContaining("check path");
  }

  private static OpenCvYuNetDetector yuNet() {
    Path model =
        Path.of(
            System.getProperty("facelock.testmodels.dir", ""), "face_detection_yunet_2026may.onnx");
    assumeTrue(
        Files.isRegularFile(model),
        "no YuNet weights: set facelock.testmodels.dir to a folder with " + model.getFileName());
    return new OpenCvYuNetDetector(model, YUNET_SHA256);
  }

  private static List<Path> pictures(String folder) throws IOException {
    Path path = Path.of(System.getProperty("facelock.faces.dir", ""), folder);
    assumeTrue(
        Files.isDirectory(path), "no labelled faces: set facelock.faces.dir to a folder of them");
    try (Stream<Path> files = Files.list(path)) {
      return files.sorted().toList();
    }
  }

  private static Path face(String name) {
    return Path.of(System.getProperty("facelock.faces.dir", ""), name);
  }

  private static Picture decode(Path file) throws IOException {
    OpenCv.require();
    return ImageDecoding.decode(Files.readAllBytes(file)).orElseThrow();
  }

  private static Picture magnified(Picture picture, int times) {
    Picture.Builder large = Picture.builder(picture.width() * times, picture.height() * times);
    byte[] pixels = large.pixels();
    int at = 0;
    for (int y = 0; y < picture.height() * times; y++) {
      for (int x = 0; x < picture.width() * times; x++) {
        int from = (y / times * picture.width() + x / times) * 3;
        for (int channel = 0; channel < 3; channel++) {
          pixels[at++] = picture.pixels().get(from + channel);
        }
      }
    }
    return large.build();
  }

  private static Picture noise(int seed, int width, int height) {
    byte[] pixels = new byte[width * height * 3];
    new SplittableRandom(seed).nextBytes(pixels);
    return Picture.copyOf(width, height, pixels);
  }
}
