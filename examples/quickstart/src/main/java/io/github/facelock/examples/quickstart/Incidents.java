package io.github.facelock.examples.quickstart;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.admin.AuditQuery;
import io.github.facelock.api.face.Capture;
import io.github.facelock.api.policy.Policy;
import io.github.facelock.api.watchlist.FaceWatch;
import io.github.facelock.core.FaceLock;
import io.github.facelock.core.alert.AlertRecord;
import io.github.facelock.core.alert.AlertSettings;
import io.github.facelock.core.alert.AlertTarget;
import io.github.facelock.core.alert.AlertTemplates;
import io.github.facelock.core.alert.EscalationPolicy;
import io.github.facelock.core.alert.MailAlertSink;
import io.github.facelock.core.audit.AuditVerification;
import io.github.facelock.core.audit.ChainedAuditLog;
import io.github.facelock.core.mail.MailFolder;
import io.github.facelock.examples.quickstart.FrontDesk.Code;
import io.github.facelock.spi.Alert;
import io.github.facelock.spi.store.OutboxEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** What happens when somebody must not get in, and who learns of it. */
final class Incidents {

  /** For an entrance without a camera: the account's own page, say. */
  static final Policy WITHOUT_CAMERA =
      Policy.named("without-camera")
          .step(FactorType.TOTP, FactorType.EMAIL_CODE)
          .step(FactorType.PASSWORD)
          .build();

  private static final RequestContext GUESSER = RequestContext.from("203.0.113.66");

  private final FaceLock faceLock;
  private final FrontDesk desk;
  private final Path mails;

  Incidents(FaceLock faceLock, FrontDesk desk, Path mails) {
    this.faceLock = faceLock;
    this.desk = desk;
    this.mails = mails;
  }

  /** The guard is told by mail, with a picture where there is one; here the mails are files. */
  static AlertSettings mailsTo(Path folder, Clock clock) {
    MailFolder mails = new MailFolder(folder, "door@example.org", "FaceLock quickstart", clock);
    AlertTemplates words = AlertTemplates.of("FaceLock quickstart");
    MailAlertSink sink =
        MailAlertSink.toFolder(mails, List.of("guard@example.org"), Locale.ENGLISH, words);
    return AlertSettings.ofDefaults()
        .escalation(EscalationPolicy.atOnce(AlertTarget.of("guard", sink)))
        .snapshots(Duration.ofDays(30));
  }

  /** Everything is right but the person: the answer is the one that a stranger gets, too. */
  void watchFor(SubjectId subject, Camera person, Photograph photograph, Code code) {
    desk.login("while nobody objects", subject, person, code, "granted");
    Timing timing = Timing.start();
    Capture picture = Capture.ofImage(photograph.jpeg());
    FaceWatch watch =
        faceLock.watchList().addFace(picture, "threatened somebody", "anna", Optional.empty());
    String result = watch instanceof FaceWatch.Added ? "watched" : "not-watched";
    desk.show("watch", "her face is put on the watch-list", result, "watched", timing);
    desk.login("the same, with everything right", subject, person, code, "not-verified");
  }

  /** Guessing locks the factor that is guessed, and no other one. */
  void lockOut(SubjectId victim, Code telephone, Code mail) {
    String policy = WITHOUT_CAMERA.name();
    for (int i = 1; i <= 5; i++) {
      String what = "somebody guesses the telephone's code, " + i;
      desk.login(what, victim, policy, GUESSER, telephone.wrong(), "not-verified");
    }
    RequestContext home = RequestContext.local();
    desk.login(
        "the owner's right code comes too late", victim, policy, home, telephone, "factor-locked");
    desk.login("the owner, by mail instead", victim, policy, home, mail, "granted");
  }

  /** What the guard has in the mail box. */
  void readMails() {
    readMail(Alert.Cause.WATCH_LIST, "with-picture");
    readMail(Alert.Cause.LOCKED, "no-picture");
    desk.say("The mails are in " + mails);
  }

  private void readMail(Alert.Cause cause, String expected) {
    Timing timing = Timing.start();
    try {
      List<String> mail = Files.readAllLines(fileAbout(cause));
      String subject =
          mail.stream().filter(line -> line.startsWith("Subject: ")).findFirst().orElseThrow();
      boolean pictured = mail.stream().anyMatch(line -> line.contains("image/jpeg"));
      String result = pictured ? "with-picture" : "no-picture";
      desk.show("mail", subject.substring("Subject: ".length()), result, expected, timing);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Mails come from another thread, a moment later. */
  private Path fileAbout(Alert.Cause cause) throws IOException {
    Instant end = Instant.now().plusSeconds(10);
    while (Instant.now().isBefore(end)) {
      Optional<Path> file = sentAbout(cause);
      if (file.isPresent()) {
        return file.get();
      }
      LockSupport.parkNanos(5_000_000);
    }
    throw new IllegalStateException("No mail about " + cause + " came within ten seconds");
  }

  private Optional<Path> sentAbout(Alert.Cause cause) throws IOException {
    Optional<String> id =
        faceLock.alerts().list(EnumSet.allOf(OutboxEntry.State.class), 0, 100).stream()
            .filter(each -> each.alert().filter(alert -> alert.cause() == cause).isPresent())
            .map(AlertRecord::id)
            .findFirst();
    if (id.isEmpty()) {
      return Optional.empty();
    }
    // A mail's file is named after its alert.
    try (Stream<Path> files = Files.list(mails)) {
      return files.filter(file -> file.getFileName().toString().startsWith(id.get())).findFirst();
    }
  }

  /** The trail says what the person was not told, and shows that nobody changed it. */
  void verifyAudit(SubjectId watched) {
    Timing timing = Timing.start();
    ChainedAuditLog audit = faceLock.audit().orElseThrow();
    boolean known =
        audit.search(AuditQuery.all().withSubject(watched)).stream()
            .anyMatch(record -> record.event().details().containsKey("watch-list"));
    desk.show("audit", "says why she was turned away", known ? "yes" : "no", "yes", timing);
    timing = Timing.start();
    AuditVerification verification = audit.verify();
    if (verification instanceof AuditVerification.Intact intact) {
      desk.show("audit", intact.records() + " records", "intact", "intact", timing);
    } else {
      desk.show("audit", verification.toString(), "broken", "intact", timing);
    }
  }
}
