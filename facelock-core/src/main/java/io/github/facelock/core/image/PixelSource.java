package io.github.facelock.core.image;

import io.github.facelock.api.face.Picture;
import java.util.Optional;

/**
 * Turns a judged file into pixels; the seam by which a faster decoder is plugged in behind the same
 * guard. Thread-safe.
 */
@FunctionalInterface
public interface PixelSource {

  /**
   * Decodes the pixels as they lie in the file.
   *
   * @param file judged; without an EXIF block, so nothing is to be turned
   * @return a picture of the promised size, with transparency laid over white; empty if the file is
   *     damaged. A {@link RuntimeException} counts as damaged too, except a {@link
   *     io.github.facelock.api.FaceLockException}, which passes
   */
  Optional<Picture> read(PictureFile file);
}
