package io.github.facelock.api.enrolment;

/** Whether a new password or PIN is accepted (NIST SP 800-63B-4, section 3.1.1.2). */
public enum PasswordVerdict {
  /** It was stored. */
  ACCEPTED,
  /** It is shorter than the minimum. */
  TOO_SHORT,
  /** It is longer than {@link io.github.facelock.api.Secret#MAX_LENGTH} allows for this factor. */
  TOO_LONG,
  /** It is on the list of common or breached secrets, or is the subject's own name. */
  COMMON,
  /** A PIN must be digits only. */
  NOT_DIGITS,
  /** The PIN and the PIN for somebody who is forced must differ. */
  SAME_AS_OTHER,
  /** There is no PIN yet that a second one could stand beside. */
  NO_PIN,
  /** The subject does not exist or is suspended. */
  UNKNOWN_SUBJECT
}
