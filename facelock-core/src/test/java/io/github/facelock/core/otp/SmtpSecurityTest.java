package io.github.facelock.core.otp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.icegreen.greenmail.util.DummySSLServerSocketFactory;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.core.fixtures.FakeSmtpServer;
import io.github.facelock.core.fixtures.FakeSmtpServer.Manner;
import io.github.facelock.core.fixtures.StoppedClock;
import io.github.facelock.core.fixtures.TestCertificate;
import io.github.facelock.core.fixtures.TlsSmtpServer;
import io.github.facelock.core.fixtures.TlsSmtpServer.Conduct;
import io.github.facelock.core.mail.SmtpSecurity;
import io.github.facelock.core.mail.SmtpSettings;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.OtpMessage;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may read a code on its way, who may take it, and for how long. */
@Timeout(60)
class SmtpSecurityTest {

  private static final String ADDRESS = "alice.smith@example.org";
  private static final String CODE = "83920174";
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Duration AMPLE = Duration.ofSeconds(30);

  private final StoppedClock clock = new StoppedClock(NOW);

  @BeforeAll
  static void greenMailShowsOurCertificate() {
    System.setProperty(
        DummySSLServerSocketFactory.GREENMAIL_KEYSTORE_FILE_PROPERTY,
        TestCertificate.LOOPBACK.file().toString());
    System.setProperty(
        DummySSLServerSocketFactory.GREENMAIL_KEYSTORE_PASSWORD_PROPERTY,
        TestCertificate.LOOPBACK.password());
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost"})
  void aMailWithItsCodeArrivesUnderTlsAfterALogin(String host) throws Exception {
    try (SecureServer server = new SecureServer()) {
      channel(
              SmtpSettings.server(host, server.port(), "no-reply@acme.example")
                  .security(SmtpSecurity.IMPLICIT_TLS)
                  .tls(TestCertificate.LOOPBACK.trusting())
                  .credentials(TlsSmtpServer.USER, Secret.of(TlsSmtpServer.PASSWORD)))
          .send(message());
      assertThat(server.codes()).containsExactly(CODE);
    }
  }

  @Test
  void aWrongPasswordIsNotTriedAgainAndNotTold() throws Exception {
    try (SecureServer server = new SecureServer()) {
      FaceLockException.Delivery fault =
          fault(
              channel(
                  settings(server.port(), TestCertificate.LOOPBACK.trusting())
                      .security(SmtpSecurity.IMPLICIT_TLS)
                      .credentials(TlsSmtpServer.USER, Secret.of("wrong donkey"))));
      assertThat(fault.retryable()).isFalse();
      assertThat(fault).hasMessageContaining("check the user and password (SMTP reply 535)");
      assertThat(server.mail.getReceivedMessages()).isEmpty();
    }
  }

  @Test
  void aServerWhoseCertificateNobodyVouchesForGetsNothing() throws Exception {
    try (TlsSmtpServer server =
        new TlsSmtpServer(TestCertificate.LOOPBACK.server(), Conduct.PROPER)) {
      assertUnproven(
          settings(server.port(), TestCertificate.ELSEWHERE.trusting())
              .security(SmtpSecurity.STARTTLS_REQUIRED),
          server);
      assertUnproven(
          SmtpSettings.server("127.0.0.1", server.port(), "no-reply@acme.example")
              .credentials(TlsSmtpServer.USER, Secret.of(TlsSmtpServer.PASSWORD)),
          server);
    }
    try (SecureServer server = new SecureServer()) {
      FaceLockException.Delivery fault =
          fault(
              channel(
                  settings(server.port(), TestCertificate.ELSEWHERE.trusting())
                      .security(SmtpSecurity.IMPLICIT_TLS)));
      assertUnproven(fault);
      assertThat(server.mail.getReceivedMessages()).isEmpty();
    }
  }

  @Test
  void aServerWithTheTrustedCertificateOfAnotherHostGetsNothing() throws Exception {
    try (TlsSmtpServer server =
        new TlsSmtpServer(TestCertificate.ELSEWHERE.server(), Conduct.PROPER)) {
      assertUnproven(settings(server.port(), TestCertificate.ELSEWHERE.trusting()), server);
    }
    try (TlsSmtpServer server =
        new TlsSmtpServer(TestCertificate.ELSEWHERE.server(), Conduct.TLS_AT_ONCE)) {
      assertUnproven(
          settings(server.port(), TestCertificate.ELSEWHERE.trusting())
              .security(SmtpSecurity.IMPLICIT_TLS),
          server);
    }
  }

  @Test
  void withStarttlsLoginAndMailTravelOnlyUnderTls() throws Exception {
    try (TlsSmtpServer server =
        new TlsSmtpServer(TestCertificate.LOOPBACK.server(), Conduct.PROPER)) {
      channel(settings(server.port(), TestCertificate.LOOPBACK.trusting())).send(message());
      assertThat(server.inClear()).containsExactly("EHLO localhost", "STARTTLS");
      assertThat(server.underTls().get(0)).isEqualTo("EHLO localhost");
      assertThat(server.underTls().get(1)).startsWith("AUTH PLAIN ");
      assertThat(server.underTls())
          .contains("MAIL FROM:<no-reply@acme.example>", "RCPT TO:<" + ADDRESS + ">");
      assertThat(codesIn(String.join("\n", server.underTls()))).contains(CODE);
    }
  }

  @Test
  void withStarttlsAWrongPasswordIsNotTriedAgainAndNotTold() throws Exception {
    try (TlsSmtpServer server =
        new TlsSmtpServer(TestCertificate.LOOPBACK.server(), Conduct.PROPER)) {
      FaceLockException.Delivery fault =
          fault(
              channel(
                  settings(server.port(), TestCertificate.LOOPBACK.trusting())
                      .credentials(TlsSmtpServer.USER, Secret.of("wrong donkey"))));
      assertThat(fault.retryable()).isFalse();
      assertThat(fault).hasMessageContaining("check the user and password");
      assertThat(server.underTls()).noneMatch(line -> line.startsWith("MAIL"));
    }
  }

  @Test
  void aLoginThatIsRefusedForNowIsTriedAgain() throws Exception {
    try (TlsSmtpServer server =
        new TlsSmtpServer(TestCertificate.LOOPBACK.server(), Conduct.LOGIN_BUSY)) {
      FaceLockException.Delivery fault =
          fault(channel(settings(server.port(), TestCertificate.LOOPBACK.trusting())));
      assertThat(fault.retryable()).isTrue();
      assertThat(fault).hasMessageContaining("SMTP reply 454");
    }
  }

  @Test
  void aServerThatOffersNoTlsDoesNotLearnThePassword() throws Exception {
    try (FakeSmtpServer server = new FakeSmtpServer(Manner.NO_STARTTLS)) {
      FaceLockException.Delivery fault =
          fault(channel(settings(server.port(), TestCertificate.LOOPBACK.trusting())));
      assertThat(fault.retryable()).isFalse();
      assertThat(fault).hasMessageContaining("STARTTLS");
      assertThat(server.messageIds()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "DRIPS,NONE",
    "DRIPS,STARTTLS_REQUIRED",
    "DRIPS_IN_HANDSHAKE,IMPLICIT_TLS",
    "DRIPS_AFTER_STARTTLS,STARTTLS_REQUIRED"
  })
  void aServerThatAnswersByteByByteDoesNotHoldTheThread(Conduct conduct, SmtpSecurity security)
      throws Exception {
    try (TlsSmtpServer server = new TlsSmtpServer(TestCertificate.LOOPBACK.server(), conduct)) {
      FaceLockException.Delivery fault =
          fault(
              channel(
                  settings(server.port(), TestCertificate.LOOPBACK.trusting())
                      .security(security)
                      .deliverWithin(Duration.ofMillis(700))));
      assertThat(fault.retryable()).isTrue();
      assertThat(fault).hasMessageContaining("did not take the mail within 700 ms");
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
  }

  @Test
  void aConnectionLostInTheHandshakeIsTriedAgain() throws Exception {
    try (TlsSmtpServer server =
        new TlsSmtpServer(TestCertificate.LOOPBACK.server(), Conduct.HANGS_UP_IN_HANDSHAKE)) {
      FaceLockException.Delivery fault =
          fault(
              channel(
                  settings(server.port(), TestCertificate.LOOPBACK.trusting())
                      .security(SmtpSecurity.IMPLICIT_TLS)));
      assertThat(fault.retryable()).as(fault.getMessage()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Conduct.class,
      names = {"DRIPS", "DRIPS_AFTER_STARTTLS"})
  void closingTheDispatcherEndsADeliveryUnderWay(Conduct conduct) throws Exception {
    RecordingAudit audit = new RecordingAudit();
    try (TlsSmtpServer server = new TlsSmtpServer(TestCertificate.LOOPBACK.server(), conduct)) {
      AtomicReference<Thread> thread = new AtomicReference<>();
      CountDownLatch entered = new CountDownLatch(1);
      SmtpCodeChannel mail =
          channel(
              settings(server.port(), TestCertificate.LOOPBACK.trusting())
                  .deliverWithin(Duration.ofMinutes(5)));
      ScriptedChannel watched =
          new ScriptedChannel(
              FactorType.EMAIL_CODE,
              m -> {
                thread.set(Thread.currentThread());
                entered.countDown();
                mail.send(m);
              });
      CodeDispatcher dispatcher =
          new CodeDispatcher(
              List.of(watched),
              audit,
              clock,
              new DeliverySettings(
                  1, 10, Duration.ofMillis(1), Duration.ofMillis(4), Duration.ofMillis(200)));
      dispatcher.dispatch(
          new CodeDelivery(
              message(),
              FactorType.EMAIL_CODE,
              SubjectId.of("alice"),
              "tx-1",
              "local",
              NOW.plusSeconds(300)));
      assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();
      dispatcher.close();
      assertThat(audit.next().type()).isEqualTo(AuditEvent.Type.CODE_NOT_SENT);
      thread.get().join(20_000);
      assertThat(thread.get().isAlive()).isFalse();
    }
  }

  private static void assertUnproven(SmtpSettings.Builder settings, TlsSmtpServer server) {
    assertUnproven(fault(new SmtpCodeChannel(settings.build(), new StoppedClock(NOW))));
    assertThat(server.inClear()).allMatch(l -> l.equals("EHLO localhost") || l.equals("STARTTLS"));
    assertThat(server.underTls()).isEmpty();
  }

  private static void assertUnproven(FaceLockException.Delivery fault) {
    assertThat(fault.retryable()).isFalse();
    assertThat(fault)
        .hasMessageContaining("could not prove who it is by TLS")
        .hasMessageContaining("check its certificate and name");
  }

  /** Sends, and checks that the fault tells nothing secret. */
  private static FaceLockException.Delivery fault(SmtpCodeChannel channel) {
    FaceLockException.Delivery fault =
        catchThrowableOfType(FaceLockException.Delivery.class, () -> channel.send(message()));
    assertThat(fault).isNotNull();
    StringWriter trace = new StringWriter();
    fault.printStackTrace(new PrintWriter(trace));
    assertThat(trace.toString())
        .doesNotContain(CODE, "alice.smith", TlsSmtpServer.USER, "horse", "donkey");
    return fault;
  }

  private SmtpCodeChannel channel(SmtpSettings.Builder settings) {
    return new SmtpCodeChannel(settings.build(), clock);
  }

  private static SmtpSettings.Builder settings(int port, SSLContext tls) {
    return SmtpSettings.server("127.0.0.1", port, "no-reply@acme.example")
        .tls(tls)
        .timeouts(AMPLE, AMPLE, AMPLE)
        .credentials(TlsSmtpServer.USER, Secret.of(TlsSmtpServer.PASSWORD));
  }

  private static OtpMessage message() {
    return new OtpMessage(
        "m1", Secret.of(ADDRESS), Secret.of(CODE), Duration.ofMinutes(5), Locale.ENGLISH);
  }

  private static List<String> codesIn(String text) {
    return Pattern.compile("\\b[0-9]{8}\\b")
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .toList();
  }

  private static final class SecureServer implements AutoCloseable {
    private final GreenMail mail =
        new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS));

    SecureServer() {
      mail.setUser(ADDRESS, TlsSmtpServer.USER, TlsSmtpServer.PASSWORD);
      mail.start();
    }

    int port() {
      return mail.getSmtps().getPort();
    }

    List<String> codes() throws Exception {
      assertThat(mail.waitForIncomingEmail(10_000, 1)).isTrue();
      MimeMessage received = mail.getReceivedMessages()[0];
      return codesIn((String) ((MimeMultipart) received.getContent()).getBodyPart(0).getContent());
    }

    @Override
    public void close() {
      mail.stop();
    }
  }
}
