package io.github.facelock.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.Outcome;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.Response;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.Consent;
import io.github.facelock.api.enrolment.FaceEnrolment;
import io.github.facelock.api.face.Capture;
import io.github.facelock.api.face.ComparisonScore;
import io.github.facelock.api.face.DetectedFace;
import io.github.facelock.api.face.DetectionConfidence;
import io.github.facelock.api.face.Embedding;
import io.github.facelock.api.face.FaceBox;
import io.github.facelock.api.face.FalseMatchRate;
import io.github.facelock.api.face.Landmarks;
import io.github.facelock.api.face.ModelId;
import io.github.facelock.api.face.ModelInfo;
import io.github.facelock.api.face.Picture;
import io.github.facelock.api.face.ScoreCalibration;
import io.github.facelock.api.policy.Policy;
import io.github.facelock.spi.face.FaceDetector;
import io.github.facelock.spi.face.FaceEmbedder;
import io.github.facelock.test.camera.ImageFileCamera;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A detector and an embedder of one's own take one builder line each. */
class PluggableFaceTest {

  private static final SubjectId ALICE = SubjectId.of("alice");
  private static final Policy POLICY =
      Policy.named("own-face")
          .step(FactorType.PASSWORD)
          .step(FactorType.FACE)
          .withoutLiveness()
          .build();

  /** Always finds the same face, in the middle of the picture. */
  private static final class MiddleDetector implements FaceDetector {
    private final AtomicInteger calls = new AtomicInteger();

    @Override
    public List<DetectedFace> detect(Picture picture) {
      calls.incrementAndGet();
      FaceBox box =
          new FaceBox(
              picture.width() * 0.25f,
              picture.height() * 0.2f,
              picture.width() * 0.5f,
              picture.height() * 0.6f);
      return List.of(new DetectedFace(box, new DetectionConfidence(0.99f), Optional.empty()));
    }
  }

  /** Tells people apart by the number it is given. */
  private static final class NumberEmbedder implements FaceEmbedder {
    private static final ModelId ID = new ModelId("number");
    private volatile int person;

    @Override
    public ModelInfo model() {
      return new ModelInfo(ID, "1", "Apache-2.0", "nobody", "", "");
    }

    @Override
    public int dimension() {
      return 2;
    }

    @Override
    public ScoreCalibration calibration() {
      return ScoreCalibration.of(
          List.of(point(0.5f, 100), point(0.8f, 10_000), point(0.9f, 1_000_000)));
    }

    private static ScoreCalibration.Point point(float score, long strangers) {
      return new ScoreCalibration.Point(
          new ComparisonScore(score), FalseMatchRate.oneIn(strangers));
    }

    @Override
    public Embedding embed(Picture picture, Landmarks landmarks) {
      return person == 1 ? Embedding.normalised(ID, 1, 0) : Embedding.normalised(ID, 0, 1);
    }
  }

  private final MiddleDetector myDetector = new MiddleDetector();
  private final NumberEmbedder myEmbedder = new NumberEmbedder();

  @Test
  void anOwnDetectorAndEmbedderDecide() throws Exception {
    Capture capture = ImageFileCamera.ofImages(List.of(DemoFaces.bea())).still();
    // tag::plug[]
    try (FaceLock faceLock =
        FaceLock.builder()
            .policy(POLICY)
            .faceDetector(myDetector)
            .faceEmbedder(myEmbedder)
            .build()) {
      // end::plug[]
      faceLock.enrolment().register(ALICE);
      faceLock.enrolment().setPassword(ALICE, Secret.of("correct horse battery"));
      myEmbedder.person = 1;
      assertThat(faceLock.enrolment().enrolFace(ALICE, capture, Consent.to("notice-1")))
          .isInstanceOf(FaceEnrolment.Enrolled.class);

      assertThat(logIn(faceLock, capture)).isInstanceOf(Outcome.Granted.class);
      myEmbedder.person = 2;
      assertThat(logIn(faceLock, capture)).isNotInstanceOf(Outcome.Granted.class);
      assertThat(myDetector.calls).hasPositiveValue();
      assertThat(faceLock.models()).extracting(ModelInfo::id).contains(NumberEmbedder.ID);
    }
  }

  private static Outcome logIn(FaceLock faceLock, Capture capture) {
    RequestContext request = RequestContext.local();
    Outcome first = faceLock.authenticator().begin(ALICE, request);
    Outcome second =
        faceLock
            .authenticator()
            .advance(
                ((Outcome.Challenge) first).handle(),
                Response.password("correct horse battery"),
                request);
    return faceLock
        .authenticator()
        .advance(((Outcome.Challenge) second).handle(), Response.face(capture), request);
  }
}
