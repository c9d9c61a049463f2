package io.github.facelock.api.admin;

/** What a subject may do in the administration. A subject may have several roles, or none. */
public enum Role {
  /** Everything. */
  ADMIN,
  /** Unlock, suspend and reactivate subjects, and read the audit trail. */
  OPERATOR,
  /** Only what concerns the subject itself. */
  USER
}
