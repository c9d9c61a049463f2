package io.github.facelock.core.migration;

/** Why something of the other system cannot be taken; says nothing of its content. */
final class Unusable extends Exception {

  private static final long serialVersionUID = 1L;

  static final String FOREIGN_ENCODING =
      "a face encoding of another model (face_recognition and dlib: 128 numbers): encodings of"
          + " different models cannot be compared or converted; import the photographs from which"
          + " it was made, or enrol the person again";

  Unusable(String reason) {
    super(reason);
  }
}
