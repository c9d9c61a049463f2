package io.github.facelock.examples.quickstart;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.Feedback;
import io.github.facelock.api.MultiFactorAuthenticator;
import io.github.facelock.api.Outcome;
import io.github.facelock.api.Prompt;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.Response;
import io.github.facelock.api.Secret;
import io.github.facelock.api.Step;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.Consent;
import io.github.facelock.api.enrolment.FaceEnrolment;
import io.github.facelock.api.face.Capture;
import io.github.facelock.api.face.CapturedFrame;
import io.github.facelock.api.face.LivenessChallenge;
import io.github.facelock.core.FaceLock;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Enrols people and logs them in: one printed line each. Counts what went otherwise than expected.
 */
final class FrontDesk {

  /** Denied, or asked again in other words each time, as the challenge is another each time. */
  static final String REFUSED = "refused";

  private static final RequestContext REQUEST = RequestContext.local();
  private static final String PASSWORD = "correct horse battery";

  /** How many clips the right person films before giving up. */
  private static final int PATIENCE = 4;

  private final FaceLock faceLock;
  private final DemoClock clock;
  private final PrintStream out;
  private String lastCode = "";
  private int surprises;

  FrontDesk(FaceLock faceLock, DemoClock clock, PrintStream out) {
    this.faceLock = faceLock;
    this.clock = clock;
    this.out = out;
  }

  /** Which code a person uses, and where it is read. */
  record Code(FactorType factor, Supplier<String> read) {
    /** The same with its first digit changed. */
    Code wrong() {
      return new Code(factor, () -> other(read.get()));
    }

    private static String other(String code) {
      return (code.charAt(0) == '0' ? '1' : '0') + code.substring(1);
    }
  }

  void enrol(SubjectId subject, Photograph photograph) {
    Timing timing = Timing.start();
    faceLock.enrolment().register(subject);
    faceLock.enrolment().setPassword(subject, Secret.of(PASSWORD));
    faceLock.enrolment().setEmail(subject, Secret.of(subject + "@example.org"));
    FaceEnrolment enrolment =
        faceLock
            .enrolment()
            .enrolFace(subject, Capture.ofImage(photograph.jpeg()), Consent.to("face-notice-1"));
    boolean enrolled = enrolment instanceof FaceEnrolment.Enrolled;
    show(
        "enrol", subject.value(), enrolled ? "enrolled" : enrolment.toString(), "enrolled", timing);
  }

  /** A login by the usual policy: password, face, code. */
  void login(String what, SubjectId claimed, Camera camera, Code code, String expected) {
    Timing timing = Timing.start();
    Outcome begun = faceLock.authenticator().begin(claimed, REQUEST);
    // The right person is asked again now and then, and shows the next challenge.
    int patience = expected.equals(REFUSED) ? 1 : PATIENCE;
    show("login", what, answer(begun, REQUEST, camera, code, patience), expected, timing);
  }

  /** A login by a policy that asks for no face. */
  void login(
      String what,
      SubjectId claimed,
      String policy,
      RequestContext request,
      Code code,
      String expected) {
    Timing timing = Timing.start();
    Outcome begun = faceLock.authenticator().begin(claimed, policy, request);
    show("login", what, answer(begun, request, unasked(), code, 0), expected, timing);
  }

  private static Camera unasked() {
    return challenge -> {
      throw new IllegalStateException("This policy asks for no face");
    };
  }

  /** Prints a line; notes whether the result is what was expected. */
  void show(String kind, String what, String result, String expected, Timing timing) {
    boolean fits = expected.equals(REFUSED) ? !result.equals("granted") : result.equals(expected);
    surprises += fits ? 0 : 1;
    out.printf(
        Locale.ROOT,
        "  %-6s %-48s %-14s %s%s%n",
        kind,
        what,
        result,
        timing.elapsed(),
        fits ? "" : "   EXPECTED " + expected);
  }

  void say(String text) {
    out.println("         " + text);
  }

  int surprises() {
    return surprises;
  }

  /** The code that was typed last, to be tried again. */
  String lastCode() {
    return lastCode;
  }

  /** Answers step after step, until the login ends or an answer is sent back. */
  private String answer(
      Outcome begun, RequestContext request, Camera camera, Code code, int patience) {
    int clips = 0;
    MultiFactorAuthenticator authenticator = faceLock.authenticator();
    Outcome outcome = begun;
    while (outcome instanceof Outcome.Challenge challenge) {
      Step step = challenge.next();
      clips += step.prompt(FactorType.FACE).isPresent() ? 1 : 0;
      boolean triesAgain = step.prompt(FactorType.FACE).isPresent() && clips <= patience;
      if (!(step.feedback() instanceof Feedback.None) && !triesAgain) {
        authenticator.cancel(challenge.handle());
        return nameOf(step.feedback());
      }
      Response response = respond(step, camera, code);
      outcome = authenticator.advance(challenge.handle(), response, request);
    }
    return outcome.fold(
        granted -> "granted",
        challenge -> "unfinished",
        denied -> denied.reason().name().toLowerCase(Locale.ROOT).replace('_', '-'),
        locked -> "locked");
  }

  private Response respond(Step step, Camera camera, Code code) {
    if (step.prompt(FactorType.PASSWORD).isPresent()) {
      return Response.password(PASSWORD);
    }
    Optional<Prompt> face = step.prompt(FactorType.FACE);
    if (face.isPresent()) {
      // What a page shows to the person: turn left, look up, …
      LivenessChallenge asked = LivenessChallenge.in(face.get().parameters()).orElseThrow();
      Capture clip = camera.film(asked);
      // A clip is rendered faster than it would be filmed, and the engine knows when it asked.
      List<CapturedFrame> frames = clip.frames();
      clock.later(frames.get(frames.size() - 1).at());
      return Response.face(clip);
    }
    // A mail is sent only when the person chooses it.
    if (step.prompt(code.factor()).filter(Prompt::started).isEmpty()) {
      return new Response.Choice(code.factor());
    }
    lastCode = code.read().get();
    return new Response.Text(code.factor(), Secret.of(lastCode));
  }

  private static String nameOf(Feedback feedback) {
    if (feedback instanceof Feedback.NotAcquired unclear) {
      return unclear.guidance().code();
    }
    return feedback instanceof Feedback.NotVerified ? "not-verified" : "factor-locked";
  }
}
