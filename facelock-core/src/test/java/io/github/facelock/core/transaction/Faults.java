package io.github.facelock.core.transaction;

import io.github.facelock.api.FaceLockException;

/** Lets one part of the infrastructure fail. */
final class Faults {

  enum Place {
    SUBJECTS,
    PUT,
    TAKE,
    AUDIT,
    CHARGE,
    REFUND,
    SUCCEEDED,
    START,
    RESTART,
    RENEW,
    VERIFY,
    PROOF,
    RISK,
    DEVICE,
    WATCH,
    ALERT,
    LEARN
  }

  private Place place;
  private int left;
  private boolean ours;
  private boolean error;
  private int fired;

  /** The next calls at a place fail. */
  void arm(Place place, int times, boolean ours) {
    this.place = place;
    this.left = times;
    this.ours = ours;
    this.error = false;
    this.fired = 0;
  }

  /** The next calls at a place end in an error of the platform. */
  void armWithError(Place place, int times) {
    arm(place, times, false);
    error = true;
  }

  /** Heals everything; tells how often something failed. */
  int disarm() {
    int count = fired;
    place = null;
    fired = 0;
    return count;
  }

  void pass(Place here) {
    if (here != place || left == 0) {
      return;
    }
    left--;
    fired++;
    if (error) {
      throw new UnsatisfiedLinkError("no native library");
    }
    if (ours) {
      throw new FaceLockException.Store("The store is away; start it");
    }
    throw new NumberFormatException("For input string: \"hunter2\"");
  }
}
