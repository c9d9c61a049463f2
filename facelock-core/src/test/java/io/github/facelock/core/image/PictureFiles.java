package io.github.facelock.core.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Makes the files that the decoder's tests need, well-formed and not. */
final class PictureFiles {

  private PictureFiles() {}

  /** Four quarters: red, green / blue, white. */
  static BufferedImage quarters(int width, int height, int type) {
    BufferedImage image = new BufferedImage(width, height, type);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        boolean right = x >= width / 2;
        boolean low = y >= height / 2;
        image.setRGB(x, y, low ? (right ? 0xFFFFFF : 0x0000FF) : (right ? 0x00FF00 : 0xFF0000));
      }
    }
    return image;
  }

  static byte[] jpeg(BufferedImage image, boolean progressive) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (ByteArrayOutputStream out = new ByteArrayOutputStream();
        MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      if (progressive) {
        param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      }
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, null), param);
      stream.flush();
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
  }

  static byte[] jpeg(int width, int height) {
    return jpeg(quarters(width, height, BufferedImage.TYPE_INT_RGB), false);
  }

  /** A four-component JPEG, as scanners and printers make them. */
  static byte[] fourComponents(int width, int height) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (ByteArrayOutputStream out = new ByteArrayOutputStream();
        MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      BufferedImage image =
          ImageTypeSpecifier.createInterleaved(
                  java.awt.color.ColorSpace.getInstance(java.awt.color.ColorSpace.CS_sRGB),
                  new int[] {0, 1, 2, 3},
                  0,
                  true,
                  false)
              .createBufferedImage(width, height);
      writer.setOutput(stream);
      writer.write(
          null, new IIOImage(image.getRaster(), null, null), writer.getDefaultWriteParam());
      stream.flush();
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
  }

  /** Puts a segment directly behind a JPEG's start of image. */
  static byte[] withSegment(byte[] jpeg, int marker, byte[] data) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(jpeg, 0, 2);
    out.write(0xFF);
    out.write(marker);
    out.write((data.length + 2) >> 8);
    out.write(data.length + 2);
    out.writeBytes(data);
    out.write(jpeg, 2, jpeg.length - 2);
    return out.toByteArray();
  }

  static byte[] exif(int orientation, boolean little) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("Exif\0\0".getBytes(StandardCharsets.ISO_8859_1));
    out.writeBytes(tiff(orientation, little));
    return out.toByteArray();
  }

  static byte[] tiff(int orientation, boolean little) {
    byte[] big = {
      'M',
      'M',
      0,
      42,
      0,
      0,
      0,
      8,
      0,
      1,
      1,
      0x12,
      0,
      3,
      0,
      0,
      0,
      1,
      0,
      (byte) orientation,
      0,
      0,
      0,
      0,
      0,
      0
    };
    byte[] small = {
      'I',
      'I',
      42,
      0,
      8,
      0,
      0,
      0,
      1,
      0,
      0x12,
      1,
      3,
      0,
      1,
      0,
      0,
      0,
      (byte) orientation,
      0,
      0,
      0,
      0,
      0,
      0,
      0
    };
    return little ? small : big;
  }

  /** A JPEG that consists of a frame header only. */
  static byte[] promisingJpeg(int width, int height) {
    return new byte[] {
      (byte) 0xFF,
      (byte) 0xD8,
      (byte) 0xFF,
      (byte) 0xC0,
      0,
      11,
      8,
      (byte) (height >> 8),
      (byte) height,
      (byte) (width >> 8),
      (byte) width,
      1,
      1,
      0x11,
      0,
      (byte) 0xFF,
      (byte) 0xD9
    };
  }

  /** Writes a PNG chunk by chunk. */
  static final class Png {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Png(int width, int height, int bits, int colourType, int interlace) {
      out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
      ByteArrayOutputStream header = new ByteArrayOutputStream();
      i32(header, width);
      i32(header, height);
      header.writeBytes(new byte[] {(byte) bits, (byte) colourType, 0, 0, (byte) interlace});
      chunk("IHDR", header.toByteArray());
    }

    Png chunk(String type, byte[] data) {
      byte[] name = type.getBytes(StandardCharsets.ISO_8859_1);
      CRC32 crc = new CRC32();
      crc.update(name);
      crc.update(data);
      i32(out, data.length);
      out.writeBytes(name);
      out.writeBytes(data);
      i32(out, (int) crc.getValue());
      return this;
    }

    byte[] end(byte[] rows) {
      return chunk("IDAT", deflate(rows)).chunk("IEND", new byte[0]).bytes();
    }

    byte[] bytes() {
      return out.toByteArray();
    }

    private static void i32(ByteArrayOutputStream to, int value) {
      to.write(value >> 24);
      to.write(value >> 16);
      to.write(value >> 8);
      to.write(value);
    }
  }

  /** Unfiltered rows that repeat one pixel of whole bytes. */
  static byte[] rows(int width, int height, int... pixel) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int y = 0; y < height; y++) {
      out.write(0);
      for (int x = 0; x < width; x++) {
        for (int value : pixel) {
          out.write(value);
        }
      }
    }
    return out.toByteArray();
  }

  static byte[] png(int width, int height, int... rgb) {
    return new Png(width, height, 8, 2, 0).end(rows(width, height, rgb));
  }

  static byte[] png(BufferedImage image) {
    try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      ImageIO.write(image, "png", out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] other(String format) {
    try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      int type =
          format.equals("wbmp") ? BufferedImage.TYPE_BYTE_BINARY : BufferedImage.TYPE_INT_RGB;
      if (!ImageIO.write(new BufferedImage(40, 40, type), format, out)) {
        throw new IllegalArgumentException("No writer for " + format);
      }
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] deflate(byte[] data) {
    Deflater deflater = new Deflater(9);
    deflater.setInput(data);
    deflater.finish();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] room = new byte[8192];
    while (!deflater.finished()) {
      out.write(room, 0, deflater.deflate(room));
    }
    deflater.end();
    return out.toByteArray();
  }

  /** Recomputes the checksums of a PNG's chunks, as far as the chunks can be walked. */
  static byte[] mendChecksums(byte[] file) {
    java.nio.ByteBuffer png = java.nio.ByteBuffer.wrap(file.clone());
    int at = 8;
    while (PngScan.matches(file) && at + 12 <= file.length) {
      long length = png.getInt(at) & 0xFFFF_FFFFL;
      if (length > file.length - at - 12) {
        break;
      }
      CRC32 crc = new CRC32();
      crc.update(png.array(), at + 4, (int) length + 4);
      png.putInt(at + 8 + (int) length, (int) crc.getValue());
      at += 12 + (int) length;
    }
    return png.array();
  }
}
