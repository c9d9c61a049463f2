package io.github.facelock.core.onnx;

import io.github.facelock.api.face.DetectedFace;
import io.github.facelock.api.face.FaceBox;
import io.github.facelock.api.face.Landmarks;
import io.github.facelock.api.face.Picture;
import io.github.facelock.core.image.Border;
import io.github.facelock.spi.face.FaceLandmarker;
import java.nio.FloatBuffer;

/** The bundled landmarker: 68 points from a grey square around the face. */
final class PointLandmarker implements FaceLandmarker {

  /** Shifts of the square for steadier points, in parts of its side. */
  private static final float[][] STEADY = {
    {0, 0}, {-0.02f, 0}, {0.02f, 0}, {0, -0.02f}, {0, 0.02f}
  };

  private static final float[][] ONCE = {{0, 0}};

  private final FixedNetwork network;
  private final float factor;
  private final float[][] shifts;

  private PointLandmarker(FixedNetwork network, ModelDescriptor descriptor, float[][] shifts) {
    this.network = network;
    this.factor = descriptor.number("crop.factor");
    this.shifts = shifts;
  }

  static PointLandmarker once(FixedNetwork network, ModelDescriptor descriptor) {
    return new PointLandmarker(network, descriptor, ONCE);
  }

  static PointLandmarker steady(FixedNetwork network, ModelDescriptor descriptor) {
    return new PointLandmarker(network, descriptor, STEADY);
  }

  @Override
  public Landmarks locate(Picture picture, DetectedFace face) {
    FaceBox square = FixedNetwork.square(face.box(), factor);
    float side = square.width();
    float[] xy = new float[2 * Landmarks.FULL];
    Buffers buffers = network.acquire();
    try {
      FloatBuffer points = buffers.output(0);
      for (float[] shift : shifts) {
        float left = square.x() + shift[0] * side;
        float top = square.y() + shift[1] * side;
        FaceBox crop = new FaceBox(left, top, side, side);
        buffers.sampler().crop(picture, crop, Border.REPLICATE, buffers.input());
        network.run(buffers);
        for (int i = 0; i < xy.length; i += 2) {
          xy[i] += (left + points.get(i) * side) / shifts.length;
          xy[i + 1] += (top + points.get(i + 1) * side) / shifts.length;
        }
      }
    } finally {
      network.release(buffers);
    }
    return Landmarks.of(xy);
  }
}
