package io.github.facelock.core.liveness;

import java.util.List;

/**
 * Finds blinks: both eyes narrow much below the same person's open eyes and open again. The
 * landmarks must say so, and the eye estimator too where it knows this person's open eyes as open
 * (it takes narrow eyes and glasses for closed ones).
 */
final class Blinks {

  /** Height of a closed eye over that of the same eye open. */
  private static final double CLOSED = 0.72;

  private static final double CLEARLY_CLOSED = 0.60;
  private static final double REOPENED = 0.82;
  private static final double SEEN_OPEN = 0.5;
  private static final double SEEN_CLOSED = 0.35;

  private Blinks() {}

  /** Whether a blink lies between two frames; a clip does not begin or end with it. */
  static boolean between(List<FrameSignals> frames, Baseline baseline, int from, int to) {
    boolean openBefore = false;
    boolean closed = false;
    for (FrameSignals frame : frames.subList(from, to)) {
      double height = frame.shape().eyeAspect() / Math.max(1e-6, baseline.eyeAspect());
      if (height >= REOPENED) {
        if (closed) {
          return true;
        }
        openBefore = true;
      }
      boolean seen =
          baseline.openness() >= SEEN_OPEN
              ? height <= CLOSED && frame.openness() <= SEEN_CLOSED
              : height <= CLEARLY_CLOSED;
      closed |= openBefore && seen;
    }
    return false;
  }
}
