package io.github.facelock.examples.quickstart;

import static io.github.facelock.examples.quickstart.FrontDesk.REFUSED;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.TotpParameters;
import io.github.facelock.api.enrolment.TotpProvisioning;
import io.github.facelock.api.policy.Policies;
import io.github.facelock.core.FaceLock;
import io.github.facelock.examples.quickstart.FrontDesk.Code;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * Enrols people from photographs and logs them in, or turns them away. No network: everything is in
 * memory and ends with the program, except mails to a guard, which go into a folder. Who stands
 * before the camera is simulated.
 */
public final class Quickstart {

  private static final SubjectId ANNA = SubjectId.of("anna");
  private static final SubjectId BEA = SubjectId.of("bea");
  private static final SubjectId CLEO = SubjectId.of("cleo");
  private static final SubjectId STRANGER = SubjectId.of("nobody-knows-me");

  private final FaceLock faceLock;
  private final MailBox mailBox;
  private final Studio studio;
  private final DemoClock clock;
  private final FrontDesk desk;

  private Quickstart(
      FaceLock faceLock, MailBox mailBox, Studio studio, DemoClock clock, FrontDesk desk) {
    this.faceLock = faceLock;
    this.mailBox = mailBox;
    this.studio = studio;
    this.clock = clock;
    this.desk = desk;
  }

  /**
   * Runs the demonstration; ends with status 1 if something went otherwise than it should.
   *
   * @param args none
   * @throws IOException if there is no folder for temporary files
   */
  public static void main(String[] args) throws IOException {
    if (run(System.out, Files.createTempDirectory("facelock-quickstart")) > 0) {
      System.exit(1);
    }
  }

  /** Runs the demonstration and tells how much went otherwise than it should. */
  static int run(PrintStream out, Path mails) {
    DemoClock clock = new DemoClock();
    MailBox mailBox = new MailBox();
    Timing start = Timing.start();
    try (FaceLock faceLock =
            FaceLock.builder()
                .policy(Policies.web())
                .namedPolicy(Incidents.WITHOUT_CAMERA)
                .applicationName("FaceLock quickstart")
                .codeChannel(mailBox)
                .alerts(Incidents.mailsTo(mails, clock))
                .clock(clock)
                .build();
        Studio studio = new Studio()) {
      out.printf(
          Locale.ROOT,
          "%nFaceLock quickstart: offline, in memory, ready with %d models in %s%n%n",
          faceLock.models().size(),
          start.elapsed());
      FrontDesk desk = new FrontDesk(faceLock, clock, out);
      new Quickstart(faceLock, mailBox, studio, clock, desk).showAll(out, mails);
      return desk.surprises();
    }
  }

  private void showAll(PrintStream out, Path mails) {
    Code mail = new Code(FactorType.EMAIL_CODE, mailBox::nextCode);
    desk.enrol(ANNA, DemoPeople.annaAtEnrolment());
    desk.enrol(BEA, DemoPeople.bea());
    desk.enrol(CLEO, DemoPeople.cleo());
    Code telephone = new Code(FactorType.TOTP, provisioned(BEA)::code);
    out.println();

    showLogins(mail, telephone);
    out.println();

    Incidents incidents = new Incidents(faceLock, desk, mails);
    incidents.watchFor(CLEO, studio.person(DemoPeople.cleo()), DemoPeople.cleo(), mail);
    incidents.lockOut(ANNA, new Code(FactorType.TOTP, provisioned(ANNA)::code), mail);
    incidents.readMails();
    incidents.verifyAudit(CLEO);
    out.println();
  }

  private AuthenticatorApp provisioned(SubjectId subject) {
    TotpProvisioning provisioning =
        faceLock.enrolment().beginTotp(subject, TotpParameters.COMPATIBLE);
    AuthenticatorApp app = AuthenticatorApp.scan(provisioning.uri(), clock);
    faceLock.enrolment().confirmTotp(subject, provisioning.credential(), Secret.of(app.code()));
    clock.later(Duration.ofSeconds(30)); // the code that confirmed the app is spent
    return app;
  }

  private void showLogins(Code mail, Code telephone) {
    Camera anna = studio.person(DemoPeople.annaToday());
    Camera.Recorder bea = new Camera.Recorder(studio.person(DemoPeople.bea()));
    Code again = new Code(FactorType.TOTP, desk::lastCode);
    desk.login("right person, another day, code by mail", ANNA, anna, mail, "granted");
    desk.login("right person, code from the telephone", BEA, bea, telephone, "granted");
    desk.login("right person, the same code again", BEA, bea, again, "not-verified");
    desk.login("right person, wrong code", ANNA, anna, mail.wrong(), "not-verified");
    desk.login("wrong person: enrolled, but not this one", ANNA, bea, mail, REFUSED);
    desk.login("wrong person: a stranger", ANNA, stranger(), mail, REFUSED);
    desk.login("nobody before the camera", ANNA, nobody(), mail, "no-face");
    desk.login("two people", ANNA, anna.seen(view -> view.beside(view)), mail, "several-faces");
    desk.login("dark picture", ANNA, anna.seen(Photograph::dark), mail, REFUSED);
    desk.login("blurred picture", ANNA, anna.seen(Photograph::blurred), mail, REFUSED);
    desk.login("a name that nobody has", STRANGER, anna, mail, "not-verified");
    // The clip of one login does not fit the challenge of the next.
    desk.login("recording of an earlier login", BEA, bea.replay(), telephone, REFUSED);
    desk.login("her photograph, held up and tilted", BEA, print(), telephone, REFUSED);
    desk.login("her photograph on a screen, tilted", BEA, screen(), telephone, REFUSED);
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
}
