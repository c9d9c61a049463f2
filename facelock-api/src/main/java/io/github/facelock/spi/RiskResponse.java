package io.github.facelock.spi;

/** What follows from a sign of risk. Each sign is in the audit trail, whatever follows from it. */
public enum RiskResponse {
  /** Somebody is told. */
  ALERT,
  /**
   * The policy's steps {@link io.github.facelock.api.policy.StepCondition#WHEN_RISK} are asked for,
   * and no trusted device leaves out a step.
   */
  ADD_STEP,
  /**
   * Nobody gets in: the login is led like an unknown subject's, so that it does not show what was
   * noticed.
   */
  DENY
}
