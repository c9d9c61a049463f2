package io.github.facelock.core.liveness;

import java.util.List;
import java.util.Optional;

/**
 * Tells one unbroken recording of one face from a still picture, a loop, a cut, and a change of the
 * face.
 */
final class Continuity {

  /** Limits of jumps hold for this time; frames further apart may differ by more. */
  private static final double PAIR_MS = 200;

  /** Turned this far, a template says little; see the documentation for the figures. */
  private static final double REFERENCE_YAW = 20;

  private final List<FrameSignals> frames;
  private final LivenessThresholds thresholds;

  Continuity(List<FrameSignals> frames, LivenessThresholds thresholds) {
    this.frames = frames;
    this.thresholds = thresholds;
  }

  /** The first sign of an attack, if there is one. */
  Optional<String> fault() {
    if (stillShare() > thresholds.stillShare()) {
      return Optional.of("still-picture");
    }
    // One may be chance: two pictures that are white, for example.
    if (frames.stream().filter(f -> f.repeats() > 1).count() > 1) {
      return Optional.of("looped");
    }
    if (largestJump() > 1) {
      return Optional.of("jump");
    }
    return anotherFace() ? Optional.of("another-face") : Optional.empty();
  }

  /** Share of frames that equal the one before. */
  double stillShare() {
    return frames.size() < 2
        ? 0
        : (double) frames.stream().filter(f -> f.repeats() == 1).count() / (frames.size() - 1);
  }

  /** Largest change of size or place from frame to frame, in units of what is allowed. */
  double largestJump() {
    double largest = 0;
    for (int i = 1; i < frames.size(); i++) {
      FrameSignals a = frames.get(i - 1);
      FrameSignals b = frames.get(i);
      double time = Math.max(1, (b.ms() - a.ms()) / PAIR_MS);
      double size = Math.abs(Math.log(b.shape().size() / a.shape().size()));
      double place =
          Math.hypot(
                  b.shape().centreX() - a.shape().centreX(),
                  b.shape().centreY() - a.shape().centreY())
              / eyes(Math.min(a.shape().size(), b.shape().size()));
      largest =
          Math.max(
              largest,
              Math.max(size / thresholds.jumpSize(), place / thresholds.jumpPlace()) / time);
    }
    return largest;
  }

  /** The diagonal of eye distance and axis is about 1.45 eye distances. */
  private static double eyes(double size) {
    return size / 1.45;
  }

  double leastIdentity() {
    return frames.stream()
        .mapToDouble(FrameSignals::identity)
        .filter(i -> !Double.isNaN(i))
        .min()
        .orElse(1);
  }

  /** Whether neighbours that looked different were not compared: nobody knows who they show. */
  boolean incomplete() {
    return frames.stream().anyMatch(f -> Double.isNaN(f.identity()));
  }

  double leastReference() {
    return frames.stream()
        .filter(f -> Math.abs(f.yaw()) <= REFERENCE_YAW)
        .mapToDouble(FrameSignals::reference)
        .filter(r -> !Double.isNaN(r))
        .min()
        .orElse(1);
  }

  /**
   * One bad frame (a hand, blur) is allowed: it differs from the one before and the one after, and
   * these are alike. Anything else that differs stays different.
   */
  private boolean anotherFace() {
    int bad = 0;
    int last = -2;
    for (int i = 1; i < frames.size(); i++) {
      if (frames.get(i).identity() < thresholds.sameNeighbour()) {
        bad++;
        if (bad > 2 || (bad == 2 && last != i - 1)) {
          return true;
        }
        last = i;
      }
    }
    if (bad == 1 && last < frames.size() - 1) {
      return true;
    }
    return frames.stream()
            .filter(f -> Math.abs(f.yaw()) <= REFERENCE_YAW)
            .filter(f -> f.reference() < thresholds.sameReference())
            .count()
        > 1;
  }
}
