package io.github.facelock.benchmarks;

import io.github.facelock.api.face.ComparisonScore;
import io.github.facelock.api.face.DetectedFace;
import io.github.facelock.api.face.DetectionConfidence;
import io.github.facelock.api.face.Embedding;
import io.github.facelock.api.face.FaceBox;
import io.github.facelock.api.face.FalseMatchRate;
import io.github.facelock.api.face.Guidance;
import io.github.facelock.api.face.Landmarks;
import io.github.facelock.api.face.ModelId;
import io.github.facelock.api.face.ModelInfo;
import io.github.facelock.api.face.Picture;
import io.github.facelock.api.face.ScoreCalibration;
import io.github.facelock.benchmarks.accuracy.StageSource;
import io.github.facelock.benchmarks.accuracy.Stages;
import io.github.facelock.spi.face.FaceEmbedder;
import io.github.facelock.spi.face.PictureDecoder;
import java.util.List;
import java.util.Optional;

/**
 * Stages whose results can be foretold: a black picture has no face, any other has one, and its
 * template is the direction of as many degrees as its first pixel is bright.
 */
final class SyntheticStages implements StageSource {

  private boolean closed;

  boolean closed() {
    return closed;
  }

  @Override
  public Stages stages() {
    return new Stages(
        encoded -> new PictureDecoder.Decoded.Unusable(PictureDecoder.Cause.CORRUPT),
        picture -> brightness(picture) == 0 ? List.of() : List.of(face(picture)),
        (picture, face) -> Landmarks.of(new float[10]),
        new Direction(),
        picture -> brightness(picture) < 200 ? Optional.empty() : Optional.of(Guidance.TOO_BRIGHT));
  }

  @Override
  public void close() {
    closed = true;
  }

  private static int brightness(Picture picture) {
    return picture.pixels().get(0) & 0xff;
  }

  private static DetectedFace face(Picture picture) {
    return new DetectedFace(
        new FaceBox(0, 0, picture.width(), picture.height()),
        new DetectionConfidence(1),
        Optional.empty());
  }

  private static final class Direction implements FaceEmbedder {
    @Override
    public ModelInfo model() {
      return new ModelInfo(new ModelId("direction"), "1", "none", "nobody", "", "");
    }

    @Override
    public int dimension() {
      return 2;
    }

    @Override
    public ScoreCalibration calibration() {
      return ScoreCalibration.of(
          List.of(
              new ScoreCalibration.Point(new ComparisonScore(.5f), FalseMatchRate.oneIn(10)),
              new ScoreCalibration.Point(new ComparisonScore(.9f), FalseMatchRate.oneIn(1000))));
    }

    @Override
    public Embedding embed(Picture picture, Landmarks landmarks) {
      double degrees = Math.toRadians(brightness(picture));
      return Embedding.normalised(
          model().id(), (float) Math.cos(degrees), (float) Math.sin(degrees));
    }
  }
}
