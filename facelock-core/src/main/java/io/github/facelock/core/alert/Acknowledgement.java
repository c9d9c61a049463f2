package io.github.facelock.core.alert;

/** What became of an attempt to acknowledge an alert. */
public enum Acknowledgement {
  /** The escalation is over. */
  ACKNOWLEDGED,
  /** Somebody was faster; the escalation was over already. */
  ALREADY,
  /** The link has expired. */
  EXPIRED,
  /** There is no such alert, or the token was not issued here. */
  UNKNOWN
}
