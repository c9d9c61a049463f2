package io.github.facelock.api.presence;

/** Why a session of presence ended. */
public enum PresenceEnd {
  /** Nobody was seen for too long. */
  ABSENT,
  /** Another face took over. */
  REPLACED,
  /** Somebody was there for too long whose face could not be recognised. */
  UNPROVEN,
  /** The application ended it. */
  STOPPED
}
