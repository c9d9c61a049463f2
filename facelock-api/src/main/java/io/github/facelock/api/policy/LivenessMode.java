package io.github.facelock.api.policy;

/**
 * How a face step tells a person from a photograph, a screen or a recording (ISO/IEC 30107-3:
 * presentation attack detection). {@link #ACTIVE} unless a policy says otherwise.
 */
public enum LivenessMode {
  /**
   * Nothing tells a photograph from a person. For tests, for enrolment that somebody watches, and
   * where another system has judged the capture.
   */
  NONE,
  /**
   * Single pictures are judged by the configured detectors. Weak: no passive model that was
   * measured for this library is a gate.
   */
  PASSIVE,
  /**
   * The server draws a random challenge, and the frames must show it done by a head that has depth.
   */
  ACTIVE,
  /**
   * As {@link #ACTIVE}, and a turned face that a bent sheet of paper could show is not accepted.
   */
  ACTIVE_STRICT;

  /**
   * Tells whether the person is asked to do something.
   *
   * @return whether a challenge is drawn
   */
  public boolean challenges() {
    return this == ACTIVE || this == ACTIVE_STRICT;
  }
}
