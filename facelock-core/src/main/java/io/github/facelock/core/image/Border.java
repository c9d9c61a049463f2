package io.github.facelock.core.image;

/** What lies beyond a picture's edge. */
public enum Border {
  /** Black pixels. */
  BLACK,
  /** The nearest pixel of the edge, again and again. */
  REPLICATE
}
