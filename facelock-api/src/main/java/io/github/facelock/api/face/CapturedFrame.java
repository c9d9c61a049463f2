package io.github.facelock.api.face;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * One frame as it came from a camera or a client: encoded and not yet looked at, or decoded by a
 * capture device. Immutable.
 */
public final class CapturedFrame {

  private final Duration at;
  private final byte[] encoded;
  private final Optional<Picture> picture;

  private CapturedFrame(Duration at, byte[] encoded, Optional<Picture> picture) {
    this.at = Objects.requireNonNull(at, "at");
    if (at.isNegative()) {
      throw new IllegalArgumentException("A frame's time counts from the capture's begin");
    }
    this.encoded = encoded;
    this.picture = picture;
  }

  /**
   * A frame that is still encoded.
   *
   * @param at time since the capture began, not negative
   * @param encoded a JPEG or PNG file's bytes; copied; any content is accepted here and judged
   *     later
   * @return the frame
   */
  public static CapturedFrame encoded(Duration at, byte[] encoded) {
    return new CapturedFrame(at, encoded.clone(), Optional.empty());
  }

  /**
   * A frame that a device decoded.
   *
   * @param at time since the capture began, not negative
   * @param picture the pixels
   * @return the frame
   */
  public static CapturedFrame decoded(Duration at, Picture picture) {
    return new CapturedFrame(at, new byte[0], Optional.of(picture));
  }

  /**
   * Tells when it was taken.
   *
   * @return time since the capture began
   */
  public Duration at() {
    return at;
  }

  /**
   * Shows the file's bytes.
   *
   * @return a copy; empty for a decoded frame
   */
  public byte[] encoded() {
    return encoded.clone();
  }

  /**
   * Tells the file's size without copying it.
   *
   * @return the number of encoded bytes; 0 for a decoded frame
   */
  public int encodedLength() {
    return encoded.length;
  }

  /**
   * Shows the pixels of a decoded frame.
   *
   * @return the pixels, if the frame came decoded
   */
  public Optional<Picture> picture() {
    return picture;
  }

  /** Frames show people, so they print their size only. */
  @Override
  public String toString() {
    return "CapturedFrame[at=%s, %s]"
        .formatted(at, picture.map(Picture::toString).orElse(encoded.length + " bytes"));
  }
}
