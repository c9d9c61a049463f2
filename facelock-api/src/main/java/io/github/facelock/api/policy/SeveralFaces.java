package io.github.facelock.api.policy;

/** What more than one face in the picture means. */
public enum SeveralFaces {
  /** Ask again: for a login, where one person sits in front of the camera. */
  REJECT,
  /** Judge the largest face: for a door, where others may stand behind. */
  LARGEST
}
