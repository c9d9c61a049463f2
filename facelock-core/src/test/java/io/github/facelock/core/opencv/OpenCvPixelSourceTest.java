package io.github.facelock.core.opencv;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.face.Picture;
import io.github.facelock.core.image.DecodeLimits;
import io.github.facelock.core.image.SafePictureDecoder;
import io.github.facelock.spi.face.PictureDecoder;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenCvPixelSourceTest {

  private final SafePictureDecoder guarded =
      new SafePictureDecoder(DecodeLimits.defaults(), new OpenCvPixelSource());

  @Test
  void theGuardTurnsWhatItDecodes() throws IOException {
    byte[] turned = withOrientation(encode(painted(BufferedImage.TYPE_3BYTE_BGR, 128, 96), "jpeg"));

    assertThat(guarded.decode(turned))
        .isInstanceOfSatisfying(
            PictureDecoder.Decoded.Usable.class,
            usable -> assertThat(usable.picture().width()).isEqualTo(96));
  }

  @ParameterizedTest
  @CsvSource({"jpeg, 5", "jpeg, 10", "png, 5", "png, 6", "png, 10", "png, 11", "png, 13"})
  void behindTheGuardItGivesThePixelsOfTheDefaultSource(String format, int type)
      throws IOException {
    byte[] file = encode(painted(type, 161, 97), format);

    ByteBuffer fast = usable(guarded.decode(file)).pixels();
    ByteBuffer usual =
        usable(new SafePictureDecoder(DecodeLimits.defaults()).decode(file)).pixels();

    long sum = 0;
    int samples = usual.remaining();
    while (usual.hasRemaining()) {
      sum += Math.abs((usual.get() & 0xFF) - (fast.get() & 0xFF));
    }
    assertThat((double) sum / samples).isLessThan(format.equals("png") ? 0.01 : 1.0);
  }

  @ParameterizedTest
  @CsvSource({"TYPE_3BYTE_BGR, 5", "TYPE_BYTE_GRAY, 10"})
  void aJpegDecodesAsImageIoDecodesIt(String name, int type) throws IOException {
    byte[] file = encode(painted(type, 161, 97), "jpeg");

    Picture picture = ImageDecoding.decode(file).orElseThrow();

    assertThat(meanDifference(picture, ImageIO.read(new ByteArrayInputStream(file))))
        .as(name)
        .isLessThan(1.0);
  }

  @ParameterizedTest
  @CsvSource({
    "TYPE_3BYTE_BGR, 5",
    "TYPE_BYTE_GRAY, 10",
    "TYPE_4BYTE_ABGR, 6",
    "TYPE_USHORT_GRAY, 11",
    "TYPE_BYTE_INDEXED, 13"
  })
  void aPngDecodesToTheSamePixels(String name, int type) throws IOException {
    byte[] file = encode(painted(type, 161, 97), "png");

    Picture picture = ImageDecoding.decode(file).orElseThrow();

    assertThat(meanDifference(picture, ImageIO.read(new ByteArrayInputStream(file))))
        .as(name)
        .isLessThan(0.01);
  }

  @Test
  void aPngOf16BitColoursWithAlphaKeepsTheUpperBytes() throws IOException {
    WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_USHORT, 40, 30, 4, null);
    SplittableRandom random = new SplittableRandom(7);
    int[] pixel = new int[4];
    for (int y = 0; y < 30; y++) {
      for (int x = 0; x < 40; x++) {
        Arrays.setAll(pixel, i -> random.nextInt(65_536));
        raster.setPixel(x, y, pixel);
      }
    }
    ColorModel model =
        new java.awt.image.ComponentColorModel(
            java.awt.color.ColorSpace.getInstance(java.awt.color.ColorSpace.CS_sRGB),
            true,
            false,
            java.awt.Transparency.TRANSLUCENT,
            DataBuffer.TYPE_USHORT);
    BufferedImage image = new BufferedImage(model, raster, false, null);

    Picture picture = ImageDecoding.decode(encode(image, "png")).orElseThrow();

    assertThat(meanDifference(picture, image)).isLessThan(0.01);
  }

  @Test
  void anExifOrientationIsLeftToTheGuard() throws IOException {
    byte[] jpeg = encode(painted(BufferedImage.TYPE_3BYTE_BGR, 64, 32), "jpeg");

    Picture picture = ImageDecoding.decode(withOrientation(jpeg)).orElseThrow();

    assertThat(picture.width()).isEqualTo(64);
    assertThat(picture.height()).isEqualTo(32);
  }

  @Test
  void aCmykJpegNeverThrows() throws IOException {
    WritableRaster cmyk = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 32, 32, 4, null);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(file)) {
      writer.setOutput(out);
      writer.write(new IIOImage(cmyk, null, null));
    } finally {
      writer.dispose();
    }

    assertThat(ImageDecoding.decode(file.toByteArray()))
        .hasValueSatisfying(picture -> assertThat(picture.width()).isEqualTo(32));
  }

  @Test
  void whatIsNeitherJpegNorPngIsRefused() throws IOException {
    BufferedImage image = painted(BufferedImage.TYPE_3BYTE_BGR, 32, 32);

    assertThat(ImageDecoding.decode(new byte[0])).isEmpty();
    assertThat(ImageDecoding.decode(new byte[] {1, 2, 3})).isEmpty();
    assertThat(ImageDecoding.decode(encode(image, "bmp"))).isEmpty();
    assertThat(ImageDecoding.decode(encode(image, "gif"))).isEmpty();
  }

  @Test
  void damagedFilesNeverThrow() throws IOException {
    SplittableRandom random = new SplittableRandom(11);
    for (String format : new String[] {"jpeg", "png"}) {
      byte[] file = encode(painted(BufferedImage.TYPE_3BYTE_BGR, 48, 48), format);
      for (int i = 0; i < 300; i++) {
        byte[] damaged = Arrays.copyOf(file, random.nextInt(file.length));
        for (int hits = random.nextInt(4); hits > 0 && damaged.length > 40; hits--) {
          // Behind the header, so that the dimensions stay as the guard judged them.
          damaged[40 + random.nextInt(damaged.length - 40)] = (byte) random.nextInt(256);
        }
        assertThat(ImageDecoding.decode(damaged)).as("%s, case %d", format, i).isNotNull();
      }
    }
  }

  @Test
  void twoHundredDecodesLeaveNativeMemoryFlat() throws IOException {
    byte[] file = encode(painted(BufferedImage.TYPE_3BYTE_BGR, 1280, 720), "jpeg");
    for (int i = 0; i < 20; i++) {
      ImageDecoding.decode(file);
    }
    long owned = Pointer.totalBytes();
    long resident = Pointer.physicalBytes();

    for (int i = 0; i < 200; i++) {
      ImageDecoding.decode(file);
    }

    assertThat(Pointer.totalBytes()).isEqualTo(owned);
    // 200 leaked pictures would be 550 MB; the heap's own growth is allowed for.
    assertThat(Pointer.physicalBytes() - resident).isLessThan(300L << 20);
  }

  static BufferedImage painted(int type, int width, int height) {
    BufferedImage image = new BufferedImage(width, height, type);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int red = 255 * x / width;
        int green = 255 * y / height;
        int blue = 128 + (int) (100 * Math.sin((x + y) / 9.0));
        int alpha = (x / 16) % 2 == 0 ? 255 : 40 + 2 * y % 200;
        image.setRGB(x, y, alpha << 24 | red << 16 | green << 8 | blue);
      }
    }
    return image;
  }

  static byte[] encode(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, out)).as("a writer for %s", format).isTrue();
    return out.toByteArray();
  }

  /** Compares with the raw samples, upper bytes, transparency laid over white. */
  private static double meanDifference(Picture picture, BufferedImage image) {
    assertThat(picture.width()).isEqualTo(image.getWidth());
    assertThat(picture.height()).isEqualTo(image.getHeight());
    ByteBuffer pixels = picture.pixels();
    boolean palette = image.getColorModel() instanceof java.awt.image.IndexColorModel;
    int bands = palette ? 4 : image.getRaster().getNumBands();
    int shift = image.getSampleModel().getDataType() == DataBuffer.TYPE_USHORT ? 8 : 0;
    long sum = 0;
    int[] raw = new int[4];
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < picture.width(); x++) {
        if (palette) {
          int argb = image.getRGB(x, y);
          raw = new int[] {argb >> 16 & 255, argb >> 8 & 255, argb & 255, argb >>> 24};
        } else {
          image.getRaster().getPixel(x, y, raw);
        }
        int alpha = bands == 4 ? raw[3] >> shift : 255;
        for (int channel = 0; channel < 3; channel++) {
          int value = raw[bands == 1 ? 0 : channel] >> shift;
          int expected = (value * alpha + 255 * (255 - alpha) + 127) / 255;
          sum += Math.abs(expected - (pixels.get() & 0xFF));
        }
      }
    }
    return sum / (3.0 * picture.width() * picture.height());
  }

  private static Picture usable(PictureDecoder.Decoded decoded) {
    assertThat(decoded).isInstanceOf(PictureDecoder.Decoded.Usable.class);
    return ((PictureDecoder.Decoded.Usable) decoded).picture();
  }

  private static byte[] withOrientation(byte[] jpeg) throws IOException {
    ByteArrayOutputStream turned = new ByteArrayOutputStream();
    turned.write(jpeg, 0, 2);
    turned.write(exifOrientation(6));
    turned.write(jpeg, 2, jpeg.length - 2);
    return turned.toByteArray();
  }

  /** An APP1 segment with one TIFF tag, big-endian: orientation. */
  private static byte[] exifOrientation(int value) {
    ByteBuffer segment = ByteBuffer.allocate(2 + 2 + 6 + 8 + 2 + 12 + 4);
    segment.putShort((short) 0xFFE1).putShort((short) (segment.capacity() - 2));
    segment.put(new byte[] {'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42}).putInt(8);
    segment.putShort((short) 1);
    segment.putShort((short) 0x0112).putShort((short) 3).putInt(1).putShort((short) value);
    return segment.array();
  }
}
