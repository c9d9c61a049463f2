package io.github.facelock.api.policy;

/**
 * When a step is asked for. A condition is looked at when the login begins, and again before each
 * later step and before the grant; on the way it only ever becomes stricter, so that a step that
 * was asked for once is never dropped.
 */
public enum StepCondition {
  /** In every login. */
  ALWAYS,
  /** If a risk rule asked for more. */
  WHEN_RISK,
  /** Unless the request comes from a device that the subject trusts and no risk rule objects. */
  UNLESS_TRUSTED_DEVICE
}
