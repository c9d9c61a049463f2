package io.github.facelock.api.admin;

/** Why an administrative request was refused. */
public enum Refusal {
  /** The actor is unknown or suspended, or has no role for this; which one is not told. */
  NOT_PERMITTED,
  /** There is no such subject. */
  UNKNOWN_SUBJECT,
  /** There is a subject of this name already. */
  NAME_TAKEN,
  /** Nobody would be left who may administer. */
  LAST_ADMIN,
  /** There is an administrator already, who alone may make others. */
  ADMIN_EXISTS
}
