package io.github.facelock.core.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.github.facelock.api.face.DetectedFace;
import io.github.facelock.api.face.Embedding;
import io.github.facelock.api.face.FalseMatchRate;
import io.github.facelock.api.face.HeadPose;
import io.github.facelock.api.face.Landmarks;
import io.github.facelock.api.face.ModelInfo;
import io.github.facelock.api.face.Picture;
import io.github.facelock.spi.face.FaceDetector;
import io.github.facelock.spi.face.FaceEmbedder;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The bundled models on the demo photographs, whose faces demo-photographs.md describes. */
final class OnnxModelsTest {

  private static final int[] FACES = {3, 3, 3, 4, 5, 4};

  private static OnnxModels models;
  private static List<Picture> photographs;

  @BeforeAll
  static void load() throws Exception {
    models = OnnxModels.bundled();
    photographs = new ArrayList<>();
    for (int i = 1; i <= FACES.length; i++) {
      photographs.add(Photographs.sample(i));
    }
  }

  @AfterAll
  static void close() {
    models.close();
  }

  @Test
  void everyFaceOfThePhotographsIsFoundAndNothingElse() {
    for (int i = 0; i < FACES.length; i++) {
      assertThat(faces(photographs.get(i))).as("sample%d", i + 1).hasSize(FACES[i]);
    }
  }

  @Test
  void aPictureWithoutFacesGivesNone() {
    assertThat(models.detector().detect(Picture.builder(640, 480).build())).isEmpty();
    assertThat(models.detector().detect(Picture.builder(1, 1).build())).isEmpty();
  }

  @Test
  void landmarksLieInTheBoxAndInOrder() {
    for (Picture picture : photographs) {
      for (DetectedFace face : faces(picture)) {
        Landmarks five = models.landmarker().locate(picture, face).five();
        assertThat(five.x(0)).isLessThan(five.x(1));
        assertThat(five.x(3)).isLessThan(five.x(4));
        assertThat(five.y(2)).isGreaterThan((five.y(0) + five.y(1)) / 2);
        assertThat((five.y(3) + five.y(4)) / 2).isGreaterThan(five.y(2));
        assertThat(five.y(2)).isBetween(face.box().y(), face.box().y() + face.box().height());
      }
    }
  }

  @Test
  void theSteadyLandmarkerAgreesWithTheQuickOne() {
    Picture picture = photographs.get(2);
    DetectedFace face = faces(picture).get(0);
    Landmarks quick = models.landmarker().locate(picture, face);
    Landmarks steady = models.steadyLandmarker().locate(picture, face);
    for (int i = 0; i < Landmarks.FULL; i++) {
      assertThat(steady.x(i)).isCloseTo(quick.x(i), within(0.05f * face.box().height()));
      assertThat(steady.y(i)).isCloseTo(quick.y(i), within(0.05f * face.box().height()));
    }
  }

  @Test
  void facesOfOnePhotographAreDifferentPeople() {
    float threshold = threshold(10_000);
    for (Picture picture : photographs) {
      List<Embedding> templates = templates(picture);
      for (int i = 0; i < templates.size(); i++) {
        for (int j = i + 1; j < templates.size(); j++) {
          assertThat(templates.get(i).cosine(templates.get(j))).isLessThan(threshold);
        }
      }
    }
  }

  @Test
  void thePersonOfTwoPhotographsIsTheSame() {
    Embedding right = templates(photographs.get(0)).get(2);
    Embedding middle = templates(photographs.get(2)).get(1);
    assertThat(right.cosine(middle)).isGreaterThan(threshold(1000));
  }

  @Test
  void aPersonIsTheSameInAMirrorAndInASmallerDarkerPicture() {
    for (int i : new int[] {2, 4, 5}) {
      Picture picture = photographs.get(i);
      List<Embedding> templates = templates(picture);
      List<Embedding> mirrored = templates(Photographs.mirrored(picture));
      List<Embedding> darker = templates(Photographs.darkerAndHalf(picture));
      assertThat(mirrored).hasSameSizeAs(templates);
      assertThat(darker).hasSameSizeAs(templates);
      for (int j = 0; j < templates.size(); j++) {
        assertThat(templates.get(j).cosine(mirrored.get(templates.size() - 1 - j)))
            .isGreaterThan(threshold(100_000));
        assertThat(templates.get(j).cosine(darker.get(j))).isGreaterThan(threshold(100_000));
      }
    }
  }

  @Test
  void aMirrorTurnsYawAndRollAround() {
    Picture picture = photographs.get(3);
    Picture mirror = Photographs.mirrored(picture);
    HeadPose pose = models.headPose().estimate(picture, faces(picture).get(0));
    List<DetectedFace> mirrored = faces(mirror);
    HeadPose turned = models.headPose().estimate(mirror, mirrored.get(mirrored.size() - 1));
    assertThat(pose.yaw()).isLessThan(-20);
    assertThat(turned.yaw()).isGreaterThan(20);
    assertThat(pose.roll() * turned.roll()).isNegative();
  }

  @Test
  void whoeverLooksDownHasANegativePitch() {
    Picture picture = photographs.get(1);
    for (DetectedFace face : faces(picture)) {
      assertThat(models.headPose().estimate(picture, face).pitch()).isLessThan(-10);
    }
  }

