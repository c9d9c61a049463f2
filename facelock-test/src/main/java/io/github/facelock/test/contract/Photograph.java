package io.github.facelock.test.contract;

import io.github.facelock.api.face.FaceBox;
import io.github.facelock.api.face.Picture;
import java.util.List;
import java.util.Objects;

/**
 * A picture, and the faces that a person sees in it.
 *
 * @param name for messages
 * @param picture the pixels
 * @param faces roughly from brow to chin and ear to ear; empty if there is no face
 */
public record Photograph(String name, Picture picture, List<FaceBox> faces) {

  /** Copies the list. */
  public Photograph {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(picture, "picture");
    faces = List.copyOf(faces);
  }

  @Override
  public String toString() {
    return name;
  }
}
