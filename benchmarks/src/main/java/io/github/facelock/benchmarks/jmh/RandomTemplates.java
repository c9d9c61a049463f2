package io.github.facelock.benchmarks.jmh;

import io.github.facelock.api.face.Embedding;
import io.github.facelock.api.face.ModelId;
import java.util.SplittableRandom;

/** Templates of nobody, the same in every run. */
final class RandomTemplates {

  static final int DIMENSION = 512;
  static final ModelId MODEL = new ModelId("random-512");

  private RandomTemplates() {}

  static Embedding of(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return Embedding.normalised(MODEL, values);
  }
}
