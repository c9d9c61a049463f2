package io.github.facelock.core.onnx;

import io.github.facelock.api.face.DetectedFace;
import io.github.facelock.api.face.HeadPose;
import io.github.facelock.api.face.Picture;
import io.github.facelock.core.image.Border;
import io.github.facelock.spi.face.HeadPoseEstimator;
import java.nio.FloatBuffer;

/**
 * The bundled pose network: each angle is the expectation over bins of a few degrees (N. Ruiz, E.
 * Chong, J. Rehg, "Fine-Grained Head Pose Estimation Without Keypoints", 2018).
 */
final class BinnedPoseEstimator implements HeadPoseEstimator {

  private final FixedNetwork network;
  private final float factor;
  private final int bins;
  private final float width;
  private final float offset;

  BinnedPoseEstimator(FixedNetwork network, ModelDescriptor descriptor) {
    this.network = network;
    this.factor = descriptor.number("crop.factor");
    this.bins = (int) descriptor.numbers("output.output.shape")[1];
    this.width = descriptor.number("pose.bin.width");
    this.offset = descriptor.number("pose.offset");
  }

  @Override
  public HeadPose estimate(Picture picture, DetectedFace face) {
    Buffers buffers = network.acquire();
    try {
      buffers
          .sampler()
          .crop(picture, FixedNetwork.square(face.box(), factor), Border.BLACK, buffers.input());
      network.run(buffers);
      return new HeadPose(
          angle(buffers.output(0)), angle(buffers.output(1)), angle(buffers.output(2)));
    } finally {
      network.release(buffers);
    }
  }

  private float angle(FloatBuffer logits) {
    float greatest = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < bins; i++) {
      greatest = Math.max(greatest, logits.get(i));
    }
    double sum = 0;
    double weighted = 0;
    for (int i = 0; i < bins; i++) {
      double share = Math.exp(logits.get(i) - greatest);
      sum += share;
      weighted += i * share;
    }
    return (float) (weighted / sum * width + offset);
  }
}
