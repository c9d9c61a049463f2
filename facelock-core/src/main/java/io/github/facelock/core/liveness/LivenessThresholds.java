package io.github.facelock.core.liveness;

import java.util.Objects;

/**
 * Where each signal separates a person from an attack. Every signal has its own threshold; they are
 * joined by AND, so each can veto. The documentation ("Liveness") says on which clips each was
 * chosen, and how many people of these it refuses (BPCER).
 *
 * <p>Angles are in degrees, times in milliseconds, sizes in pixels; differences are those from the
 * person's own frontal frames of the same clip.
 *
 * @param minFace height of the face's box; smaller is not judged, because the pose estimator is
 *     random there
 * @param turnYaw difference of the pose estimator's yaw that makes a turn
 * @param turnNoseLine difference of the landmarks' nose line that makes a turn, on the same side
 * @param turnDepth apparent depth D of the nose in a turn; a sheet of paper does not reach it
 * @param nodPitch difference of pitch that makes a nod
 * @param nodNose difference of the nose's place along the face that makes a nod, of the matching
 *     sign
 * @param nodDepth apparent depth of the nose in a nod
 * @param closer growth of the face that makes an approach
 * @param runFrames consecutive frames that an action must last
 * @param flatYaw difference of yaw that, in a run without a change of the nose line, tells a tilted
 *     picture
 * @param sheetAttack strict mode: correlation of the turned face with the frontal one after the
 *     best quadratic warp, from which on it is a sheet whatever the landmarks say
 * @param sheetDoubt strict mode: correlation from which on the relief must be clear
 * @param relief strict mode: least relief of a turned face, the move of its outline against the
 *     nose and half the depth D; below it is flat whatever the pixels say
 * @param clearRelief strict mode: least relief of a face that a sheet would explain
 * @param perspective least change of inner face to outline when a face comes closer; in strict mode
 *     for every approach, else only where an approach is the challenge's only evidence of depth
 * @param approachRelief strict mode: relief of a turned face from which on an approach without
 *     perspective is no veto
 * @param colours correlation of the skin's colour with the colours that the server drew
 * @param jumpSize largest growth or shrinking between frames, natural logarithm
 * @param jumpPlace largest move between frames, in eye distances
 * @param sameNeighbour least similarity (cosine) of neighbouring frames that look different
 * @param sameReference least similarity of a frontal frame to the first one
 * @param stillShare largest share of frames that equal the one before
 * @param maxGlare largest share of overexposed skin in a frame that counts for an action
 * @param screen cues of a screen or a sheet; a veto in strict mode, noted only otherwise
 */
public record LivenessThresholds(
    double minFace,
    double turnYaw,
    double turnNoseLine,
    double turnDepth,
    double nodPitch,
    double nodNose,
    double nodDepth,
    double closer,
    int runFrames,
    double flatYaw,
    double sheetAttack,
    double sheetDoubt,
    double relief,
    double clearRelief,
    double perspective,
    double approachRelief,
    double colours,
    double jumpSize,
    double jumpPlace,
    double sameNeighbour,
    double sameReference,
    double stillShare,
    double maxGlare,
    ScreenThresholds screen) {

  /**
   * Checks that every threshold is a number that means something.
   *
   * @throws IllegalArgumentException if one is not
   */
  public LivenessThresholds {
    Objects.requireNonNull(screen, "screen");
    double[] positive = {
      minFace,
      turnYaw,
      turnNoseLine,
      turnDepth,
      nodPitch,
      nodNose,
      nodDepth,
      flatYaw,
      sheetAttack,
      sheetDoubt,
      relief,
      clearRelief,
      approachRelief,
      jumpSize,
      jumpPlace,
      stillShare,
      maxGlare
    };
    for (double value : positive) {
      // Also refuses NaN, with which no comparison would ever veto.
      if (!(value > 0) || Double.isInfinite(value)) {
        throw new IllegalArgumentException("A liveness threshold is a positive number");
      }
    }
    double[] finite = {perspective, colours, sameNeighbour, sameReference};
    for (double value : finite) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("A liveness threshold is a number");
      }
    }
    if (!(closer > 1) || runFrames < 1 || sheetDoubt > sheetAttack || relief > clearRelief) {
      throw new IllegalArgumentException(
          "An approach is a growth, a run has a frame, and doubt comes before certainty");
    }
  }

  /**
   * The measured thresholds.
   *
   * @return the usual thresholds
   */
  public static LivenessThresholds ofDefaults() {
    return new LivenessThresholds(
        80,
        18,
        0.12,
        0.30,
        12,
        0.10,
        0.30,
        1.35,
        3,
        20,
        0.985,
        0.92,
        0.44,
        0.50,
        0.012,
        0.55,
        0.60,
        0.28,
        1.30,
        0.40,
        0.40,
        0.60,
        0.20,
        ScreenThresholds.ofDefaults());
  }
}
