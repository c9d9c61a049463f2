package io.github.facelock.core.migration;

/** A picture that is read when it is needed. */
@FunctionalInterface
interface ImportedPicture {

  /** The file's bytes. */
  byte[] read() throws Unusable;
}
