package io.github.facelock.core.opencv;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.face.Picture;
import io.github.facelock.core.image.PictureFile;
import io.github.facelock.core.image.PixelSource;
import java.util.Optional;

/**
 * Decodes JPEG and PNG by OpenCV (libjpeg-turbo, libpng), several times faster than ImageIO.
 * Thread-safe.
 *
 * <p>It neither judges the dimensions nor turns the picture as EXIF says: {@link
 * io.github.facelock.core.image.SafePictureDecoder} does both around it. Like the default source it
 * lays transparency over white, takes a single transparent colour as opaque, and cuts 16-bit
 * samples to their upper eight bits.
 */
public final class OpenCvPixelSource implements PixelSource {

  // Whatever names a class of JavaCV lies in another class, so that this one links without it.

  /**
   * Loads OpenCV.
   *
   * @throws FaceLockException.NativeLibrary if OpenCV is missing or does not load
   */
  public OpenCvPixelSource() {
    OpenCv.require();
  }

  @Override
  public Optional<Picture> read(PictureFile file) {
    return ImageDecoding.decode(file.bytes());
  }
}
