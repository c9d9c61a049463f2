package io.github.facelock.core.onnx;

import io.github.facelock.api.face.FaceBox;
import io.github.facelock.core.image.TensorFormat;
import java.util.Map;

/** A network together with the one size and format of its input. */
final class FixedNetwork implements AutoCloseable {

  private final Network network;
  private final TensorFormat format;
  private final int width;
  private final int height;
  private final Network.OutputShapes outputs;

  /**
   * Joins them.
   *
   * @param outputs the concrete shape of each output that is read, in the order of its number
   */
  FixedNetwork(
      Network network, TensorFormat format, int width, int height, Map<String, long[]> outputs) {
    this.network = network;
    this.format = format;
    this.width = width;
    this.height = height;
    this.outputs = (w, h) -> outputs;
  }

  static FixedNetwork bundled(ModelDescriptor descriptor, OnnxOptions options) {
    return new FixedNetwork(
        descriptor.load(options),
        descriptor.format(),
        descriptor.inputWidth(),
        descriptor.inputHeight(),
        descriptor.signature().outputs());
  }

  Buffers acquire() {
    return network.acquire(format, width, height, outputs);
  }

  void run(Buffers buffers) {
    network.run(buffers);
  }

  void release(Buffers buffers) {
    network.release(buffers);
  }

  /** A square with the middle of a box, as high as the box times a factor. */
  static FaceBox square(FaceBox box, float factor) {
    float side = box.height() * factor;
    return new FaceBox(box.centreX() - side / 2, box.centreY() - side / 2, side, side);
  }

  @Override
  public void close() {
    network.close();
  }
}
