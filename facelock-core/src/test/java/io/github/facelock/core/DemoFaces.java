package io.github.facelock.core;

import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/**
 * Single people, cut out of the demo photographs as a camera of 480 × 640 pixels would see them.
 */
final class DemoFaces {

  private DemoFaces() {}

  /** A woman of sample6. */
  static byte[] bea() {
    return view("sample6.jpg", new Rectangle(252, 484, 214, 276));
  }

  /** Another woman of sample6. */
  static byte[] dora() {
    return view("sample6.jpg", new Rectangle(1487, 264, 209, 289));
  }

  /** Two of four women. */
  static byte[] two() {
    return view("sample6.jpg", new Rectangle(450, 300, 600, 620));
  }

  private static byte[] view(String photograph, Rectangle face) {
    try (InputStream in =
            DemoFaces.class.getClassLoader().getResourceAsStream("photographs/" + photograph);
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
