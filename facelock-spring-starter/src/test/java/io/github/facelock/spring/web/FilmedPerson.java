package io.github.facelock.spring.web;

import io.github.facelock.api.face.Capture;
import io.github.facelock.api.face.CapturedFrame;
import io.github.facelock.api.face.LivenessChallenge;
import io.github.facelock.api.face.Picture;
import io.github.facelock.core.onnx.OnnxModels;
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
import java.util.Objects;
import javax.imageio.ImageIO;

/** Somebody of the demo photographs, simulated before a camera of seven frames per second. */
public final class FilmedPerson {

  private static final int WIDTH = 480;
  private static final int HEIGHT = 640;

  private final BufferedImage view;

  private FilmedPerson(BufferedImage view) {
    this.view = view;
  }

  /** The face in a rectangle of a photograph. */
  public static FilmedPerson of(String name, Rectangle face) {
    try (InputStream in =
        FilmedPerson.class.getClassLoader().getResourceAsStream("photographs/" + name)) {
      BufferedImage whole = ImageIO.read(Objects.requireNonNull(in, name));
      double factor = HEIGHT / (face.height * 2.2);
      BufferedImage view = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
      Graphics2D g = view.createGraphics();
      g.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
      g.translate(WIDTH / 2.0, HEIGHT / 2.0);
      g.scale(factor, factor);
      g.translate(-face.getCenterX(), -face.getCenterY());
      g.drawImage(whole, 0, 0, null);
      g.dispose();
      return new FilmedPerson(view);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A photograph of the person. */
  public byte[] jpeg() {
    try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      ImageIO.write(view, "jpeg", out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the camera sees while the person does what is asked. */
  public Capture film(LivenessChallenge challenge) {
    Picture.Builder picture = Picture.builder(WIDTH, HEIGHT);
    byte[] rgb = picture.pixels();
    for (int i = 0; i < rgb.length / 3; i++) {
      int colour = view.getRGB(i % WIDTH, i / WIDTH);
      rgb[3 * i] = (byte) (colour >> 16);
      rgb[3 * i + 1] = (byte) (colour >> 8);
      rgb[3 * i + 2] = (byte) colour;
    }
    try (OnnxModels models = OnnxModels.bundled()) {
      Portrait portrait =
          Portrait.of(
              picture.build(), models.detector(), models.steadyLandmarker(), models.headPose());
      Performance answer =
          Performance.of(challenge, new Performance.Manner(30, 22, 1.65, 470, 1.2, 0.7), 1);
      Person person = Person.of(portrait, answer.motion()).litBy(ScreenLight.of(challenge));
      return SimulatedCamera.standard().framesPerSecond(7).film(person, answer.seconds());
    }
  }

  /** The frames' files. */
  public static List<byte[]> files(Capture clip) {
    return clip.frames().stream().map(CapturedFrame::encoded).toList();
  }

  /** The frames' times in milliseconds. */
  public static List<Long> times(Capture clip) {
    return clip.frames().stream().map(frame -> frame.at().toMillis()).toList();
  }
}
