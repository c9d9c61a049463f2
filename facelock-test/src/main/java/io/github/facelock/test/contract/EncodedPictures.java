package io.github.facelock.test.contract;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Picture files, good and bad, to hand to a decoder. */
final class EncodedPictures {

  static final int WIDTH = 320;
  static final int HEIGHT = 240;

  private EncodedPictures() {}

  /** A red top left quarter, green top right, blue bottom left, white bottom right. */
  static BufferedImage quarters(int type) {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, type);
    Graphics2D graphics = image.createGraphics();
    int w = WIDTH / 2;
    int h = HEIGHT / 2;
    graphics.setColor(Color.RED);
    graphics.fillRect(0, 0, w, h);
    graphics.setColor(Color.GREEN);
    graphics.fillRect(w, 0, w, h);
    graphics.setColor(Color.BLUE);
    graphics.fillRect(0, h, w, h);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(w, h, w, h);
    graphics.dispose();
    return image;
  }

  static byte[] encode(BufferedImage image, String format) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, bytes)) {
        throw new IllegalArgumentException("This Java cannot write " + format);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static byte[] jpeg() {
    return encode(quarters(BufferedImage.TYPE_INT_RGB), "jpeg");
  }

  static byte[] png() {
    return encode(quarters(BufferedImage.TYPE_INT_RGB), "png");
  }

  /** A JPEG file with an EXIF orientation of 1 to 8 (EXIF 2.32, tag 0x0112). */
  static byte[] jpegWithOrientation(int orientation) {
    byte[] jpeg = jpeg();
    ByteBuffer exif = ByteBuffer.allocate(36);
    exif.putShort((short) 0xffe1).putShort((short) 34);
    exif.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
    exif.put("MM\0*".getBytes(StandardCharsets.US_ASCII)).putInt(8).putShort((short) 1);
    exif.putShort((short) 0x0112).putShort((short) 3).putInt(1);
    exif.putShort((short) orientation).putShort((short) 0).putInt(0);
    return ByteBuffer.allocate(jpeg.length + exif.capacity())
        .put(jpeg, 0, 2)
        .put(exif.array())
        .put(jpeg, 2, jpeg.length - 2)
        .array();
  }

  /** A small PNG file whose header (ISO/IEC 15948, IHDR) promises many pixels. */
  static byte[] pngPromising(int width, int height) {
    byte[] png = png();
    ByteBuffer buffer = ByteBuffer.wrap(png);
    buffer.putInt(16, width).putInt(20, height);
    CRC32 crc = new CRC32();
    crc.update(png, 12, 17);
    buffer.putInt(29, (int) crc.getValue());
    return png;
  }

  /** A small JPEG file whose frame header (ITU-T T.81, B.2.2) promises many pixels. */
  static byte[] jpegPromising(int width, int height) {
    byte[] jpeg = jpeg();
    ByteBuffer buffer = ByteBuffer.wrap(jpeg);
    int at = 2;
    while ((jpeg[at + 1] & 0xff) != 0xc0) {
      at += 2 + (buffer.getShort(at + 2) & 0xffff);
    }
    buffer.putShort(at + 5, (short) height).putShort(at + 7, (short) width);
    return jpeg;
  }
}
