package io.github.facelock.benchmarks.jmh;

import io.github.facelock.api.face.Capture;
import io.github.facelock.api.face.DetectedFace;
import io.github.facelock.api.face.Embedding;
import io.github.facelock.api.face.FaceBox;
import io.github.facelock.api.face.Landmarks;
import io.github.facelock.api.face.Picture;
import io.github.facelock.api.policy.SeveralFaces;
import io.github.facelock.core.face.FacePipeline;
import io.github.facelock.core.face.QualityRules;
import io.github.facelock.core.image.DecodeLimits;
import io.github.facelock.core.image.SafePictureDecoder;
import io.github.facelock.core.onnx.OnnxModels;
import io.github.facelock.spi.face.PictureDecoder;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One person before a webcam, as a JPEG of 640 × 480: cut from one of the photographs that the
 * build fetches, so that the face is a third of the picture's height. Shared by all threads.
 */
@State(Scope.Benchmark)
public class Scene {

  static final int WIDTH = 640;
  static final int HEIGHT = 480;

  private static final int PHOTOGRAPHS = 6;
  private static final double FACE_SHARE = 0.34;

  OnnxModels models;
  PictureDecoder decoder;
  FacePipeline pipeline;
  byte[] jpeg;
  Capture capture;
  Picture picture;
  DetectedFace face;
  Landmarks landmarks;
  Embedding template;

  /** JMH makes the state. */
  @SuppressWarnings("NullAway.Init")
  public Scene() {}

  /**
   * Loads the models, and cuts the picture.
   *
   * @throws IOException if a photograph cannot be read
   */
  @Setup(Level.Trial)
  public void open() throws IOException {
    models = OnnxModels.bundled();
    decoder = new SafePictureDecoder(DecodeLimits.defaults());
    pipeline =
        new FacePipeline(
            decoder,
            models.detector(),
            models.landmarker(),
            Optional.of(models.headPose()),
            models.embedder(),
            List.of(),
            QualityRules.forVerification());
    jpeg = cutOnePerson();
    capture = Capture.ofImage(jpeg);
    picture = decoded(jpeg);
    face = models.detector().detect(picture).get(0);
    landmarks = models.landmarker().locate(picture, face);
    template = models.embedder().embed(picture, landmarks);
  }

  /**
   * Cuts a picture alone, one that is good enough for an enrolment too.
   *
   * @return one person before a webcam, as a JPEG of 640 × 480
   * @throws IOException if a photograph cannot be read
   */
  public static byte[] file() throws IOException {
    Scene scene = new Scene();
    try {
      scene.open();
      scene.pipeline = scene.pipeline.with(QualityRules.forEnrolment());
      return scene.cutOnePerson();
    } finally {
      scene.close();
    }
  }

  /** Frees the models. */
  @TearDown(Level.Trial)
  public void close() {
    models.close();
  }

  private byte[] cutOnePerson() throws IOException {
    for (int number = 1; number <= PHOTOGRAPHS; number++) {
      byte[] file = photograph(number);
      BufferedImage photograph = ImageIO.read(new ByteArrayInputStream(file));
      for (DetectedFace candidate : models.detector().detect(decoded(file))) {
        byte[] cut = cut(photograph, candidate.box());
        if (models.detector().detect(decoded(cut)).size() == 1
            && !pipeline.observe(Capture.ofImage(cut), SeveralFaces.REJECT).usable().isEmpty()) {
          return cut;
        }
      }
    }
    throw new IllegalStateException("No photograph shows one face well enough");
  }

  private Picture decoded(byte[] file) {
    if (decoder.decode(file) instanceof PictureDecoder.Decoded.Usable usable) {
      return usable.picture();
    }
    throw new IllegalStateException("A photograph of the build cannot be decoded");
  }

  private static byte[] photograph(int number) throws IOException {
    String name = "/photographs/sample" + number + ".jpg";
    try (InputStream in = Scene.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("The demo photographs are not on the class path: " + name);
      }
      return in.readAllBytes();
    }
  }

  private static byte[] cut(BufferedImage photograph, FaceBox box) throws IOException {
    double scale = FACE_SHARE * HEIGHT / box.height();
    BufferedImage frame = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = frame.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.translate(WIDTH / 2.0, HEIGHT / 2.0);
    graphics.scale(scale, scale);
    graphics.translate(-box.centreX(), -box.centreY());
    graphics.drawImage(photograph, 0, 0, null);
    graphics.dispose();
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    ImageIO.write(frame, "jpeg", jpeg);
    return jpeg.toByteArray();
  }
}
