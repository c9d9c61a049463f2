package io.github.facelock.core.liveness;

import java.util.ArrayList;
import java.util.List;

/**
 * The signals of a clip's frames in the order of their times, and how many frames had none. Not
 * thread-safe.
 */
final class Track {

  private final List<FrameSignals> frames = new ArrayList<>();
  private final ScreenCues screen = new ScreenCues();
  private int without;
  private int several;
  private long longestGap;
  private long last = -1;

  void add(FrameSignals frame) {
    note(frame.ms());
    frames.add(frame);
  }

  void miss(long ms, int faces) {
    note(ms);
    if (faces > 1) {
      several++;
    } else {
      without++;
    }
  }

  private void note(long ms) {
    if (last >= 0) {
      longestGap = Math.max(longestGap, ms - last);
    }
    last = ms;
  }

  List<FrameSignals> frames() {
    return List.copyOf(frames);
  }

  /** What speaks for a screen or a sheet. */
  ScreenCues screen() {
    return screen;
  }

  int without() {
    return without;
  }

  int several() {
    return several;
  }

  int all() {
    return frames.size() + without + several;
  }

  long longestGap() {
    return longestGap;
  }
}
