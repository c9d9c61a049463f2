package io.github.facelock.core.face;

import io.github.facelock.api.face.CapturedFrame;
import io.github.facelock.api.face.LivenessChallenge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Chooses the frames of a clip that are looked at, before any is decoded. A client may state any
 * times, so they only serve to refuse: what is out of order, too short, too long or too sparse has
 * no frames here. A clip cannot be longer than the server waited for it, either.
 */
final class ClipTimes {

  /** Clocks of clients and cameras run a little differently. */
  private static final double TOLERANCE = 0.15;

  private ClipTimes() {}

  /**
   * Chooses.
   *
   * @param frames as the client sent them
   * @param waited from issue to answer, by the server's clock
   * @return at most {@value LivenessChallenge#MAX_FPS} for a second; none if the clip is unusable
   */
  static List<CapturedFrame> choose(List<CapturedFrame> frames, Duration waited) {
    for (int i = 1; i < frames.size(); i++) {
      if (frames.get(i).at().compareTo(frames.get(i - 1).at()) <= 0) {
        return List.of();
      }
    }
    Duration length = frames.get(frames.size() - 1).at().minus(frames.get(0).at());
    double ms = length.toMillis();
    if (ms < LivenessChallenge.MIN_CLIP.toMillis() * (1 - TOLERANCE)
        || ms > LivenessChallenge.MAX_CLIP.toMillis() * (1 + TOLERANCE)
        || ms > waited.toMillis() * (1 + TOLERANCE) + 250) {
      return List.of();
    }
    long apart = (long) (1000.0 / LivenessChallenge.MAX_FPS * (1 - TOLERANCE));
    List<CapturedFrame> chosen = new ArrayList<>();
    for (CapturedFrame frame : frames) {
      if (chosen.isEmpty()
          || frame.at().minus(chosen.get(chosen.size() - 1).at()).toMillis() >= apart) {
        chosen.add(frame);
      }
    }
    double perSecond = (chosen.size() - 1) / (ms / 1000);
    return perSecond < LivenessChallenge.MIN_FPS * (1 - TOLERANCE) ? List.of() : chosen;
  }
}
