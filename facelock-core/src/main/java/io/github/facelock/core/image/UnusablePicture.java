package io.github.facelock.core.image;

import io.github.facelock.spi.face.PictureDecoder.Cause;

/** Carries a refusal out of the scanners; never leaves this package. */
final class UnusablePicture extends Exception {

  private static final long serialVersionUID = 1L;

  private final Cause reason;

  UnusablePicture(Cause reason) {
    // No message and no stack trace: strangers decide how often this happens.
    super(null, null, false, false);
    this.reason = reason;
  }

  Cause reason() {
    return reason;
  }
}