  @Test
  void openAndLoweredEyesAreToldApart() {
    Picture picture = photographs.get(0);
    List<DetectedFace> faces = faces(picture);
    assertThat(eyes(picture, faces.get(0)).right()).isGreaterThan(0.8f);
    assertThat(eyes(picture, faces.get(0)).left()).isGreaterThan(0.8f);
    assertThat(eyes(picture, faces.get(1)).right()).isLessThan(0.2f);
    assertThat(eyes(picture, faces.get(1)).left()).isLessThan(0.2f);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                models
                    .eyeOpenness()
                    .estimate(picture, models.landmarker().locate(picture, faces.get(0)).five()));
  }

  @Test
  void everyModelTellsItsLicenceAndItsCaveat() {
    assertThat(models.infos())
        .extracting(info -> info.id().value())
        .contains("fr_detect", "fr_landmark", "fr_feature", "fr_pose", "fr_eye");
    for (ModelInfo info : models.infos()) {
      assertThat(info.licence()).isEqualTo("MIT");
      assertThat(info.caveat()).contains("training data are not stated");
      assertThat(info.sha256()).hasSize(64);
    }
    assertThat(models.embedder().model().id().value()).isEqualTo("fr_feature");
    assertThat(models.embedder().dimension()).isEqualTo(512);
  }

  @Test
  void theCalibrationServesOneInAHundredThousand() {
    assertThat(threshold(1000)).isCloseTo(0.34f, within(0.001f));
    assertThat(threshold(10_000)).isCloseTo(0.417f, within(0.001f));
    assertThat(threshold(100_000)).isCloseTo(0.485f, within(0.001f));
  }

  @Test
  void eightThreadsGetTheSameResultsAsOne() throws Exception {
    Picture picture = photographs.get(4);
    List<DetectedFace> faces = faces(picture);
    List<Embedding> alone = templates(picture);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Float>> tasks = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        int which = i % faces.size();
        tasks.add(
            () -> {
              assertThat(faces(picture)).isEqualTo(faces);
              Embedding template =
                  models
                      .embedder()
                      .embed(picture, models.landmarker().locate(picture, faces.get(which)));
              return template.cosine(alone.get(which));
            });
      }
      for (Future<Float> score : threads.invokeAll(tasks)) {
        assertThat(score.get()).isCloseTo(1, within(1e-5f));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void anEmbeddedFaceLeavesLittleGarbage() {
    Picture picture = photographs.get(2);
    DetectedFace face = faces(picture).get(0);
    com.sun.management.ThreadMXBean meter =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    int runs = 20;
    long before = 0;
    for (int i = -20; i < runs; i++) {
      if (i == 0) {
        before = meter.getThreadAllocatedBytes(thread);
      }
      models.detector().detect(picture);
      models.embedder().embed(picture, models.landmarker().locate(picture, face));
    }
    long each = (meter.getThreadAllocatedBytes(thread) - before) / runs;
    assertThat(each).isLessThan(32 * 1024);
  }

  @Test
  void closedModelsRefuseToWorkAndCanBeClosedAgain() {
    OnnxModels closed = OnnxModels.bundled(new OnnxOptions(2, 1));
    FaceDetector detector = closed.detector();
    FaceEmbedder embedder = closed.embedder();
    Picture picture = photographs.get(0);
    Landmarks landmarks = closed.landmarker().locate(picture, detector.detect(picture).get(0));
    assertThat(embedder.embed(picture, landmarks).dimension()).isEqualTo(512);

    closed.close();
    assertThatCode(closed::close).doesNotThrowAnyException();
    assertThatIllegalStateException().isThrownBy(closed::detector);
    assertThatIllegalStateException().isThrownBy(closed::embedder);
    assertThatIllegalStateException().isThrownBy(() -> detector.detect(picture));
    assertThatIllegalStateException().isThrownBy(() -> embedder.embed(picture, landmarks));
    assertThat(closed.infos()).isNotEmpty();
  }

  @Test
  void oneModelThatCannotBeClosedDoesNotKeepTheOthersOpen() {
    List<String> closed = new ArrayList<>();
    List<AutoCloseable> networks =
        List.of(
            () -> closed.add("first"),
            () -> {
              throw new IllegalStateException("second");
            },
            () -> {
              throw new IllegalStateException("third");
            },
            () -> closed.add("fourth"));

    assertThatIllegalStateException()
        .isThrownBy(() -> OnnxModels.closeAll(networks))
        .withMessage("second")
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    assertThat(closed).containsExactly("first", "fourth");
  }

  @Test
  void closingWhileOthersWorkEndsTheirCallsInPeace() throws Exception {
    OnnxModels shared = OnnxModels.bundled();
    FaceDetector detector = shared.detector();
    Picture picture = photographs.get(0);
    java.util.concurrent.CountDownLatch working = new java.util.concurrent.CountDownLatch(4);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Integer>> ends = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        ends.add(
            threads.submit(
                () -> {
                  int done = 0;
                  while (true) {
                    try {
                      assertThat(detector.detect(picture)).hasSize(3);
                    } catch (IllegalStateException e) {
                      return done;
                    }
                    if (done++ == 0) {
                      working.countDown();
                    }
                  }
                }));
      }
      working.await();
      shared.close();
      for (Future<Integer> end : ends) {
        assertThat(end.get()).isPositive();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static List<DetectedFace> faces(Picture picture) {
    List<DetectedFace> faces = new ArrayList<>(models.detector().detect(picture));
    faces.sort(Comparator.comparingDouble(face -> face.box().centreX()));
    return faces;
  }

  private static List<Embedding> templates(Picture picture) {
    return faces(picture).stream()
        .map(face -> models.landmarker().locate(picture, face))
        .map(points -> models.embedder().embed(picture, points))
        .toList();
  }

  private static EyeOpenness eyes(Picture picture, DetectedFace face) {
    return models.eyeOpenness().estimate(picture, models.landmarker().locate(picture, face));
  }

  private static float threshold(long strangers) {
    return models.embedder().calibration().threshold(FalseMatchRate.oneIn(strangers)).value();
  }
}
