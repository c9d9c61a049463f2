package io.github.facelock.examples.quickstart;

import io.github.facelock.api.Outcome;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.Response;
import io.github.facelock.api.Secret;
import io.github.facelock.api.Step;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.Consent;
import io.github.facelock.api.enrolment.Enrolment;
import io.github.facelock.api.enrolment.TotpParameters;
import io.github.facelock.api.enrolment.TotpProvisioning;
import io.github.facelock.api.face.Capture;
import io.github.facelock.api.policy.Policies;
import io.github.facelock.core.FaceLock;
import java.util.List;
import java.util.function.Function;

/** The example of the README: one person, from enrolment to login. */
final class FirstLogin {

  private FirstLogin() {}

  /**
   * Enrols a person and logs in.
   *
   * @param alice the person's name
   * @param photographs JPEG or PNG files that show the person
   * @param request where the login comes from
   * @param firstCode reads the authenticator app's first code
   * @param ask shows a step to the person and brings the answer
   * @return whether the person was let in
   */
  static boolean enrolAndLogIn(
      SubjectId alice,
      List<byte[]> photographs,
      RequestContext request,
      Function<TotpProvisioning, Secret> firstCode,
      Function<Step, Response> ask) {
    // tag::login[]
    try (FaceLock faceLock = FaceLock.builder().policy(Policies.highAssurance()).build()) {
      Enrolment enrolment = faceLock.enrolment();
      enrolment.register(alice);
      enrolment.setPassword(alice, Secret.of("correct horse battery"));
      enrolment.enrolFace(alice, Capture.ofImages(photographs), Consent.to("face-notice-1"));
      TotpProvisioning app = enrolment.beginTotp(alice, TotpParameters.COMPATIBLE);
      enrolment.confirmTotp(alice, app.credential(), firstCode.apply(app)); // app.uri() as QR

      Outcome outcome = faceLock.authenticator().begin(alice, request);
      while (outcome instanceof Outcome.Challenge step) { // password, then face, then code
        outcome = faceLock.authenticator().advance(step.handle(), ask.apply(step.next()), request);
      }
      return outcome instanceof Outcome.Granted;
    }
    // end::login[]
  }
}
