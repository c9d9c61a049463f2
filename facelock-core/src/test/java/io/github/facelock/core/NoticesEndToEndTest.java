package io.github.facelock.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.DummySSLServerSocketFactory;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.Consent;
import io.github.facelock.api.enrolment.Enrolment;
import io.github.facelock.api.enrolment.FaceEnrolment;
import io.github.facelock.api.face.Capture;
import io.github.facelock.api.policy.Policy;
import io.github.facelock.core.alert.AlertSettings;
import io.github.facelock.core.alert.AlertTemplates;
import io.github.facelock.core.alert.MailNoticeChannel;
import io.github.facelock.core.alert.SmsNoticeChannel;
import io.github.facelock.core.face.ScriptedFaces;
import io.github.facelock.core.fixtures.FakeProvider;
import io.github.facelock.core.fixtures.TestCertificate;
import io.github.facelock.core.http.SmsGateway;
import io.github.facelock.core.http.SmsSettings;
import io.github.facelock.core.mail.SmtpClient;
import io.github.facelock.core.mail.SmtpSecurity;
import io.github.facelock.core.mail.SmtpSettings;
import io.github.facelock.core.password.Argon2Parameters;
import io.github.facelock.test.InMemoryMailbox;
import io.github.facelock.test.MutableClock;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What people are told about their own credentials, by a real mail server and a real provider. */
@Timeout(60)
class NoticesEndToEndTest {

  private static final SubjectId BEA = SubjectId.of("bea");
  private static final String OLD = "bea@old.example";
  private static final String NEW = "bea@new.example";
  private static final String NUMBER = "+4915123456789";
  private static final String SID = "AC0123456789abcdef0123456789abcdef";
  private static final String USER = "acme-mailer";
  private static final String MAIL_PASSWORD = "correct horse";

