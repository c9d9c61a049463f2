package io.github.facelock.test.contract;

import io.github.facelock.api.face.DetectedFace;
import io.github.facelock.api.face.Embedding;
import io.github.facelock.api.face.Landmarks;
import io.github.facelock.api.face.LivenessVerdict;
import io.github.facelock.api.face.ModelId;
import io.github.facelock.api.face.ObservedFace;
import io.github.facelock.api.face.Picture;
import io.github.facelock.spi.face.FaceDetector;
import io.github.facelock.spi.face.FaceEmbedder;
import io.github.facelock.spi.face.FaceLandmarker;
import io.github.facelock.spi.face.LivenessDetector;
import io.github.facelock.spi.face.PictureDecoder;
import io.github.facelock.spi.face.TemplateIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Steps of the face that are wrong in a way that has happened. */
@SuppressWarnings("UnsynchronizedOverridesSynchronized") // Lost locks are what is shown here.
final class BrokenFaces {

  private BrokenFaces() {}

  @BrokenImplementations.FailsAt("picturesAreTurnedUprightAsExifSays")
  static class IgnoresExif extends PictureDecoderContract {
    @Override
    protected PictureDecoder newDecoder() {
      return new SimplePictureDecoder() {
        @Override
        int orientation(byte[] encoded) {
          return 1;
        }
      };
    }
  }

  @BrokenImplementations.FailsAt("noContentLeadsToAnException")
  static class ThrowsOnDamage extends PictureDecoderContract {
    @Override
    protected PictureDecoder newDecoder() {
      PictureDecoder right = new SimplePictureDecoder();
      return encoded -> {
        PictureDecoder.Decoded decoded = right.decode(encoded);
        if (decoded.equals(new PictureDecoder.Decoded.Unusable(PictureDecoder.Cause.CORRUPT))) {
          throw new IllegalArgumentException("damaged");
        }
        return decoded;
      };
    }
  }

  @BrokenImplementations.FailsAt("noFaceIsFoundTwice")
  static class FindsTwice extends RightImplementations.Detector {
    @Override
    protected FaceDetector newDetector() {
      FaceDetector right = super.newDetector();
      return picture -> {
        List<DetectedFace> twice = new ArrayList<>(right.detect(picture));
        twice.addAll(right.detect(picture));
        return twice;
      };
    }
  }

  @BrokenImplementations.FailsAt("everyFaceIsFoundAndNothingElse")
  static class FindsNobody extends RightImplementations.Detector {
    @Override
    protected FaceDetector newDetector() {
      return picture -> List.of();
    }
  }

  @BrokenImplementations.FailsAt("eyesNoseAndMouthLieAsInAFace")
  static class SwapsEyes extends RightImplementations.Landmarker {
    @Override
    protected FaceLandmarker newLandmarker() {
      FaceLandmarker right = super.newLandmarker();
      return (picture, face) -> {
        Landmarks p = right.locate(picture, face);
        return Landmarks.of(
            p.x(1), p.y(1), p.x(0), p.y(0), p.x(2), p.y(2), p.x(3), p.y(3), p.x(4), p.y(4));
      };
    }
  }

  @BrokenImplementations.FailsAt("theSamePersonIsMoreAlikeThanAnother")
  static class EverybodyIsAlike extends RightImplementations.Embedder {
    @Override
    protected FaceEmbedder newEmbedder() {
      return new SimpleServices.Embedder() {
        @Override
        public Embedding embed(Picture picture, Landmarks landmarks) {
          return Embedding.normalised(SimpleServices.MODEL, 1, 2, 3);
        }
      };
    }
  }

  @BrokenImplementations.FailsAt("templatesHaveTheModelTheSizeAndUnitLength")
  static class WrongModel extends RightImplementations.Embedder {
    @Override
    protected FaceEmbedder newEmbedder() {
      return new SimpleServices.Embedder() {
        @Override
        public Embedding embed(Picture picture, Landmarks landmarks) {
          float[] values = new float[3];
          super.embed(picture, landmarks).copyTo(values, 0);
          return Embedding.normalised(new ModelId("other"), values);
        }
      };
    }
  }

  @BrokenImplementations.FailsAt("theAttackDoesNotPass")
  static class PassesAll extends RightImplementations.Liveness {
    @Override
    protected LivenessDetector newDetector() {
      return (List<ObservedFace> faces) -> new LivenessVerdict.BonaFide(Map.of());
    }
  }

  @BrokenImplementations.FailsAt("searchIsExact")
  static class SkipsOneInTen extends TemplateIndexContract {
    @Override
    protected TemplateIndex newIndex(ModelId model, int dimension) {
      return new SimpleServices.Index(model) {
        @Override
        public synchronized List<Candidate> search(Embedding probe, int most) {
          return super.search(probe, most).stream()
              .filter(c -> c.credential().value().hashCode() % 10 != 0)
              .toList();
        }
      };
    }
  }
}
