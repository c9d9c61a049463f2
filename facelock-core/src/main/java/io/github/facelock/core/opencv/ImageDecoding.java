package io.github.facelock.core.opencv;

import io.github.facelock.api.face.Picture;
import java.nio.ByteBuffer;
import java.nio.ShortBuffer;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/** OpenCV's decoders for JPEG and PNG. */
final class ImageDecoding {

  private static final int PNG_COLOUR_TYPE_AT = 25;
  private static final int PNG_PALETTE = 3;
  private static final int PNG_ALPHA_BIT = 4;

  private ImageDecoding() {}

  /** Decodes a file whose dimensions were judged already; empty if it is damaged. */
  static Optional<Picture> decode(byte[] encoded) {
    boolean png = isPng(encoded);
    // OpenCV reads a dozen other formats, whose decoders nobody asked for.
    if (!png && !isJpeg(encoded)) {
      return Optional.empty();
    }
    int flags =
        png && mayBeTransparent(encoded)
            ? opencv_imgcodecs.IMREAD_UNCHANGED
            : opencv_imgcodecs.IMREAD_COLOR_RGB | opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION;
    // The bytes stay in a named variable: OpenCV's matrix over them does not own them.
    try (BytePointer bytes = new BytePointer(encoded);
        Mat file = new Mat(1, encoded.length, opencv_core.CV_8UC1, bytes);
        Mat pixels = opencv_imgcodecs.imdecode(file, flags)) {
      if (pixels.empty()) {
        return Optional.empty();
      }
      return Optional.of(
          flags == opencv_imgcodecs.IMREAD_UNCHANGED ? overWhite(pixels) : Mats.toPicture(pixels));
    } catch (RuntimeException e) {
      // JavaCPP turns a C++ exception into a bare RuntimeException; its text tells of the file
      // only.
      return Optional.empty();
    }
  }

  /** Lays BGR with alpha, of 8 or 16 bits, over white. */
  private static Picture overWhite(Mat pixels) {
    int channels = pixels.channels();
    Picture.Builder picture = Picture.builder(pixels.cols(), pixels.rows());
    byte[] rgb = picture.pixels();
    int samples = pixels.cols() * pixels.rows() * channels;
    byte[] upper = new byte[samples];
    if (!pixels.isContinuous()) {
      throw new IllegalArgumentException("OpenCV padded the rows of a decoded picture");
    }
    if (pixels.depth() == opencv_core.CV_16U) {
      ShortBuffer wide = pixels.createBuffer();
      for (int i = 0; i < samples; i++) {
        upper[i] = (byte) (wide.get(i) >>> 8);
      }
    } else if (pixels.depth() == opencv_core.CV_8U) {
      ByteBuffer narrow = pixels.createBuffer();
      narrow.get(upper);
    } else {
      throw new IllegalArgumentException("OpenCV decoded a picture of unknown depth");
    }
    boolean grey = channels <= 2;
    boolean alpha = channels == 2 || channels == 4;
    int to = 0;
    for (int from = 0; from < samples; from += channels) {
      int opacity = alpha ? upper[from + channels - 1] & 0xFF : 255;
      rgb[to++] = overWhite(upper[grey ? from : from + 2], opacity);
      rgb[to++] = overWhite(upper[grey ? from : from + 1], opacity);
      rgb[to++] = overWhite(upper[from], opacity);
    }
    return picture.build();
  }

  private static byte overWhite(byte value, int alpha) {
    return (byte) (((value & 0xFF) * alpha + 255 * (255 - alpha) + 127) / 255);
  }

  private static boolean isJpeg(byte[] encoded) {
    return encoded.length > 3
        && encoded[0] == (byte) 0xFF
        && encoded[1] == (byte) 0xD8
        && encoded[2] == (byte) 0xFF;
  }

  private static boolean isPng(byte[] encoded) {
    return encoded.length > PNG_COLOUR_TYPE_AT
        && encoded[0] == (byte) 0x89
        && encoded[1] == 'P'
        && encoded[2] == 'N'
        && encoded[3] == 'G';
  }

  /** Whether the header (ISO/IEC 15948, 11.2.1) announces a palette or an alpha channel. */
  private static boolean mayBeTransparent(byte[] png) {
    int type = png[PNG_COLOUR_TYPE_AT];
    return type == PNG_PALETTE || (type & PNG_ALPHA_BIT) != 0;
  }
}
