package io.github.facelock.spi.face;

import io.github.facelock.api.face.Embedding;
import io.github.facelock.api.face.Landmarks;
import io.github.facelock.api.face.ModelInfo;
import io.github.facelock.api.face.Picture;
import io.github.facelock.api.face.ScoreCalibration;

/** Turns a face into a template that can be compared. Aligns the face itself. Thread-safe. */
public interface FaceEmbedder {

  /**
   * Tells which model this is; its id travels with every template.
   *
   * @return always the same
   */
  ModelInfo model();

  /**
   * Tells the templates' size.
   *
   * @return the number of values
   */
  int dimension();

  /**
   * Tells which scores strangers reach.
   *
   * @return the measured calibration
   */
  ScoreCalibration calibration();

  /**
   * Extracts the template of one face.
   *
   * @param picture the picture in which the face was found
   * @param landmarks the face's 5 or 68 points
   * @return a template of {@link #model()} with {@link #dimension()} values
   */
  Embedding embed(Picture picture, Landmarks landmarks);
}
