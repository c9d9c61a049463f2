package io.github.facelock.benchmarks.accuracy;

import io.github.facelock.api.face.Guidance;
import io.github.facelock.api.face.Picture;
import java.util.Optional;

/** Says what a login would ask the person to do better. Thread-safe. */
@FunctionalInterface
public interface QualityGate {

  /**
   * Judges a picture.
   *
   * @param picture upright
   * @return what to do better; nothing if the picture is good enough
   */
  Optional<Guidance> judge(Picture picture);
}
