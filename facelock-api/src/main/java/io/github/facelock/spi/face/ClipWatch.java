package io.github.facelock.spi.face;

import io.github.facelock.api.face.LivenessVerdict;
import io.github.facelock.api.face.ObservedFace;
import java.time.Duration;

/**
 * Watches one clip, frame by frame in the order of their times, and then judges it. A frame's
 * picture is given up when the call returns: who watches keeps numbers, or a few small crops, so
 * that a clip needs little memory however long it is. For one thread.
 */
public interface ClipWatch {

  /**
   * Takes the next frame with exactly one face that can be judged.
   *
   * @param face the face in its frame; times increase
   */
  void see(ObservedFace face);

  /**
   * Takes the next frame without a face that can be judged.
   *
   * @param at time since the capture began
   * @param faces how many faces there were: 0, or 2 for several
   */
  void miss(Duration at, int faces);

  /**
   * Judges what was seen; called once, after the last frame.
   *
   * @return the verdict
   */
  LivenessVerdict verdict();
}
