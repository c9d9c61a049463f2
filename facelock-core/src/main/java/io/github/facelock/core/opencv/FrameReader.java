package io.github.facelock.core.opencv;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.face.Picture;
import java.time.Duration;

/** One opened camera or file. Used and closed by a single thread. */
interface FrameReader extends AutoCloseable {

  /** Opens a camera or file. */
  @FunctionalInterface
  interface Opener {
    /**
     * Opens it; may take long.
     *
     * @return the opened reader
     * @throws FaceLockException if it cannot be opened; the message names cause and cure
     */
    FrameReader open();
  }

  /**
   * Goes on to the next frame; may take long.
   *
   * @return false at the end of a file, or when a camera gives no more frames
   */
  boolean advance();

  /**
   * Copies the frame that {@link #advance()} reached.
   *
   * @return the pixels
   * @throws FaceLockException.Camera if the frame is too large or of an unknown form
   */
  Picture picture();

  /**
   * Tells where in the file the frame lies.
   *
   * @return the frame's own time; zero for cameras
   */
  Duration position();

  @Override
  void close();
}
