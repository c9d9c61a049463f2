package io.github.facelock.test.camera;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** What can be done to a frame. All frames are 8-bit RGB. */
final class Frames {

  private static final float JPEG_QUALITY = 0.92f;

  private Frames() {}

  static BufferedImage decode(byte[] encoded) {
    try {
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(encoded));
      if (image == null) {
        throw new IllegalArgumentException("The camera can change JPEG and PNG pictures only");
      }
      return draw(
          image.getWidth(), image.getHeight(), Color.BLACK, g -> g.drawImage(image, 0, 0, null));
    } catch (IOException e) {
      throw new UncheckedIOException("The camera cannot decode a picture", e);
    }
  }

  static byte[] encode(BufferedImage image) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(JPEG_QUALITY);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), param);
    } catch (IOException e) {
      throw new UncheckedIOException("The camera cannot encode a picture", e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  static BufferedImage plain(int width, int height, int grey) {
    return draw(width, height, new Color(grey, grey, grey), g -> {});
  }

  static BufferedImage scaleLight(BufferedImage image, double light) {
    return mapChannels(image, value -> (int) Math.round(value * light));
  }

  static BufferedImage noise(BufferedImage image, double sigma, SplittableRandom random) {
    return mapChannels(image, value -> (int) Math.round(value + sigma * random.nextGaussian()));
  }

  /** A box blur, twice: once along each axis; pixels beyond the edge repeat the edge. */
  static BufferedImage blur(BufferedImage image, int radius) {
    if (radius < 1) {
      throw new IllegalArgumentException("A blur has a radius of at least 1 pixel");
    }
    return blurAlong(blurAlong(image, radius, 1, 0), radius, 0, 1);
  }

  private static BufferedImage blurAlong(BufferedImage image, int radius, int dx, int dy) {
    int width = image.getWidth();
    int height = image.getHeight();
    int count = 2 * radius + 1;
    BufferedImage blurred = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int red = 0;
        int green = 0;
        int blue = 0;
        for (int step = -radius; step <= radius; step++) {
          int rgb =
              image.getRGB(
                  Math.max(0, Math.min(width - 1, x + step * dx)),
                  Math.max(0, Math.min(height - 1, y + step * dy)));
          red += (rgb >> 16) & 0xff;
          green += (rgb >> 8) & 0xff;
          blue += rgb & 0xff;
        }
        blurred.setRGB(x, y, ((red / count) << 16) | ((green / count) << 8) | (blue / count));
      }
    }
    return blurred;
  }

  static BufferedImage shift(BufferedImage image, int dx, int dy) {
    // The picture itself lies beneath, so that the edge does not turn black.
    return draw(
        image.getWidth(),
        image.getHeight(),
        Color.BLACK,
        g -> {
          g.drawImage(image, 0, 0, null);
          g.drawImage(image, dx, dy, null);
        });
  }

  static BufferedImage mirror(BufferedImage image) {
    int width = image.getWidth();
    return draw(
        width,
        image.getHeight(),
        Color.BLACK,
        g -> g.drawImage(image, width, 0, -width, image.getHeight(), null));
  }

  static BufferedImage sideBySide(BufferedImage left, BufferedImage right) {
    int height = left.getHeight();
    int rightWidth = Math.max(1, right.getWidth() * height / right.getHeight());
    return draw(
        left.getWidth() + rightWidth,
        height,
        Color.BLACK,
        g -> {
          g.drawImage(left, 0, 0, null);
          g.drawImage(right, left.getWidth(), 0, rightWidth, height, null);
        });
  }

  static BufferedImage pasteSmall(BufferedImage image, double share) {
    int width = image.getWidth();
    int height = image.getHeight();
    int smallWidth = Math.max(1, (int) Math.round(width * share));
    int smallHeight = Math.max(1, (int) Math.round(height * share));
    return draw(
        width,
        height,
        Color.GRAY,
        g ->
            g.drawImage(
                image,
                (width - smallWidth) / 2,
                (height - smallHeight) / 2,
                smallWidth,
                smallHeight,
                null));
  }

  private static BufferedImage mapChannels(BufferedImage image, IntUnaryOperator change) {
    BufferedImage changed =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int rgb = image.getRGB(x, y);
        int red = clamp(change.applyAsInt((rgb >> 16) & 0xff));
        int green = clamp(change.applyAsInt((rgb >> 8) & 0xff));
        int blue = clamp(change.applyAsInt(rgb & 0xff));
        changed.setRGB(x, y, (red << 16) | (green << 8) | blue);
      }
    }
    return changed;
  }

  private static int clamp(int value) {
    return Math.max(0, Math.min(255, value));
  }

  private static BufferedImage draw(int width, int height, Color ground, Drawing drawing) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
      graphics.setColor(ground);
      graphics.fillRect(0, 0, width, height);
      drawing.on(graphics);
    } finally {
      graphics.dispose();
    }
    return image;
  }

  @FunctionalInterface
  private interface Drawing {
    void on(Graphics2D graphics);
  }
}
