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
import io.github.facelock.api.enrolment.TotpParameters;
import io.github.facelock.api.enrolment.TotpProvisioning;
import io.github.facelock.api.face.Capture;
import io.github.facelock.api.face.CapturedFrame;
import io.github.facelock.api.face.LivenessChallenge;
import io.github.facelock.api.policy.Policies;
import io.github.facelock.core.FaceLock;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Enrols people from photographs and logs them in, or turns them away. No network, no files:
 * everything is in memory and ends with the program. Who stands before the camera is simulated.
 */
public final class Quickstart {

  private static final SubjectId ANNA = SubjectId.of("anna");
  private static final SubjectId BEA = SubjectId.of("bea");
  private static final SubjectId CLEO = SubjectId.of("cleo");
  private static final SubjectId STRANGER = SubjectId.of("nobody-knows-me");
  private static final RequestContext REQUEST = RequestContext.local();
  private static final String PASSWORD = "correct horse battery";

  /** Denied, or asked again in other words each time, as the challenge is another each time. */
  private static final String REFUSED = "refused";

  /** How many clips the right person films before giving up. */
  private static final int PATIENCE = 4;

  private final FaceLock faceLock;
  private final MailBox mailBox;
  private final Studio studio;
  private final DemoClock clock;
  private final PrintStream out;
  private String lastCode = "";
  private int surprises;

  private Quickstart(
      FaceLock faceLock, MailBox mailBox, Studio studio, DemoClock clock, PrintStream out) {
    this.faceLock = faceLock;
    this.mailBox = mailBox;
    this.studio = studio;
    this.clock = clock;
    this.out = out;
  }

  /**
   * Runs the demonstration; ends with status 1 if a login went otherwise than it should.
   *
   * @param args none
   */
  public static void main(String[] args) {
    if (run(System.out) > 0) {
      System.exit(1);
    }
  }

  /** Runs the demonstration and tells how many logins went otherwise than they should. */
  static int run(PrintStream out) {
    DemoClock clock = new DemoClock();
    MailBox mailBox = new MailBox();
    Timing start = Timing.start();
    try (FaceLock faceLock =
            FaceLock.builder()
                .policy(Policies.web())
                .applicationName("FaceLock quickstart")
                .codeChannel(mailBox)
                .clock(clock)
                .build();
        Studio studio = new Studio()) {
      out.printf(
          Locale.ROOT,
          "%nFaceLock quickstart: offline, in memory, ready with %d models in %s%n%n",
          faceLock.models().size(),
          start.elapsed());
      Quickstart quickstart = new Quickstart(faceLock, mailBox, studio, clock, out);
      quickstart.showLogins();
      return quickstart.surprises;
    }
  }

  private void showLogins() {
    enrol(ANNA, DemoPeople.annaAtEnrolment());
    enrol(BEA, DemoPeople.bea());
    enrol(CLEO, DemoPeople.cleo());
    faceLock.enrolment().setEmail(ANNA, Secret.of("anna@example.org"));
    TotpProvisioning provisioning = faceLock.enrolment().beginTotp(BEA, TotpParameters.COMPATIBLE);
    AuthenticatorApp app = AuthenticatorApp.scan(provisioning.uri(), clock);
    faceLock.enrolment().confirmTotp(BEA, provisioning.credential(), Secret.of(app.code()));
    clock.later(Duration.ofSeconds(30)); // the code that confirmed the app is spent
    out.println();

    Camera anna = studio.person(DemoPeople.annaToday());
    Camera.Recorder bea = new Camera.Recorder(studio.person(DemoPeople.bea()));
    Code mail = new Code(FactorType.EMAIL_CODE, mailBox::nextCode);
    Code wrong = new Code(FactorType.EMAIL_CODE, () -> other(mailBox.nextCode()));
    Code telephone = new Code(FactorType.TOTP, app::code);
    Code again = new Code(FactorType.TOTP, () -> lastCode);
    login("right person, another day, code by mail", ANNA, anna, mail, "granted");
    login("right person, code from the telephone", BEA, bea, telephone, "granted");
    login("right person, the same code again", BEA, bea, again, "not-verified");
    login("right person, wrong code", ANNA, anna, wrong, "not-verified");
    login("wrong person: enrolled, but not this one", ANNA, bea, mail, REFUSED);
    login("wrong person: a stranger", ANNA, stranger(), mail, REFUSED);
    login("nobody before the camera", ANNA, nobody(), mail, "no-face");
    login("two people", ANNA, anna.seen(view -> view.beside(view)), mail, "several-faces");
    login("dark picture", ANNA, anna.seen(Photograph::dark), mail, REFUSED);
    login("blurred picture", ANNA, anna.seen(Photograph::blurred), mail, REFUSED);
    login("a name that nobody has", STRANGER, anna, mail, "not-verified");
    // The clip of one login does not fit the challenge of the next.
    login("recording of an earlier login", BEA, bea.replay(), telephone, REFUSED);
    login("her photograph, held up and tilted", BEA, print(), telephone, REFUSED);
    login("her photograph on a screen, tilted", BEA, screen(), telephone, REFUSED);
    out.println();
  }

