package io.github.facelock.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.Outcome;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.Response;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.admin.AuditQuery;
import io.github.facelock.api.enrolment.Consent;
import io.github.facelock.api.enrolment.FaceEnrolment;
import io.github.facelock.api.face.Capture;
import io.github.facelock.api.policy.Policy;
import io.github.facelock.core.alert.AlertRecord;
import io.github.facelock.core.alert.AlertRules;
import io.github.facelock.core.alert.AlertSettings;
import io.github.facelock.core.alert.AlertTarget;
import io.github.facelock.core.alert.AlertTemplates;
import io.github.facelock.core.alert.EscalationPolicy;
import io.github.facelock.core.alert.MailAlertSink;
import io.github.facelock.core.alert.RepetitionRule;
import io.github.facelock.core.audit.AuditVerification;
import io.github.facelock.core.crypto.FixedKeys;
import io.github.facelock.core.fixtures.TestCertificate;
import io.github.facelock.core.fixtures.TlsSmtpServer;
import io.github.facelock.core.mail.SmtpClient;
import io.github.facelock.core.mail.SmtpSecurity;
import io.github.facelock.core.mail.SmtpSettings;
import io.github.facelock.core.password.Argon2Parameters;
import io.github.facelock.core.store.jdbc.JdbcStores;
import io.github.facelock.spi.Alert;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.store.OutboxEntry;
import io.github.facelock.test.MutableClock;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * From failed faces to the guard's mail box: real models, a rule, a database in a file, a real mail
 * server that demands TLS and a login.
 */
@Timeout(120)
class AlertsEndToEndTest {

  private static final SubjectId BEA = SubjectId.of("bea");
  private static final RequestContext REQUEST = RequestContext.from("192.0.2.7");
  private static final Capture BEAS_FACE = Capture.ofImage(DemoFaces.bea());
  private static final Capture DORAS_FACE = Capture.ofImage(DemoFaces.dora());
  private static final String PASSWORD = "correct horse battery";
  private static final int FAILURES = 3;

  private static final FixedKeys KEYS =
      new FixedKeys("k1", Map.of("k1", new SecretKeySpec(new byte[32], "AES")));

  @TempDir Path folder;

  private final MutableClock clock = MutableClock.at(Instant.parse("2030-01-01T12:00:00Z"));

  private FaceLock open(JdbcStores stores, int mailPort) throws Exception {
    SmtpClient mailServer =
        new SmtpClient(
            SmtpSettings.server("127.0.0.1", mailPort, "door@acme.example")
                .security(SmtpSecurity.STARTTLS_REQUIRED)
                .tls(TestCertificate.LOOPBACK.trusting())
                .credentials(TlsSmtpServer.USER, Secret.of(TlsSmtpServer.PASSWORD))
                .build(),
            clock);
    MailAlertSink guard =
        MailAlertSink.bySmtp(
            mailServer, List.of("guard@acme.example"), Locale.ENGLISH, AlertTemplates.of("Acme"));
    return FaceLock.builder()
        .policy(
            Policy.named("door")
                .step(FactorType.PASSWORD)
                .step(FactorType.FACE)
                .withoutLiveness()
                .build())
        .clock(clock)
        .keys(KEYS)
        .stores(stores)
        .passwordCosts(new Argon2Parameters(64, 1, 1))
        .alerts(
            AlertSettings.ofDefaults()
                .rules(
                    AlertRules.none()
                        .and(
                            new RepetitionRule(
                                Alert.Cause.ATTEMPT_FAILED,
                                FAILURES,
                                Duration.ofMinutes(10),
                                RepetitionRule.Per.SUBJECT,
                                Alert.Severity.WARNING)))
                .escalation(EscalationPolicy.atOnce(AlertTarget.of("guard", guard)))
                .snapshots(Set.of(Alert.Cause.FAILURES_REPEATED), Duration.ofDays(7)))
        .build();
  }

  private static void enrol(FaceLock faceLock) {
    faceLock.enrolment().register(BEA);
    faceLock.enrolment().setPassword(BEA, Secret.of(PASSWORD));
    assertThat(faceLock.enrolment().enrolFace(BEA, BEAS_FACE, Consent.to("notice-1")))
        .isInstanceOf(FaceEnrolment.Enrolled.class);
  }

  /** Dora knows Bea's password, and shows her own face as often as it is looked at. */
  private static void doraTries(FaceLock faceLock) {
    Outcome outcome = faceLock.authenticator().begin(BEA, REQUEST);
    Response next = Response.password(PASSWORD);
    int faces = 0;
    while (outcome instanceof Outcome.Challenge asked) {
      faces += asked.next().prompt(FactorType.FACE).isPresent() ? 1 : 0;
      outcome = faceLock.authenticator().advance(asked.handle(), next, REQUEST);
      next = Response.face(DORAS_FACE);
    }
    assertThat(outcome).isInstanceOf(Outcome.Denied.class);
    assertThat(faces).isEqualTo(FAILURES);
  }

