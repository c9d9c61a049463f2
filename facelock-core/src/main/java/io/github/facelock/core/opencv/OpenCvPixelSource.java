package io.github.facelock.core.opencv;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.face.Picture;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Decodes JPEG and PNG by OpenCV (libjpeg-turbo, libpng), several times faster than ImageIO.
 * Thread-safe.
 *
 * <p>It neither judges the dimensions nor turns the picture as EXIF says: the guard around it does
 * both before and after. Transparency is dropped, 16-bit samples are cut to their upper eight bits.
 */
public final class OpenCvPixelSource {

  private static final int FLAGS =
      opencv_imgcodecs.IMREAD_COLOR_RGB | opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION;

  /**
   * Loads OpenCV.
   *
   * @throws FaceLockException.NativeLibrary if OpenCV is missing or does not load
   */
  public OpenCvPixelSource() {
    OpenCv.require();
  }

  /**
   * Decodes the pixels.
   *
   * @param encoded the bytes of a JPEG or PNG file whose dimensions were judged already
   * @return the picture as stored, or nothing when the file is damaged or of another format
   */
  public Optional<Picture> decode(byte[] encoded) {
    if (!isJpegOrPng(encoded)) {
      return Optional.empty();
    }
    // The bytes stay in a named variable: OpenCV's matrix over them does not own them.
    try (PointerScope scope = new PointerScope();
        BytePointer bytes = new BytePointer(encoded);
        Mat file = new Mat(1, encoded.length, opencv_core.CV_8UC1, bytes);
        Mat rgb = opencv_imgcodecs.imdecode(file, FLAGS)) {
      return rgb.empty() ? Optional.empty() : Optional.of(Mats.toPicture(rgb));
    } catch (RuntimeException e) {
      // JavaCPP turns a C++ exception into a bare RuntimeException; its text tells of the file
      // only.
      return Optional.empty();
    }
  }

  /** OpenCV reads a dozen other formats, whose decoders nobody asked for. */
  private static boolean isJpegOrPng(byte[] encoded) {
    return encoded.length > 8
        && ((encoded[0] == (byte) 0xFF && encoded[1] == (byte) 0xD8 && encoded[2] == (byte) 0xFF)
            || (encoded[0] == (byte) 0x89
                && encoded[1] == 'P'
                && encoded[2] == 'N'
                && encoded[3] == 'G'));
  }
}
