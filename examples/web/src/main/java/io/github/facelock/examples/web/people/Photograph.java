package io.github.facelock.examples.web.people;

import io.github.facelock.api.face.Picture;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** A portrait of 480 × 640 pixels, cut from a demo photograph. Immutable. */
public final class Photograph {

  private static final int WIDTH = 480;
  private static final int HEIGHT = 640;

  private final BufferedImage image;

  private Photograph(BufferedImage image) {
    this.image = image;
  }

  static Photograph of(String name, Rectangle face) {
    BufferedImage whole = read("photographs/" + name);
    int height = (int) (face.height * 2.2);
    int width = height * WIDTH / HEIGHT;
    Rectangle view =
        new Rectangle(
            (int) face.getCenterX() - width / 2,
            (int) face.getCenterY() - height / 2,
            width,
            height);
    Rectangle part = view.intersection(new Rectangle(whole.getWidth(), whole.getHeight()));
    // The same factor in both directions: a stretched face is another face.
    double factor = Math.max((double) WIDTH / part.width, (double) HEIGHT / part.height);
    int w = (int) Math.round(part.width * factor);
    int h = (int) Math.round(part.height * factor);
    BufferedImage portrait = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = portrait.createGraphics();
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    g.drawImage(
        whole.getSubimage(part.x, part.y, part.width, part.height),
        (WIDTH - w) / 2,
        (HEIGHT - h) / 2,
        w,
        h,
        null);
    g.dispose();
    return new Photograph(portrait);
  }

  private static BufferedImage read(String resource) {
    try (InputStream in = Photograph.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(
            resource + " is missing: start this example by the command in README.md");
      }
      return ImageIO.read(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Gives the pixels.
   *
   * @return the picture
   */
  public Picture pixels() {
    Picture.Builder picture = Picture.builder(WIDTH, HEIGHT);
    byte[] rgb = picture.pixels();
    for (int i = 0; i < rgb.length / 3; i++) {
      int colour = image.getRGB(i % WIDTH, i / WIDTH);
      rgb[3 * i] = (byte) (colour >> 16);
      rgb[3 * i + 1] = (byte) (colour >> 8);
      rgb[3 * i + 2] = (byte) colour;
    }
    return picture.build();
  }

  /**
   * Gives a file.
   *
   * @return JPEG
   */
  public byte[] jpeg() {
    try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      ImageIO.write(image, "jpeg", out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
