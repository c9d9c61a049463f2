package io.github.facelock.test.contract;

import io.github.facelock.api.face.Picture;
import io.github.facelock.spi.face.PictureDecoder;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.stream.ImageInputStream;

/** ImageIO with the checks that the contract asks for. */
class SimplePictureDecoder implements PictureDecoder {

  @Override
  public Decoded decode(byte[] encoded) {
    if (encoded.length == 0) {
      return new Decoded.Unusable(Cause.EMPTY);
    }
    if (encoded.length >= 1 << 24) {
      return new Decoded.Unusable(Cause.TOO_MANY_BYTES);
    }
    boolean jpeg = encoded.length > 1 && (encoded[0] & 0xff) == 0xff && (encoded[1] & 0xff) == 0xd8;
    boolean png = encoded.length > 3 && (encoded[0] & 0xff) == 0x89 && encoded[1] == 'P';
    if (!jpeg && !png) {
      return new Decoded.Unusable(Cause.UNKNOWN_FORMAT);
    }
    try {
      return read(encoded, jpeg ? "jpeg" : "png");
    } catch (IOException | RuntimeException e) {
      return new Decoded.Unusable(Cause.CORRUPT);
    }
  }

  Decoded read(byte[] encoded, String format) throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
    ImageReader reader = readers.next();
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(encoded))) {
      reader.setInput(in, true, true);
      long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
      if (pixels > mostPixels()) {
        return new Decoded.Unusable(Cause.TOO_MANY_PIXELS);
      }
      if (pixels < 400) {
        return new Decoded.Unusable(Cause.TOO_FEW_PIXELS);
      }
      AtomicBoolean damaged = new AtomicBoolean();
      IIOReadWarningListener listener = (source, warning) -> damaged.set(true);
      reader.addIIOReadWarningListener(listener);
      BufferedImage image = reader.read(0);
      return damaged.get()
          ? new Decoded.Unusable(Cause.CORRUPT)
          : new Decoded.Usable(upright(image, orientation(encoded)));
    } finally {
      reader.dispose();
    }
  }

  long mostPixels() {
    return 10_000_000;
  }

  /** Reads only what {@link EncodedPictures#jpegWithOrientation} writes. */
  int orientation(byte[] encoded) {
    boolean exif = encoded.length > 40 && (encoded[3] & 0xff) == 0xe1 && encoded[6] == 'E';
    return exif ? encoded[31] : 1;
  }

  private static Picture upright(BufferedImage image, int orientation) {
    int w = image.getWidth();
    int h = image.getHeight();
    boolean turned = orientation > 4;
    Picture.Builder picture = Picture.builder(turned ? h : w, turned ? w : h);
    byte[] rgb = picture.pixels();
    int at = 0;
    for (int y = 0; y < (turned ? w : h); y++) {
      for (int x = 0; x < (turned ? h : w); x++) {
        int sx = turned ? y : x;
        int sy = turned ? x : y;
        boolean flipX =
            orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
        boolean flipY =
            orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
        int pixel = image.getRGB(flipX ? w - 1 - sx : sx, flipY ? h - 1 - sy : sy);
        rgb[at++] = (byte) (pixel >> 16);
        rgb[at++] = (byte) (pixel >> 8);
        rgb[at++] = (byte) pixel;
      }
    }
    return picture.build();
  }
}