  private static List<AlertRecord> alerts(FaceLock faceLock) {
    return faceLock.alerts().list(EnumSet.allOf(OutboxEntry.State.class), 0, 100);
  }

  private void awaitMail(FaceLock faceLock, TlsSmtpServer server) {
    while (server.mails().isEmpty()) {
      var unused = faceLock.alerts().deliverDue();
      Thread.onSpinWait();
    }
  }

  @Test
  void threeWrongFacesAreAMailWithThePictureThatOutlivesARestart() throws Exception {
    Path file = folder.resolve("facelock");
    try (JdbcStores stores = JdbcStores.inFile(file, clock);
        FaceLock faceLock = open(stores, closedPort())) {
      enrol(faceLock);
      doraTries(faceLock);
      assertThat(alerts(faceLock)).hasSize(1);
      // The mail server is away when the process ends.
      var unused = faceLock.alerts().deliverDue();
    }
    clock.advance(Duration.ofHours(1));

    try (TlsSmtpServer server =
            new TlsSmtpServer(TestCertificate.LOOPBACK.server(), TlsSmtpServer.Conduct.PROPER);
        JdbcStores stores = JdbcStores.inFile(file, clock);
        FaceLock faceLock = open(stores, server.port())) {
      awaitMail(faceLock, server);

      assertThat(server.inClear()).noneMatch(line -> line.startsWith("AUTH"));
      assertThat(server.underTls()).anyMatch(line -> line.startsWith("AUTH PLAIN"));
      assertIsTheMail(server.mails().get(0));
    }

    try (JdbcStores stores = JdbcStores.inFile(file, clock);
        FaceLock faceLock = open(stores, closedPort())) {
      assertThat(alerts(faceLock))
          .singleElement()
          .satisfies(
              alert -> {
                assertThat(alert.state()).isEqualTo(OutboxEntry.State.DONE);
                assertThat(faceLock.alerts().snapshot(alert.id())).isPresent();
              });
      assertThat(
              faceLock
                  .audit()
                  .orElseThrow()
                  .search(AuditQuery.all().withTypes(Set.of(AuditEvent.Type.ALERT_SENT.name()))))
          .hasSize(1);
      assertThat(faceLock.audit().orElseThrow().verify())
          .isInstanceOf(AuditVerification.Intact.class);
      faceLock.enrolment().erase(BEA);
      assertThat(faceLock.alerts().snapshot(alerts(faceLock).get(0).id())).isEmpty();
    }
  }

  private static void assertIsTheMail(String raw) throws Exception {
    MimeMessage mail =
        new MimeMessage(
            Session.getInstance(new Properties()),
            new ByteArrayInputStream(raw.getBytes(StandardCharsets.ISO_8859_1)));
    assertThat(mail.getSubject()).isEqualTo("Acme: Many wrong answers (A wrong answer)");
    assertThat(mail.getAllRecipients())
        .extracting(Object::toString)
        .containsExactly("guard@acme.example");
    MimeMultipart mixed = (MimeMultipart) mail.getContent();
    MimeMultipart words = (MimeMultipart) mixed.getBodyPart(0).getContent();
    assertThat((String) words.getBodyPart(0).getContent())
        .contains("bea", "192.0.2.7", "2030-01-01T12:00:00Z", "Warning")
        .doesNotContain(PASSWORD, "score");
    MimeBodyPart attached = (MimeBodyPart) mixed.getBodyPart(1);
    assertThat(attached.getFileName()).isEqualTo("snapshot.jpg");
    try (InputStream in = attached.getInputStream()) {
      BufferedImage picture = ImageIO.read(in);
      BufferedImage shown = ImageIO.read(new ByteArrayInputStream(DemoFaces.dora()));
      assertThat(picture.getWidth()).isEqualTo(shown.getWidth());
      assertThat(picture.getHeight()).isEqualTo(shown.getHeight());
      assertThat(difference(picture, shown)).isLessThan(12);
      assertThat(difference(picture, ImageIO.read(new ByteArrayInputStream(DemoFaces.bea()))))
          .isGreaterThan(24);
    }
  }

  /** The mean difference of two pictures' green, of 255. */
  private static double difference(BufferedImage one, BufferedImage other) {
    long sum = 0;
    for (int y = 0; y < one.getHeight(); y++) {
      for (int x = 0; x < one.getWidth(); x++) {
        sum += Math.abs((one.getRGB(x, y) >> 8 & 255) - (other.getRGB(x, y) >> 8 & 255));
      }
    }
    return sum / (double) one.getWidth() / one.getHeight();
  }

  /** A port at which nobody listens. */
  private static int closedPort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
