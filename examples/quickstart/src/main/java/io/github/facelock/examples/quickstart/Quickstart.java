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
import io.github.facelock.api.policy.Policies;
import io.github.facelock.core.FaceLock;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Enrols people from photographs and logs them in, or turns them away. No network, no files:
 * everything is in memory and ends with the program.
 */
public final class Quickstart {

  private static final SubjectId ANNA = SubjectId.of("anna");
  private static final SubjectId BEA = SubjectId.of("bea");
  private static final SubjectId CLEO = SubjectId.of("cleo");
  private static final SubjectId STRANGER = SubjectId.of("nobody-knows-me");
  private static final RequestContext REQUEST = RequestContext.local();
  private static final String PASSWORD = "correct horse battery";

  private final FaceLock faceLock;
  private final MailBox mailBox;
  private final PrintStream out;
  private int surprises;

  private Quickstart(FaceLock faceLock, MailBox mailBox, PrintStream out) {
    this.faceLock = faceLock;
    this.mailBox = mailBox;
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
            .policy(Policies.web().withoutLiveness())
            .applicationName("FaceLock quickstart")
            .codeChannel(mailBox)
            .clock(clock)
            .build()) {
      out.printf(
          Locale.ROOT,
          "%nFaceLock quickstart: offline, in memory, ready with %d models in %s%n%n",
          faceLock.models().size(),
          start.elapsed());
      Quickstart quickstart = new Quickstart(faceLock, mailBox, out);
      quickstart.showLogins(clock);
      return quickstart.surprises;
    }
  }

  private void showLogins(DemoClock clock) {
    enrol(ANNA, DemoPeople.annaAtEnrolment());
    enrol(BEA, DemoPeople.bea());
    enrol(CLEO, DemoPeople.cleo());
    faceLock.enrolment().setEmail(ANNA, Secret.of("anna@example.org"));
    TotpProvisioning provisioning = faceLock.enrolment().beginTotp(BEA, TotpParameters.COMPATIBLE);
    AuthenticatorApp app = AuthenticatorApp.scan(provisioning.uri(), clock);
    faceLock.enrolment().confirmTotp(BEA, provisioning.credential(), Secret.of(app.code()));
    clock.later(Duration.ofSeconds(30)); // the code that confirmed the app is spent
    out.println();

    Photograph anna = DemoPeople.annaToday();
    Photograph bea = DemoPeople.bea();
    String shown = app.code();
    Code mail = new Code(FactorType.EMAIL_CODE, mailBox::nextCode);
    Code wrong = new Code(FactorType.EMAIL_CODE, () -> other(mailBox.nextCode()));
    Code telephone = new Code(FactorType.TOTP, () -> shown);
    login("right person, another day, code by mail", ANNA, anna, mail, "granted");
    login("right person, code from the telephone", BEA, bea, telephone, "granted");
    login("right person, the same code again", BEA, bea, telephone, "not-verified");
    login("right person, wrong code", ANNA, anna, wrong, "not-verified");
    login("wrong person: enrolled, but not this one", ANNA, bea, mail, "not-verified");
    login("wrong person: a stranger", ANNA, DemoPeople.dora(), mail, "not-verified");
    login("nobody before the camera", ANNA, Photograph.ofNobody(), mail, "no-face");
    login("two people", ANNA, anna.beside(bea), mail, "several-faces");
    login("dark picture", ANNA, anna.dark(), mail, "too-dark");
    login("blurred picture", ANNA, anna.blurred(), mail, "blurred");
    login("a name that nobody has", STRANGER, anna, mail, "not-verified");
    out.println();
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

  private void login(
      String what, SubjectId claimed, Photograph photograph, Code code, String expected) {
    byte[] jpeg = photograph.jpeg();
    Timing timing = Timing.start();
    String result = answer(claimed, jpeg, code);
    String elapsed = timing.elapsed();
    boolean surprise = !result.equals(expected);
    surprises += surprise ? 1 : 0;
    out.printf(
        Locale.ROOT,
        "  login  %-42s %-14s %s%s%n",
        what,
        result,
        elapsed,
        surprise ? "   EXPECTED " + expected : "");
  }

  /** Answers step after step, until the login ends or an answer is sent back. */
  private String answer(SubjectId claimed, byte[] jpeg, Code code) {
    MultiFactorAuthenticator authenticator = faceLock.authenticator();
    Outcome outcome = authenticator.begin(claimed, REQUEST);
    while (outcome instanceof Outcome.Challenge challenge) {
      Step step = challenge.next();
      if (!(step.feedback() instanceof Feedback.None)) {
        authenticator.cancel(challenge.handle());
        return nameOf(step.feedback());
      }
      Response response = respond(step, jpeg, code);
      outcome = authenticator.advance(challenge.handle(), response, REQUEST);
    }
    return outcome.fold(
        granted -> "granted",
        challenge -> "unfinished",
        denied -> denied.reason().name().toLowerCase(Locale.ROOT),
        locked -> "locked");
  }

  private static Response respond(Step step, byte[] jpeg, Code code) {
    if (step.prompt(FactorType.PASSWORD).isPresent()) {
      return Response.password(PASSWORD);
    }
    if (step.prompt(FactorType.FACE).isPresent()) {
      return Response.face(Capture.ofImage(jpeg));
    }
    // A mail is sent only when the person chooses it.
    boolean asked = step.prompt(code.factor()).filter(Prompt::started).isPresent();
    return asked
        ? new Response.Text(code.factor(), Secret.of(code.read().get()))
        : new Response.Choice(code.factor());
  }

  private static String nameOf(Feedback feedback) {
    if (feedback instanceof Feedback.NotAcquired unclear) {
      return unclear.guidance().code();
    }
    return feedback instanceof Feedback.NotVerified ? "not-verified" : "factor-locked";
  }
}
