package io.github.facelock.test.simulation;

/** How an attacker moves a sheet. */
@FunctionalInterface
public interface SheetMotion {

  /**
   * Tells the place.
   *
   * @param seconds since the clip began
   * @return where the sheet is
   */
  SheetPlace at(double seconds);
}
