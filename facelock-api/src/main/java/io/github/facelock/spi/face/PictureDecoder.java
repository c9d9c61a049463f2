package io.github.facelock.spi.face;

import io.github.facelock.api.face.Picture;
import java.util.Objects;

/**
 * Decodes pictures from people who cannot be trusted. Thread-safe.
 *
 * <p><strong>Security guarantees.</strong> The dimensions are read and judged before any pixel is
 * decoded; time and memory are bounded by the limits; no content leads to an exception.
 */
@FunctionalInterface
public interface PictureDecoder {

  /**
   * Decodes a JPEG or PNG file, and turns it upright as its EXIF orientation says.
   *
   * @param encoded the file's bytes
   * @return the picture, or why there is none
   */
  Decoded decode(byte[] encoded);

  /** What became of a file. */
  sealed interface Decoded {

    /**
     * It is a picture.
     *
     * @param picture its pixels
     */
    record Usable(Picture picture) implements Decoded {
      /** Refuses null. */
      public Usable {
        Objects.requireNonNull(picture, "picture");
      }
    }

    /**
     * It is none, or is too large.
     *
     * @param cause a stable code for the audit trail
     */
    record Unusable(Cause cause) implements Decoded {
      /** Refuses null. */
      public Unusable {
        Objects.requireNonNull(cause, "cause");
      }
    }
  }

  /** Why a file cannot be used. */
  enum Cause {
    /** No bytes. */
    EMPTY,
    /** More bytes than allowed. */
    TOO_MANY_BYTES,
    /** Neither JPEG nor PNG. */
    UNKNOWN_FORMAT,
    /** The header promises more pixels than allowed. */
    TOO_MANY_PIXELS,
    /** Too small to hold a face. */
    TOO_FEW_PIXELS,
    /** Cut off, damaged, or of a kind that the decoder does not know. */
    CORRUPT
  }
}
