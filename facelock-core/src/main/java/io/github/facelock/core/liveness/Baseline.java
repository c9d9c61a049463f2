package io.github.facelock.core.liveness;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The person's own frontal frames: every head, camera and estimator has its own zero. The median of
 * the {@value #FRAMES} frames that look most frontal, of which three are needed.
 *
 * @param yaw in degrees
 * @param pitch in degrees
 * @param noseLine see {@link FaceShape}
 * @param noseAlong see {@link FaceShape}
 * @param outlineLine see {@link FaceShape}
 * @param breadth see {@link FaceShape}
 * @param eyeAspect of the open eyes
 * @param openness of the open eyes
 * @param size of the face as the clip begins, see {@link FaceShape}
 * @param inner of the face as the clip begins, see {@link FaceShape}
 */
record Baseline(
    double yaw,
    double pitch,
    double noseLine,
    double noseAlong,
    double outlineLine,
    double breadth,
    double eyeAspect,
    double openness,
    double size,
    double inner) {

  static final int FRAMES = 5;

  private static final int LEAST = 3;
  private static final double FRONTAL_YAW = 12;
  private static final double FRONTAL_NOSE = 0.15;

  /** A head at rest moves this much up and down, in degrees. */
  private static final double RESTING_PITCH = 6;

  /** Degrees that a unit of the nose line is worth when frames are ordered. */
  private static final double NOSE_WEIGHT = 60;

  /** The share of frames in which eyes are taken to be open; a blink is short. */
  private static final double OPEN_QUANTILE = 0.6;

  static Optional<Baseline> of(List<FrameSignals> frames) {
    List<FrameSignals> unturned =
        frames.stream()
            .filter(f -> Math.abs(f.yaw()) <= FRONTAL_YAW)
            .filter(f -> Math.abs(f.shape().noseLine()) <= FRONTAL_NOSE)
            .toList();
    if (unturned.size() < LEAST) {
      return Optional.empty();
    }
    // Nobody's pitch has its zero at 0: a head that nods is unturned, but not for most of the time.
    double rest = median(unturned, FrameSignals::pitch);
    List<FrameSignals> frontal =
        unturned.stream()
            .sorted(
                Comparator.comparingDouble(
                    f -> deviation(f) + Math.max(0, Math.abs(f.pitch() - rest) - RESTING_PITCH)))
            .limit(FRAMES)
            .toList();
    List<FrameSignals> first = frames.subList(0, Math.min(FRAMES, frames.size()));
    return Optional.of(
        new Baseline(
            median(frontal, FrameSignals::yaw),
            median(frontal, FrameSignals::pitch),
            median(frontal, f -> f.shape().noseLine()),
            median(frontal, f -> f.shape().noseAlong()),
            median(frontal, f -> f.shape().outlineLine()),
            median(frontal, f -> f.shape().breadth()),
            quantile(frames, f -> f.shape().eyeAspect(), OPEN_QUANTILE),
            quantile(frames, FrameSignals::openness, OPEN_QUANTILE),
            median(first, f -> f.shape().size()),
            median(first, f -> f.shape().inner())));
  }

  private static double deviation(FrameSignals frame) {
    return Math.abs(frame.yaw()) + NOSE_WEIGHT * Math.abs(frame.shape().noseLine());
  }

  static double median(List<FrameSignals> frames, ToDoubleFunction<FrameSignals> value) {
    return quantile(frames, value, 0.5);
  }

  private static double quantile(
      List<FrameSignals> frames, ToDoubleFunction<FrameSignals> value, double share) {
    double[] sorted = frames.stream().mapToDouble(value).toArray();
    Arrays.sort(sorted);
    return sorted[(int) Math.min(sorted.length - 1L, Math.round(share * (sorted.length - 1)))];
  }

  double turned(FrameSignals frame) {
    return frame.yaw() - yaw;
  }

  double nodded(FrameSignals frame) {
    return frame.pitch() - pitch;
  }

  double noseMoved(FrameSignals frame) {
    return frame.shape().noseLine() - noseLine;
  }

  double noseSlid(FrameSignals frame) {
    return frame.shape().noseAlong() - noseAlong;
  }

  double outlineMoved(FrameSignals frame) {
    return frame.shape().outlineLine() - outlineLine;
  }

  double grown(FrameSignals frame) {
    return frame.shape().size() / size;
  }

  /**
   * Apparent depth D of the nose in a turn: how far it moved across, over the sine of the angle by
   * which the face narrowed. A plane that is tilted narrows, too, but its nose stays.
   */
  double depth(FrameSignals frame) {
    double fore = Math.min(1, frame.shape().breadth() / breadth);
    return Math.abs(noseMoved(frame)) / Math.max(0.25, Math.sqrt(1 - fore * fore));
  }

  /** The same in a nod, in which the axis shortens instead of the eyes' distance. */
  double nodDepth(FrameSignals frame) {
    double fore = Math.min(1, breadth / frame.shape().breadth());
    return Math.abs(noseSlid(frame)) / Math.max(0.25, Math.sqrt(1 - fore * fore));
  }
}
