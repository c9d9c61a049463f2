package io.github.facelock.spi.face;

import io.github.facelock.api.SubjectId;
import io.github.facelock.api.face.Capture;

/** Tells whether a capture shows a subject who has logged in before. Thread-safe. */
@FunctionalInterface
public interface FaceRecogniser {

  /**
   * Looks at a capture.
   *
   * @param subject who should be there
   * @param capture one frame or a few of one moment
   * @return who is there
   */
  Sighting look(SubjectId subject, Capture capture);

  /** Who is there. */
  enum Sighting {
    /** The subject. */
    SUBJECT,
    /** A face that is clearly another one. */
    SOMEBODY_ELSE,
    /** Somebody, but one cannot tell who. */
    UNCLEAR,
    /** Nobody. */
    NOBODY
  }
}
