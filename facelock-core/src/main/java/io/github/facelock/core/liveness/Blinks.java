package io.github.facelock.core.liveness;

import java.util.List;

/**
 * Finds blinks: both eyes narrow below the same person's open eyes and open again. Where the eye
 * estimator knows this person's open eyes as open, it must see them closed, too, and then a little
 * narrowing is enough: landmarks of a closed eye stay well apart. It takes narrow eyes and glasses
 * for closed ones; there the landmarks decide alone. A blink counts for no order, so whoever fakes
 * one has gained nothing.
 */
final class Blinks {

  /** Height of a closed eye over that of the same eye open, where both must say so. */
  private static final double NARROWED = 0.90;

  /** The same where the landmarks decide alone. */
  private static final double CLOSED = 0.72;

  private static final double REOPENED = 0.82;
  private static final double SEEN_OPEN = 0.5;

  private Blinks() {}

  /** Whether a blink lies between two frames; a clip does not begin or end with it. */
  static boolean between(List<FrameSignals> frames, Baseline baseline, int from, int to) {
    boolean both = baseline.openness() >= SEEN_OPEN;
    boolean openBefore = false;
    boolean closed = false;
    for (FrameSignals frame : frames.subList(from, to)) {
      double height = frame.shape().eyeAspect() / Math.max(1e-6, baseline.eyeAspect());
      boolean seenClosed = both && frame.openness() < SEEN_OPEN;
      if (!seenClosed && height >= (both ? NARROWED : REOPENED)) {
        if (closed) {
          return true;
        }
        openBefore = true;
      }
      boolean shut = both ? seenClosed && height <= NARROWED : height <= CLOSED;
      closed |= openBefore && shut;
    }
    return false;
  }
}
