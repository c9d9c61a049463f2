package io.github.facelock.spi.face;

import io.github.facelock.api.face.LivenessVerdict;
import io.github.facelock.api.face.ObservedFace;
import java.util.List;

/**
 * Tells a person from a photograph, a screen, a recording or a mask (ISO/IEC 30107-3: presentation
 * attack detection). Several detectors are fused by AND: each can veto. Thread-safe.
 */
@FunctionalInterface
public interface LivenessDetector {

  /**
   * Judges a capture.
   *
   * @param faces one face of each usable frame, in the order of their times; at least one
   * @return the verdict
   */
  LivenessVerdict judge(List<ObservedFace> faces);
}
