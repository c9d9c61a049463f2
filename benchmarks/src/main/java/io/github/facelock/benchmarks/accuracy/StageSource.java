package io.github.facelock.benchmarks.accuracy;

/** Owns the stages that are measured. */
public interface StageSource extends AutoCloseable {

  /**
   * Gives the stages.
   *
   * @return valid until closed
   */
  Stages stages();

  @Override
  void close();
}
