package io.github.facelock.core.onnx;

import io.github.facelock.api.face.FaceBox;
import io.github.facelock.api.face.Landmarks;
import io.github.facelock.api.face.Picture;
import io.github.facelock.core.image.Border;
import io.github.facelock.spi.face.EyeEstimator;

/** Tells open eyes from closed ones. Thread-safe; belongs to the {@link OnnxModels} it is from. */
public final class EyeOpennessEstimator implements EyeEstimator {

  private static final int OUTER_RIGHT = 36;
  private static final int INNER_LEFT = 42;
  private static final int POINTS = 6;

  private final FixedNetwork network;
  private final float factor;

  EyeOpennessEstimator(FixedNetwork network, ModelDescriptor descriptor) {
    this.network = network;
    this.factor = descriptor.number("crop.factor");
  }

  /**
   * Looks at both eyes.
   *
   * @param picture the picture in which the face was found
   * @param landmarks the face's 68 points
   * @return how open each eye looks
   * @throws IllegalArgumentException if there are not 68 points
   * @throws IllegalStateException if the models were closed
   */
  public EyeOpenness estimate(Picture picture, Landmarks landmarks) {
    if (landmarks.count() != Landmarks.FULL) {
      throw new IllegalArgumentException("Eyes are judged with 68 points");
    }
    Buffers buffers = network.acquire();
    try {
      return new EyeOpenness(
          openness(buffers, picture, landmarks, OUTER_RIGHT),
          openness(buffers, picture, landmarks, INNER_LEFT));
    } finally {
      network.release(buffers);
    }
  }

  @Override
  public float openness(Picture picture, Landmarks landmarks) {
    EyeOpenness both = estimate(picture, landmarks);
    return Math.max(both.right(), both.left());
  }

  private float openness(Buffers buffers, Picture picture, Landmarks landmarks, int first) {
    float x = 0;
    float y = 0;
    for (int i = first; i < first + POINTS; i++) {
      x += landmarks.x(i) / POINTS;
      y += landmarks.y(i) / POINTS;
    }
    // Points 36 to 39 and 42 to 45 run along the upper lid from corner to corner.
    float width =
        (float)
            Math.hypot(
                landmarks.x(first + 3) - landmarks.x(first),
                landmarks.y(first + 3) - landmarks.y(first));
    float side = Math.max(1, width * factor);
    buffers
        .sampler()
        .crop(
            picture,
            new FaceBox(x - side / 2, y - side / 2, side, side),
            Border.REPLICATE,
            buffers.input());
    network.run(buffers);
    float closed = buffers.output(0).get(0);
    float open = buffers.output(0).get(1);
    return (float) (1 / (1 + Math.exp(closed - open)));
  }
}
