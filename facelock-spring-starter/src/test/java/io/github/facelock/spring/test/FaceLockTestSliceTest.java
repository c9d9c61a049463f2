package io.github.facelock.spring.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.MultiFactorAuthenticator;
import io.github.facelock.api.Outcome;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.Response;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.Consent;
import io.github.facelock.api.enrolment.Enrolment;
import io.github.facelock.api.enrolment.FaceEnrolment;
import io.github.facelock.api.face.Capture;
import io.github.facelock.spi.Alert;
import io.github.facelock.test.InMemoryMailbox;
import io.github.facelock.test.MutableClock;
import io.github.facelock.test.RecordingAlertSink;
import io.github.facelock.test.simulation.VirtualCamera;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ApplicationContext;
import org.springframework.stereotype.Component;

/** A login from password to code, in the slice. */
@FaceLockTest(properties = "facelock.policy=web")
class FaceLockTestSliceTest {

  private static final SubjectId BEA = SubjectId.of("bea");
  private static final RequestContext REQUEST = RequestContext.from("192.0.2.1");

  @SpringBootApplication
  static class Application {}

  @Component
  static class NotWanted {}

  @Autowired MultiFactorAuthenticator authenticator;
  @Autowired Enrolment enrolment;
  @Autowired MutableClock clock;
  @Autowired InMemoryMailbox mailbox;
  @Autowired RecordingAlertSink alerts;
  @Autowired VirtualCameras cameras;
  @Autowired ApplicationContext context;

  /** One of two people on a photograph of the demo. */
  private static byte[] photograph() throws IOException {
    try (InputStream in =
        FaceLockTestSliceTest.class.getResourceAsStream("/photographs/sample6.jpg")) {
      BufferedImage whole = ImageIO.read(in);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ImageIO.write(whole.getSubimage(132, 318, 455, 607), "png", out);
      return out.toByteArray();
    }
  }

  @Test
  void somebodyLogsInByPasswordFaceAndCode() throws IOException {
    byte[] photograph = photograph();
    enrolment.register(BEA);
    enrolment.setPassword(BEA, Secret.of("correct horse battery"));
    enrolment.setEmail(BEA, Secret.of("bea@example.org"));
    FaceEnrolment enrolled =
        enrolment.enrolFace(
            BEA, Capture.ofImages(List.of(photograph)), Consent.to("face-notice-1"));
    assertThat(enrolled).isInstanceOf(FaceEnrolment.Enrolled.class);
    VirtualCamera camera = cameras.before(photograph);

    Outcome.Challenge step = (Outcome.Challenge) authenticator.begin(BEA, REQUEST);
    step = advance(step, Response.password("correct horse battery"));
    // Who is told to turn further does so at the next challenge, as often as allowed.
    for (int i = 0; i < 3 && step.next().prompt(FactorType.FACE).isPresent(); i++) {
      Response.Frames clip =
          (Response.Frames)
              VirtualCameras.answer(
                  camera.after(20.0 * i), step.next().prompt(FactorType.FACE).orElseThrow());
      clock.advance(VirtualCameras.lengthOf(clip.capture()));
      step = advance(step, clip);
    }
    step = advance(step, new Response.Choice(FactorType.EMAIL_CODE));
    Outcome outcome =
        authenticator.advance(
            step.handle(), Response.emailCode(mailbox.awaitCode("bea@example.org")), REQUEST);

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Granted.class,
            granted ->
                assertThat(granted.satisfied())
                    .containsExactly(FactorType.PASSWORD, FactorType.FACE, FactorType.EMAIL_CODE));
  }

  private Outcome.Challenge advance(Outcome.Challenge step, Response response) {
    return (Outcome.Challenge) authenticator.advance(step.handle(), response, REQUEST);
  }

  @Test
  void aLoginExpiresWhenTheClockIsSetOn() {
    Outcome.Challenge step =
        (Outcome.Challenge) authenticator.begin(SubjectId.of("nobody"), REQUEST);
    assertThat(step.expiresAt()).isAfter(clock.instant());
    Instant before = clock.instant();
    clock.advance(Duration.ofHours(1));

    assertThat(authenticator.advance(step.handle(), Response.password("x"), REQUEST))
        .isInstanceOf(Outcome.Denied.class);
    assertThat(clock.instant()).isEqualTo(before.plus(Duration.ofHours(1)));
  }

  @Test
  void alertsArrive() {
    SubjectId subject = SubjectId.of("carl");
    enrolment.register(subject);
    enrolment.setPassword(subject, Secret.of("correct horse battery"));
    Outcome outcome = authenticator.begin(subject, REQUEST);
    while (outcome instanceof Outcome.Challenge step) {
      outcome = authenticator.advance(step.handle(), Response.password("wrong one"), REQUEST);
    }

    assertThat(alerts.await(Alert.Cause.NOT_VERIFIED).subject()).contains(subject);
  }

  @Test
  void theApplicationsComponentsAreLeftOut() {
    assertThat(context.getBeanNamesForType(NotWanted.class)).isEmpty();
  }
}
