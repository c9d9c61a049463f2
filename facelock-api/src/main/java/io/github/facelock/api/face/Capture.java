package io.github.facelock.api.face;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What the camera saw during one step: one or more frames in the order of their times. Immutable.
 */
public final class Capture {

  /** The largest number of frames; twelve seconds at 25 per second. */
  public static final int MAX_FRAMES = 300;

  private final List<CapturedFrame> frames;

  private Capture(List<CapturedFrame> frames) {
    requireCount(frames.size());
    this.frames = List.copyOf(frames);
  }

  private static void requireCount(int frames) {
    if (frames < 1 || frames > MAX_FRAMES) {
      throw new IllegalArgumentException(
          "A capture has 1 to " + MAX_FRAMES + " frames, not " + frames);
    }
  }

  /**
   * Joins frames. Their times are not judged here: a client may send anything, and the face step
   * answers with guidance.
   *
   * @param frames 1 to {@value #MAX_FRAMES} frames
   * @return the capture
   * @throws IllegalArgumentException if there are too few or too many frames
   */
  public static Capture of(List<CapturedFrame> frames) {
    return new Capture(frames);
  }

  /**
   * A capture from JPEG or PNG files, taken to be a tenth of a second apart.
   *
   * @param images the files' bytes, 1 to {@value #MAX_FRAMES}
   * @return the capture
   * @throws IllegalArgumentException if there are too few or too many
   */
  public static Capture ofImages(List<byte[]> images) {
    // Before anything is copied: a client chooses how many there are.
    requireCount(images.size());
    List<CapturedFrame> frames = new ArrayList<>();
    for (byte[] image : images) {
      frames.add(CapturedFrame.encoded(Duration.ofMillis(100L * frames.size()), image));
    }
    return new Capture(frames);
  }

  /**
   * A capture of a single picture.
   *
   * @param image the bytes of a JPEG or PNG file
   * @return the capture
   */
  public static Capture ofImage(byte[] image) {
    return ofImages(List.of(image));
  }

  /**
   * Shows the frames.
   *
   * @return at least one
   */
  public List<CapturedFrame> frames() {
    return frames;
  }

  @Override
  public String toString() {
    return "Capture[" + frames.size() + " frames]";
  }
}
