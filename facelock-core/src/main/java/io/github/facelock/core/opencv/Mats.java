package io.github.facelock.core.opencv;

import io.github.facelock.api.face.Picture;
import java.nio.ByteBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/** Copies pixels between OpenCV's matrices and pictures. */
final class Mats {

  /** The largest frame that a camera may send; a 4K camera has half as many. */
  static final long MAX_PIXELS = 1L << 24;

  private Mats() {}

  /**
   * Copies a picture.
   *
   * @param picture the pixels
   * @return a matrix of 8-bit RGB in native memory, which the caller releases
   */
  static Mat ofPicture(Picture picture) {
    Mat mat = new Mat(picture.height(), picture.width(), opencv_core.CV_8UC3);
    ByteBuffer into = mat.createBuffer();
    into.put(picture.pixels());
    return mat;
  }

  /**
   * Copies a matrix.
   *
   * @param rgb 8-bit, three channels, in the order red, green, blue; rows may be padded
   * @return the picture
   * @throws IllegalArgumentException if the matrix has another form or no pixels
   */
  static Picture toPicture(Mat rgb) {
    if (rgb.type() != opencv_core.CV_8UC3 || rgb.dims() != 2) {
      throw new IllegalArgumentException("The matrix does not hold 8-bit RGB");
    }
    int width = rgb.cols();
    int height = rgb.rows();
    Picture.Builder picture = Picture.builder(width, height);
    // The data pointer is a view that does not own memory; rgb stays referenced until the end.
    try (BytePointer data = rgb.data()) {
      if (rgb.isContinuous()) {
        data.get(picture.pixels());
      } else {
        for (int row = 0; row < height; row++) {
          data.position(row * rgb.step(0)).get(picture.pixels(), row * width * 3, width * 3);
        }
      }
    }
    return picture.build();
  }
}
