package io.github.facelock.spi.face;

import io.github.facelock.api.face.LivenessChallenge;
import io.github.facelock.api.face.LivenessVerdict;
import io.github.facelock.api.face.ObservedFace;
import io.github.facelock.api.policy.LivenessMode;
import java.util.List;
import java.util.Optional;

/**
 * Tells a person from a photograph, a screen, a recording or a mask (ISO/IEC 30107-3: presentation
 * attack detection). Several detectors are fused by AND: each can veto. Thread-safe.
 *
 * <p>A detector judges single pictures, clips that answer a challenge, or both. One that does not
 * watch clips is asked about the few best frontal frames of a clip instead.
 */
@FunctionalInterface
public interface LivenessDetector {

  /**
   * Judges pictures that answer no challenge.
   *
   * @param faces one face of each usable frame, in the order of their times; at least one
   * @return the verdict
   */
  LivenessVerdict judge(List<ObservedFace> faces);

  /**
   * Begins to watch a clip.
   *
   * @param challenge what the clip must show
   * @param mode how strictly, {@link LivenessMode#ACTIVE} or {@link LivenessMode#ACTIVE_STRICT}
   * @return who watches; empty if this detector judges single pictures only
   */
  default Optional<ClipWatch> watch(LivenessChallenge challenge, LivenessMode mode) {
    return Optional.empty();
  }
}
