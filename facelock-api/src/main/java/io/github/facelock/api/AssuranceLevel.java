package io.github.facelock.api;

/**
 * How much a login proves, in the terms of NIST SP 800-63B-4. FaceLock never claims AAL3, which
 * asks for a hardware authenticator that resists verifier impersonation.
 */
public enum AssuranceLevel {
  /** One kind of factor was shown. */
  AAL1,
  /** At least two different kinds of factor were shown. */
  AAL2
}
