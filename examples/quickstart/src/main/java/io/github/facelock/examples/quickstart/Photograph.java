package io.github.facelock.examples.quickstart;

import io.github.facelock.api.face.CapturedFrame;
import io.github.facelock.api.face.Picture;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.RescaleOp;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** What a telephone's camera, 480 × 640 pixels, would have seen of the demo photographs. */
final class Photograph {

  private static final int WIDTH = 480;
  private static final int HEIGHT = 640;

  private static final int BLUR = 16;

  private final BufferedImage image;

  private Photograph(BufferedImage image) {
    this.image = image;
  }

  /**
   * Points the camera at one face of a demo photograph.
   *
   * @param name of the file
   * @param face where the face is, in the file's pixels
   * @return the view, 2.2 times as high as the face
   */
  static Photograph of(String name, Rectangle face) {
    BufferedImage whole = read("photographs/" + name);
    int height = (int) (face.height * 2.2);
    int width = height * WIDTH / HEIGHT;
    Rectangle part =
        new Rectangle(
            (int) face.getCenterX() - width / 2,
            (int) face.getCenterY() - height / 2,
            width,
            height);
    Rectangle within = part.intersection(new Rectangle(whole.getWidth(), whole.getHeight()));
    BufferedImage seen = whole.getSubimage(within.x, within.y, within.width, within.height);
    return new Photograph(scaled(seen, WIDTH, HEIGHT));
  }

  private static BufferedImage read(String resource) {
    try (InputStream in = Photograph.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(
            resource + " is missing: run this example by the command in README.md");
      }
      return ImageIO.read(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An empty room. */
  static Photograph ofNobody() {
    BufferedImage wall = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = wall.createGraphics();
    g.setPaint(
        new java.awt.GradientPaint(0, 0, new Color(205, 200, 190), WIDTH, HEIGHT, Color.GRAY));
    g.fillRect(0, 0, WIDTH, HEIGHT);
    g.setColor(new Color(120, 80, 50));
    g.fillRect(WIDTH / 3, HEIGHT / 3, WIDTH / 4, HEIGHT * 2 / 3);
    g.dispose();
    return new Photograph(wall);
  }

  /** The same with the telephone held at a slant. */
  Photograph turned(double degrees) {
    BufferedImage turned = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = turned.createGraphics();
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    g.rotate(Math.toRadians(degrees), WIDTH / 2.0, HEIGHT / 2.0);
    g.drawImage(image, 0, 0, null);
    g.dispose();
    return new Photograph(turned);
  }

  /** The same in bad light. */
  Photograph dark() {
    BufferedImage dark =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
    new RescaleOp(0.05f, 0, null).filter(image, dark);
    return new Photograph(dark);
  }

  /** The same out of focus: only every sixteenth pixel is kept. */
  Photograph blurred() {
    int width = image.getWidth();
    int height = image.getHeight();
    BufferedImage coarse = scaled(image, width / BLUR, height / BLUR);
    return new Photograph(scaled(coarse, width, height));
  }

  /** Two people before the camera. */
  Photograph beside(Photograph other) {
    int width = image.getWidth();
    int height = image.getHeight();
    BufferedImage both = new BufferedImage(2 * width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = both.createGraphics();
    g.drawImage(image, 0, 0, null);
    g.drawImage(other.image, width, 0, null);
    g.dispose();
    return new Photograph(both);
  }

  /** What a camera sent, to be changed. */
  static Photograph of(CapturedFrame frame) {
    try {
      return new Photograph(ImageIO.read(new ByteArrayInputStream(frame.encoded())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The pixels. */
  Picture pixels() {
    Picture.Builder picture = Picture.builder(image.getWidth(), image.getHeight());
    byte[] rgb = picture.pixels();
    for (int i = 0; i < rgb.length / 3; i++) {
      int colour = image.getRGB(i % image.getWidth(), i / image.getWidth());
      rgb[3 * i] = (byte) (colour >> 16);
      rgb[3 * i + 1] = (byte) (colour >> 8);
      rgb[3 * i + 2] = (byte) colour;
    }
    return picture.build();
  }

  private static BufferedImage scaled(BufferedImage from, int width, int height) {
    BufferedImage to = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    // The same factor in both directions: a stretched face is another face.
    double factor = Math.max((double) width / from.getWidth(), (double) height / from.getHeight());
    int w = (int) Math.round(from.getWidth() * factor);
    int h = (int) Math.round(from.getHeight() * factor);
    Graphics2D g = to.createGraphics();
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    g.drawImage(from, (width - w) / 2, (height - h) / 2, w, h, null);
    g.dispose();
    return to;
  }

  /** The JPEG file that the camera sends. */
  byte[] jpeg() {
    try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      ImageIO.write(image, "jpeg", out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
