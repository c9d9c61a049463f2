package io.github.facelock.test.simulation;

/** How a head moves. */
@FunctionalInterface
public interface HeadMotion {

  /**
   * Tells the place.
   *
   * @param seconds since the clip began
   * @return where the head is
   */
  HeadPlace at(double seconds);
}