  private Camera stranger() {
    return studio.person(DemoPeople.dora());
  }

  private static Camera nobody() {
    return Camera.showing(Photograph.ofNobody());
  }

  private Camera print() {
    return studio.print(DemoPeople.bea());
  }

  private Camera screen() {
    return studio.screen(DemoPeople.bea());
  }

  /** Which code a person uses, and where it is read. */
  private record Code(FactorType factor, Supplier<String> read) {}

  private static String other(String code) {
    return (code.charAt(0) == '0' ? '1' : '0') + code.substring(1);
  }

  private void enrol(SubjectId subject, Photograph photograph) {
    Timing timing = Timing.start();
    faceLock.enrolment().register(subject);
    faceLock.enrolment().setPassword(subject, Secret.of(PASSWORD));
    FaceEnrolment enrolment =
        faceLock
            .enrolment()
            .enrolFace(subject, Capture.ofImage(photograph.jpeg()), Consent.to("face-notice-1"));
    boolean enrolled = enrolment instanceof FaceEnrolment.Enrolled;
    surprises += enrolled ? 0 : 1;
    out.printf(
        Locale.ROOT,
        "  enrol  %-46s %-14s %s%n",
        subject,
        enrolled ? "enrolled" : enrolment,
        timing.elapsed());
  }

  private void login(String what, SubjectId claimed, Camera camera, Code code, String expected) {
    Timing timing = Timing.start();
    // The right person is asked again now and then, and shows the next challenge.
    String result = answer(claimed, camera, code, expected.equals(REFUSED) ? 1 : PATIENCE);
    String elapsed = timing.elapsed();
    boolean surprise = !fits(result, expected);
    surprises += surprise ? 1 : 0;
    out.printf(
        Locale.ROOT,
        "  login  %-42s %-14s %s%s%n",
        what,
        result,
        elapsed,
        surprise ? "   EXPECTED " + expected : "");
  }

  private static boolean fits(String result, String expected) {
    return expected.equals(REFUSED) ? !result.equals("granted") : result.equals(expected);
  }

  /** Answers step after step, until the login ends or an answer is sent back. */
  private String answer(SubjectId claimed, Camera camera, Code code, int patience) {
    int clips = 0;
    MultiFactorAuthenticator authenticator = faceLock.authenticator();
    Outcome outcome = authenticator.begin(claimed, REQUEST);
    while (outcome instanceof Outcome.Challenge challenge) {
      Step step = challenge.next();
      clips += step.prompt(FactorType.FACE).isPresent() ? 1 : 0;
      boolean triesAgain = step.prompt(FactorType.FACE).isPresent() && clips <= patience;
      if (!(step.feedback() instanceof Feedback.None) && !triesAgain) {
        authenticator.cancel(challenge.handle());
        return nameOf(step.feedback());
      }
      Response response = respond(step, camera, code);
      outcome = authenticator.advance(challenge.handle(), response, REQUEST);
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
