package io.github.facelock.benchmarks.pad;

import io.github.facelock.api.face.Capture;
import io.github.facelock.api.face.LivenessChallenge;
import io.github.facelock.api.face.LivenessVerdict;
import io.github.facelock.api.face.Picture;
import io.github.facelock.api.policy.LivenessMode;
import java.util.Optional;

/** Owns what is measured. Its methods may be called by several threads. */
public interface PadStages extends AutoCloseable {

  /**
   * Judges a clip as a login would.
   *
   * @param clip the frames
   * @param challenge what the clip should show
   * @param mode {@link LivenessMode#ACTIVE} or {@link LivenessMode#ACTIVE_STRICT}
   * @return the verdict
   */
  LivenessVerdict clip(Capture clip, LivenessChallenge challenge, LivenessMode mode);

  /**
   * Judges a single picture, which only passive detectors can.
   *
   * @param picture one frame
   * @return the verdict
   */
  LivenessVerdict picture(Capture picture);

  /**
   * Decodes a picture file.
   *
   * @param file JPEG, PNG, PGM or PPM
   * @return the picture; empty if it is none
   */
  Optional<Picture> decode(byte[] file);

  /**
   * Makes a portrait for simulated clips.
   *
   * @param photograph of one person
   * @return the portrait; empty if no face is found
   */
  Optional<Sitter> sitter(Picture photograph);

  @Override
  void close();
}
