package io.github.facelock.spring.web.me;

import io.github.facelock.api.face.Capture;
import io.github.facelock.api.face.CapturedFrame;
import io.github.facelock.api.face.DetectedFace;
import io.github.facelock.api.face.LivenessChallenge;
import io.github.facelock.api.face.Picture;
import io.github.facelock.core.image.DecodeLimits;
import io.github.facelock.core.image.SafePictureDecoder;
import io.github.facelock.core.onnx.OnnxModels;
import io.github.facelock.spi.face.PictureDecoder;
import io.github.facelock.test.simulation.Performance;
import io.github.facelock.test.simulation.Person;
import io.github.facelock.test.simulation.Portrait;
import io.github.facelock.test.simulation.ScreenLight;
import io.github.facelock.test.simulation.SimulatedCamera;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/** People of the demo photographs: as pictures that somebody uploads, and before a camera. */
final class DemoFaces {

  private static final String PHOTOGRAPH = "photographs/sample6.jpg";
  private static final Rectangle BEA = new Rectangle(252, 484, 214, 276);
  private static final Rectangle DORA = new Rectangle(1487, 264, 209, 289);

  private DemoFaces() {}

  static byte[] bea() {
    return cut(BEA);
  }

  static byte[] dora() {
    return cut(DORA);
  }

  /** Two women beside each other. */
  static byte[] two() {
    return cut(new Rectangle(450, 300, 600, 620));
  }

  /** Bea does what a challenge asks. */
  static List<CapturedFrame> answer(LivenessChallenge challenge) {
    SplittableRandom random = new SplittableRandom(7);
    Performance performance =
        Performance.of(challenge, Performance.Manner.usual(random), random.nextLong());
    Capture clip =
        SimulatedCamera.standard()
            .framesPerSecond(10)
            .film(
                Person.of(portrait(), performance.motion()).litBy(ScreenLight.of(challenge)),
                performance.seconds());
    return clip.frames();
  }

  private static Portrait portrait() {
    PictureDecoder.Decoded decoded =
        new SafePictureDecoder(DecodeLimits.defaults()).decode(bytes(PHOTOGRAPH));
    Picture picture = ((PictureDecoder.Decoded.Usable) decoded).picture();
    try (OnnxModels models = OnnxModels.bundled()) {
      DetectedFace face =
          models.detector().detect(picture).stream()
              .filter(
                  found ->
                      BEA.contains(
                          found.box().x() + found.box().width() / 2,
                          found.box().y() + found.box().height() / 2))
              .findFirst()
              .orElseThrow();
      return Portrait.of(
          picture,
          models.steadyLandmarker().locate(picture, face),
          models.headPose().estimate(picture, face));
    }
  }

  private static byte[] bytes(String name) {
    try (InputStream in = DemoFaces.class.getClassLoader().getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As a camera of 480 × 640 pixels sees a face, with what is around it. */
  private static byte[] cut(Rectangle face) {
    try (InputStream in = DemoFaces.class.getClassLoader().getResourceAsStream(PHOTOGRAPH);
        ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      BufferedImage whole = ImageIO.read(in);
      int height = Math.min((int) (face.height * 2.2), whole.getHeight());
      int width = height * 3 / 4;
      int x = Math.max(0, Math.min((int) face.getCenterX() - width / 2, whole.getWidth() - width));
      int y =
          Math.max(0, Math.min((int) face.getCenterY() - height / 2, whole.getHeight() - height));
      BufferedImage seen = new BufferedImage(480, 640, BufferedImage.TYPE_INT_RGB);
      Graphics2D g = seen.createGraphics();
      g.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
      g.drawImage(whole.getSubimage(x, y, width, height), 0, 0, 480, 640, null);
      g.dispose();
      ImageIO.write(seen, "jpeg", out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
