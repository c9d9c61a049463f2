package io.github.facelock.core.image;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.face.Picture;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Pixels by the Java runtime's own JPEG and PNG readers; plug-ins that an application registered
 * are not used. No disk cache.
 */
final class ImageIoPixels implements PixelSource {

  private final ImageReaderSpi jpeg = find("jpeg");
  private final ImageReaderSpi png = find("png");

  private static ImageReaderSpi find(String format) {
    Iterator<ImageReaderSpi> readers =
        IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, true);
    while (readers.hasNext()) {
      ImageReaderSpi reader = readers.next();
      boolean own = "java.desktop".equals(reader.getClass().getModule().getName());
      if (own && Arrays.asList(reader.getFormatNames()).contains(format)) {
        return reader;
      }
    }
    throw new FaceLockException(
        "This Java runtime has no "
            + format
            + " reader. Use one with the complete module java.desktop, or plug in another pixel"
            + " source");
  }

  @Override
  public Optional<Picture> read(PictureFile file) {
    try {
      ImageReader reader =
          (file.format() == PictureFile.Format.JPEG ? jpeg : png).createReaderInstance();
      try (ImageInputStream in =
          new MemoryCacheImageInputStream(new ByteArrayInputStream(file.bytes()))) {
        reader.setInput(in, true, true);
        if (reader.getWidth(0) != file.width() || reader.getHeight(0) != file.height()) {
          return Optional.empty();
        }
        return Optional.of(toPicture(reader.read(0)));
      } finally {
        reader.dispose();
      }
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Picture toPicture(BufferedImage image) {
    Picture.Builder builder = Picture.builder(image.getWidth(), image.getHeight());
    byte[] rgb = builder.pixels();
    Raster raster = image.getRaster();
    ColorModel colours = image.getColorModel();
    if (colours instanceof IndexColorModel palette) {
      copyPalette(raster, palette, rgb);
    } else if (raster.getNumBands() == 3
        && raster.getDataBuffer() instanceof DataBufferByte data
        && raster.getSampleModel() instanceof PixelInterleavedSampleModel layout
        && data.getNumBanks() == 1) {
      copyInterleaved(raster, layout, data, rgb);
    } else {
      copySamples(raster, rgb);
    }
    return builder.build();
  }

  /** The layout of nearly all pictures. */
  private static void copyInterleaved(
      Raster raster, PixelInterleavedSampleModel layout, DataBufferByte data, byte[] rgb) {
    byte[] from = data.getData();
    int red = layout.getBandOffsets()[0];
    int green = layout.getBandOffsets()[1];
    int blue = layout.getBandOffsets()[2];
    int step = layout.getPixelStride();
    int row = 3 * raster.getWidth();
    int t = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      int s = data.getOffset() + y * layout.getScanlineStride();
      for (int end = t + row; t < end; t += 3, s += step) {
        rgb[t] = from[s + red];
        rgb[t + 1] = from[s + green];
        rgb[t + 2] = from[s + blue];
      }
    }
  }

  private static void copyPalette(Raster raster, IndexColorModel palette, byte[] rgb) {
    int[] row = new int[raster.getWidth()];
    int t = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getSamples(0, y, row.length, 1, 0, row);
      for (int index : row) {
        // An index beyond the palette is damage; black keeps the rest readable.
        int argb = index < palette.getMapSize() ? palette.getRGB(index) : 0xFF000000;
        int alpha = argb >>> 24;
        rgb[t++] = overWhite(argb >> 16 & 0xFF, alpha);
        rgb[t++] = overWhite(argb >> 8 & 0xFF, alpha);
        rgb[t++] = overWhite(argb & 0xFF, alpha);
      }
    }
  }

  /**
   * Grey, alpha and 16 bits. The samples are taken as they are: asking the image for its RGB would
   * pass grey through a linear colour space and brighten it.
   */
  private static void copySamples(Raster raster, byte[] rgb) {
    int bands = raster.getNumBands();
    int shift = raster.getSampleModel().getDataType() == DataBuffer.TYPE_USHORT ? 8 : 0;
    boolean grey = bands <= 2;
    boolean transparent = bands == 2 || bands == 4;
    int[] row = new int[raster.getWidth() * bands];
    int t = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(0, y, raster.getWidth(), 1, row);
      for (int s = 0; s < row.length; s += bands) {
        int alpha = transparent ? row[s + bands - 1] >> shift : 255;
        rgb[t++] = overWhite(row[s] >> shift, alpha);
        rgb[t++] = overWhite(row[grey ? s : s + 1] >> shift, alpha);
        rgb[t++] = overWhite(row[grey ? s : s + 2] >> shift, alpha);
      }
    }
  }

  private static byte overWhite(int value, int alpha) {
    return (byte) ((value * alpha + 255 * (255 - alpha) + 127) / 255);
  }
}
