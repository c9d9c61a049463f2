package io.github.facelock.core.image;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.face.Picture;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writes pictures as baseline JPEG files (ITU-T T.81) without metadata. Stateless. */
public final class JpegWriter {

  private static final float QUALITY = 0.85f;

  private JpegWriter() {}

  /**
   * Writes a picture.
   *
   * @param picture the pixels
   * @param longerSide the most pixels of its longer side, at least 1; a larger picture is made
   *     smaller, a smaller one stays as it is
   * @return the file's bytes
   * @throws FaceLockException if this Java runtime has no JPEG writer
   */
  public static byte[] encode(Picture picture, int longerSide) {
    BufferedImage image = scaled(image(picture), longerSide);
    Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName("jpeg");
    if (!writers.hasNext()) {
      throw new FaceLockException(
          "This Java runtime has no JPEG writer; use one with the module java.desktop");
    }
    ImageWriter writer = writers.next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    // In memory: ImageIO would otherwise put the picture into a file of its cache folder.
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam how = writer.getDefaultWriteParam();
      how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      how.setCompressionQuality(QUALITY);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), how);
    } catch (IOException e) {
      throw new FaceLockException("A picture could not be written as JPEG", e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static BufferedImage image(Picture picture) {
    int width = picture.width();
    BufferedImage image = new BufferedImage(width, picture.height(), BufferedImage.TYPE_INT_RGB);
    ByteBuffer pixels = picture.pixels();
    int[] row = new int[width];
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < width; x++) {
        int red = Byte.toUnsignedInt(pixels.get());
        int green = Byte.toUnsignedInt(pixels.get());
        row[x] = (red << 16) | (green << 8) | Byte.toUnsignedInt(pixels.get());
      }
      image.setRGB(0, y, width, 1, row, 0, width);
    }
    return image;
  }

  private static BufferedImage scaled(BufferedImage image, int longerSide) {
    int longer = Math.max(image.getWidth(), image.getHeight());
    if (longer <= longerSide) {
      return image;
    }
    double factor = (double) longerSide / longer;
    int width = Math.max(1, (int) Math.round(image.getWidth() * factor));
    int height = Math.max(1, (int) Math.round(image.getHeight() * factor));
    BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = small.createGraphics();
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    g.drawImage(image, 0, 0, width, height, null);
    g.dispose();
    return small;
  }
}
