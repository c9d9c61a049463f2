package io.github.facelock.core.onnx;

import io.github.facelock.api.face.DetectedFace;
import io.github.facelock.api.face.DetectionConfidence;
import io.github.facelock.api.face.FaceBox;
import io.github.facelock.api.face.Picture;
import io.github.facelock.core.image.Border;
import io.github.facelock.spi.face.FaceDetector;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The bundled detector, an RFB-320 ("Ultra-Light-Fast"): the whole picture at 320 × 240, 4420
 * decoded boxes with scores for background and face.
 */
final class RfbDetector implements FaceDetector {

  private static final int SCORES = 0;
  private static final int BOXES = 1;

  private final FixedNetwork network;
  private final int anchors;
  private final float minimum;
  private final float overlap;

  RfbDetector(FixedNetwork network, ModelDescriptor descriptor) {
    this.network = network;
    this.anchors = (int) descriptor.numbers("output.scores.shape")[1];
    this.minimum = descriptor.number("detection.minimum");
    this.overlap = descriptor.number("detection.overlap");
  }

  @Override
  public List<DetectedFace> detect(Picture picture) {
    Buffers buffers = network.acquire();
    try {
      FaceBox whole = new FaceBox(0, 0, picture.width(), picture.height());
      buffers.sampler().crop(picture, whole, Border.REPLICATE, buffers.input());
      network.run(buffers);
      return Candidates.suppress(
          decode(buffers.output(SCORES), buffers.output(BOXES), picture), overlap);
    } finally {
      network.release(buffers);
    }
  }

  private List<DetectedFace> decode(FloatBuffer scores, FloatBuffer boxes, Picture picture) {
    List<DetectedFace> faces = new ArrayList<>();
    for (int i = 0; i < anchors; i++) {
      float score = scores.get(2 * i + 1);
      if (score >= minimum) {
        float left = boxes.get(4 * i) * picture.width();
        float top = boxes.get(4 * i + 1) * picture.height();
        float right = boxes.get(4 * i + 2) * picture.width();
        float bottom = boxes.get(4 * i + 3) * picture.height();
        // Degenerate boxes, which a hostile picture might produce, are no faces.
        if (right - left >= 1 && bottom - top >= 1) {
          faces.add(
              new DetectedFace(
                  new FaceBox(left, top, right - left, bottom - top),
                  new DetectionConfidence(Math.min(1, score)),
                  Optional.empty()));
        }
      }
    }
    return faces;
  }
}
