package io.github.facelock.core.liveness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.facelock.api.face.DetectedFace;
import io.github.facelock.api.face.Picture;
import io.github.facelock.core.image.DecodeLimits;
import io.github.facelock.core.image.SafePictureDecoder;
import io.github.facelock.core.onnx.OnnxModels;
import io.github.facelock.spi.face.PictureDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Pose estimator and landmarks on photographs of many people, where such a folder is: they name the
 * same side of a turned head. Neither is the truth, but they err independently.
 */
class EstimatorAgreementTest {

  private static final double TURNED = 15;

  @Test
  void bothEstimatorsNameTheSameSideOfATurnedHead() throws IOException {
    Path faces = Path.of(System.getProperty("facelock.faces.dir", "faces"));
    boolean there = Files.isDirectory(faces);
    assumeTrue(there, "facelock.faces.dir names a folder of labelled faces");
    List<Path> pictures;
    try (Stream<Path> found = Files.walk(faces, 2)) {
      pictures =
          found
              .filter(p -> p.toString().endsWith(".jpg"))
              .filter(p -> !p.getParent().getFileName().toString().matches("spoof|nofaces"))
              .sorted()
              .toList();
    }
    int turned = 0;
    int agreed = 0;
    int both = 0;
    int bothAgreed = 0;
    SafePictureDecoder decoder = new SafePictureDecoder(DecodeLimits.defaults());
    try (OnnxModels models = OnnxModels.bundled()) {
      for (Path file : pictures) {
        if (!(decoder.decode(Files.readAllBytes(file))
            instanceof PictureDecoder.Decoded.Usable usable)) {
          continue;
        }
        Picture picture = usable.picture();
        for (DetectedFace face : models.detector().detect(picture)) {
          double yaw = models.headPose().estimate(picture, face).yaw();
          if (face.box().height() >= 80 && Math.abs(yaw) > TURNED) {
            double nose = FaceShape.of(models.steadyLandmarker().locate(picture, face)).noseLine();
            turned++;
            agreed += yaw * nose < 0 ? 1 : 0;
            if (Math.abs(nose) >= LivenessThresholds.ofDefaults().turnNoseLine()) {
              both++;
              bothAgreed += yaw * nose < 0 ? 1 : 0;
            }
          }
        }
      }
    }
    System.out.printf(
        "photographs beyond %.0f°: %d of %d agree; where the nose moved as a turn asks, %d of %d%n",
        TURNED, agreed, turned, bothAgreed, both);
    assertThat(turned).isGreaterThan(20);
    // What the judgement uses: a turn is read only where the landmarks say so, too.
    assertThat((double) bothAgreed / both).isGreaterThanOrEqualTo(0.99);
    assertThat((double) agreed / turned).isGreaterThanOrEqualTo(0.95);
  }
}
