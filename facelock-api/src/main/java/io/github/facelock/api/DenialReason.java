package io.github.facelock.api;

/** Why a login ended, as coarsely as the person in front of it may know. */
public enum DenialReason {
  /** The answers did not prove the claim within the allowed tries. */
  NOT_VERIFIED,
  /** No answer could be judged within the allowed tries (no face, blurred pictures). */
  NOT_ACQUIRED,
  /** The handle is unknown, spent or too old: begin again. */
  EXPIRED,
  /** The answer does not belong to the step: begin again. */
  MISMATCHED_RESPONSE,
  /** A part of the system does not work now; trying later may succeed. */
  UNAVAILABLE
}