  private final MutableClock clock = MutableClock.at(Instant.parse("2030-01-01T12:00:00Z"));
  private final FakeProvider provider = new FakeProvider();
  private final GreenMail mail =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS));
  private final FaceLock faceLock;
  private int read;

  @BeforeAll
  static void greenMailShowsOurCertificate() {
    System.setProperty(
        DummySSLServerSocketFactory.GREENMAIL_KEYSTORE_FILE_PROPERTY,
        TestCertificate.LOOPBACK.file().toString());
    System.setProperty(
        DummySSLServerSocketFactory.GREENMAIL_KEYSTORE_PASSWORD_PROPERTY,
        TestCertificate.LOOPBACK.password());
  }

  NoticesEndToEndTest() throws Exception {
    mail.setUser(USER + "@acme.example", USER, MAIL_PASSWORD);
    mail.start();
    provider.answers(201, "{\"sid\": \"SM1\", \"status\": \"queued\"}");
    AlertTemplates words = AlertTemplates.of("Acme");
    SmtpClient mailServer =
        new SmtpClient(
            SmtpSettings.server("127.0.0.1", mail.getSmtps().getPort(), "no-reply@acme.example")
                .security(SmtpSecurity.IMPLICIT_TLS)
                .tls(TestCertificate.LOOPBACK.trusting())
                .credentials(USER, Secret.of(MAIL_PASSWORD))
                .build(),
            clock);
    SmsGateway telephones =
        new SmsGateway(
            SmsSettings.account(SID, Secret.of("hush"))
                .from("+15005550006")
                .baseUrl(provider.uri(""))
                .build());
    faceLock =
        FaceLock.builder()
            .policy(
                Policy.named("web")
                    .step(FactorType.PASSWORD)
                    .step(FactorType.FACE)
                    .step(FactorType.EMAIL_CODE, FactorType.SMS_CODE)
                    .withoutLiveness()
                    .build())
            .clock(clock)
            .passwordCosts(new Argon2Parameters(64, 1, 1))
            .faceDetector(ScriptedFaces.DETECTOR)
            .faceLandmarker(ScriptedFaces.LANDMARKER)
            .faceEmbedder(new ScriptedFaces.Embedder("scripted"))
            .codeChannel(new InMemoryMailbox(FactorType.EMAIL_CODE))
            .codeChannel(new InMemoryMailbox(FactorType.SMS_CODE))
            .alerts(
                AlertSettings.ofDefaults()
                    .tellSubjectsBy(MailNoticeChannel.bySmtp(mailServer, words))
                    .tellSubjectsBy(new SmsNoticeChannel(telephones, words))
                    .noticeLocale(Locale.GERMAN))
            .build();
    faceLock.enrolment().register(BEA);
  }

  @AfterEach
  void close() {
    faceLock.close();
    provider.close();
    mail.stop();
  }

  /** The mails that came since the last call, as recipient and text. */
  private List<String> newMails(int number) throws Exception {
    assertThat(mail.waitForIncomingEmail(20_000, read + number)).isTrue();
    MimeMessage[] all = mail.getReceivedMessages();
    assertThat(all).hasSize(read + number);
    List<String> mails = new ArrayList<>();
    for (int i = read; i < all.length; i++) {
      MimeMultipart words = (MimeMultipart) all[i].getContent();
      mails.add(all[i].getAllRecipients()[0] + "\n" + words.getBodyPart(0).getContent());
    }
    read = all.length;
    return mails;
  }

  @Test
  void aNewAddressIsToldAtTheOldOneToo() throws Exception {
    faceLock.enrolment().setEmail(BEA, Secret.of(OLD));
    assertThat(newMails(1)).singleElement().asString().startsWith(OLD).contains("email-code");

    faceLock.enrolment().setEmail(BEA, Secret.of(NEW));
    assertThat(newMails(2))
        .satisfiesExactlyInAnyOrder(
            old -> assertThat(old).startsWith(OLD), current -> assertThat(current).startsWith(NEW));
  }

  @Test
  void aChangeIsToldByMailAndTelephone() throws Exception {
    Enrolment enrolment = faceLock.enrolment();
    enrolment.setEmail(BEA, Secret.of(OLD));
    enrolment.setPhone(BEA, Secret.of(NUMBER));
    newMails(2);
    awaitSms(1);

    enrolment.setPassword(BEA, Secret.of("correct horse battery"));
    assertThat(newMails(1))
        .singleElement()
        .asString()
        .contains("Faktor: password", "Wenn Sie das nicht waren")
        .doesNotContain("correct horse battery");
    FakeProvider.Request sms = awaitSms(2);
    assertThat(sms.header("Authorization"))
        .isEqualTo(
            "Basic "
                + Base64.getEncoder()
                    .encodeToString((SID + ":hush").getBytes(StandardCharsets.UTF_8)));
    assertThat(sms.form()).containsEntry("To", NUMBER).containsEntry("From", "+15005550006");
    assertThat(sms.form().get("Body")).startsWith("Acme: ").doesNotContain("battery");
  }

  @Test
  void aFaceThatIsAddedOrRemovedIsTold() throws Exception {
    Enrolment enrolment = faceLock.enrolment();
    enrolment.setEmail(BEA, Secret.of(OLD));
    newMails(1);

    FaceEnrolment enrolled =
        enrolment.enrolFace(
            BEA, Capture.of(List.of(ScriptedFaces.frame(2))), Consent.to("notice-1"));
    assertThat(enrolled).isInstanceOf(FaceEnrolment.Enrolled.class);
    assertThat(newMails(1)).singleElement().asString().contains("face");

    assertThat(enrolment.remove(BEA, ((FaceEnrolment.Enrolled) enrolled).references().get(0)))
        .isTrue();
    assertThat(newMails(1)).singleElement().asString().contains("face");
  }

  private FakeProvider.Request awaitSms(int number) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (provider.requests().size() < number && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(provider.requests()).hasSize(number);
    return provider.requests().get(number - 1);
  }
}
