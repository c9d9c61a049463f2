package io.github.facelock.core.face;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.Response;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.Consent;
import io.github.facelock.api.enrolment.FaceEnrolment;
import io.github.facelock.api.face.Capture;
import io.github.facelock.core.fixtures.Logins;
import io.github.facelock.core.match.ExactTemplateIndex;
import io.github.facelock.spi.Factor;
import io.github.facelock.spi.FactorContext;
import io.github.facelock.spi.FactorStart;
import io.github.facelock.spi.Watch;
import io.github.facelock.test.contract.FactorContract;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

class FaceFactorContractTest extends FactorContract {

  private static final SubjectId ANNA = SubjectId.of("anna");
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Capture ANNAS_FACE = Capture.of(List.of(ScriptedFaces.frame(1)));
  private static final Capture STRANGER = Capture.of(List.of(ScriptedFaces.frame(9)));

  @Override
  protected Factor newFactor() {
    ScriptedFaces.Embedder embedder = new ScriptedFaces.Embedder("scripted");
    FacePipeline pipeline = ScriptedFaces.pipeline(embedder);
    Stores.Credentials credentials = new Stores.Credentials();
    Stores.Subjects subjects = new Stores.Subjects().with("anna");
    ExactTemplateIndex index = new ExactTemplateIndex(embedder.model().id(), embedder.dimension());
    FaceEnroller enroller =
        new FaceEnroller(
            pipeline,
            credentials,
            subjects,
            index,
            new SecureRandom(),
            Clock.fixed(NOW, ZoneOffset.UTC),
            EnrolmentRules.defaults(),
            Watch.nobody(),
            (subject, entry) -> {},
            () -> {});
    assertThat(enroller.enrol(ANNA, ANNAS_FACE, Consent.to("c1")))
        .isInstanceOf(FaceEnrolment.Enrolled.class);
    return new FaceFactor(
        pipeline,
        credentials,
        subjects,
        index,
        Watch.nobody(),
        Stores.LEARNS_NOTHING,
        Stores.challenges());
  }

  @Override
  protected FactorContext known() {
    return Logins.of(ANNA, NOW);
  }

  @Override
  protected FactorContext unknown() {
    return Logins.ofUnknown(SubjectId.of("nobody"), NOW);
  }

  @Override
  protected Response rightAnswer(FactorStart start) {
    return Response.face(ANNAS_FACE);
  }

  @Override
  protected Response wrongAnswer(FactorStart start) {
    return Response.face(STRANGER);
  }

  /** A face is no secret; what is spent is the login's handle, and the challenge of a PAD. */
  @Override
  protected boolean answersAreSpent() {
    return false;
  }
}
