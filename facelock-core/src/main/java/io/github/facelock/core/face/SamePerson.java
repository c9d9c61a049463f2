package io.github.facelock.core.face;

import io.github.facelock.api.face.Embedding;
import io.github.facelock.api.face.FalseMatchRate;
import io.github.facelock.api.face.ScoreCalibration;
import java.util.List;

/**
 * Whether all frames of a capture show one person: each is compared with the first and with the one
 * before, and one of the two must match. The bar is low, a stranger in 1000, because frames of one
 * moment are far more alike (neighbours: 1 in 100 below .73 with the bundled model) and strangers
 * far less (swaps: 99 in 100 below .27).
 */
final class SamePerson {

  private static final FalseMatchRate STRANGERS = FalseMatchRate.oneIn(1000);

  private SamePerson() {}

  static boolean inAll(List<Embedding> faces, ScoreCalibration calibration) {
    float bar = calibration.extrapolatedThreshold(STRANGERS).value();
    for (int i = 1; i < faces.size(); i++) {
      Embedding face = faces.get(i);
      if (face.cosine(faces.get(0)) < bar && face.cosine(faces.get(i - 1)) < bar) {
        return false;
      }
    }
    return true;
  }
}
