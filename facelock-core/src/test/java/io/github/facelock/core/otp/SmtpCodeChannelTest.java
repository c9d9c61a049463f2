package io.github.facelock.core.otp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.core.fixtures.FakeSmtpServer;
import io.github.facelock.core.fixtures.FakeSmtpServer.Manner;
import io.github.facelock.core.fixtures.StoppedClock;
import io.github.facelock.core.mail.MailAddress;
import io.github.facelock.core.mail.SmtpSecurity;
import io.github.facelock.core.mail.SmtpSettings;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.OtpMessage;
import jakarta.mail.BodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SmtpCodeChannelTest {

  private static final String ADDRESS = "alice.smith@example.org";
  private static final String CODE = "83920174";
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private final StoppedClock clock = new StoppedClock(NOW);

  @Test
  void aMailArrivesWithTheCodeInBothParts() throws Exception {
    try (Server server = new Server()) {
      channel(server.port()).send(message(Locale.ENGLISH));
      MimeMessage mail = server.only();
      assertThat(mail.getSubject()).isEqualTo("Your login code for Acme <&> Sons");
      assertThat(mail.getAllRecipients()).extracting(Object::toString).containsExactly(ADDRESS);
      assertThat(mail.getFrom()[0].toString()).contains("no-reply@acme.example");
      assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
      assertThat(mail.getHeader("Content-Language")).containsExactly("en");
      assertThat(mail.getSentDate().toInstant()).isEqualTo(NOW);
      assertThat(part(mail, 0)).contains(CODE, "5 minutes", "Acme <&> Sons");
      assertThat(part(mail, 1))
          .contains(CODE, "Acme &lt;&amp;&gt; Sons", "lang=\"en\"")
          .doesNotContain("<&>");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "en,login code",
    "es,acceso",
    "de-AT,Anmeldecode",
    "hi,लॉगिन",
    "bn,লগইন",
    "fr,login code"
  })
  void mailsSpeakTheLanguageOfTheLogin(String language, String word) throws Exception {
    try (Server server = new Server()) {
      channel(server.port()).send(message(Locale.forLanguageTag(language)));
      MimeMessage mail = server.only();
      assertThat(mail.getSubject()).contains(word).doesNotContain(CODE);
      assertThat(part(mail, 0)).contains(CODE, "5").doesNotContain("{", "}");
      assertThat(part(mail, 1)).contains(CODE).doesNotContain("{", "}");
    }
  }

  @Test
  void aValueThatLooksLikeAPlaceIsNotFilledAgain() {
    CodeMail mail =
        CodeTemplates.bundled()
            .mail(Locale.ENGLISH, CodeMail.values("{code}", CODE, Duration.ofMinutes(5)));
    assertThat(mail.subject()).contains("{code}").doesNotContain(CODE);
  }

  @Test
  void allTriesOfAMessageHaveOneMessageId() throws Exception {
    try (FakeSmtpServer server = new FakeSmtpServer(Manner.NO_STARTTLS)) {
      SmtpCodeChannel channel = channel(server.port());
      channel.send(message("tx/email-code/1", ADDRESS));
      channel.send(message("tx/email-code/1", ADDRESS));
      channel.send(message("tx/email-code/2", ADDRESS));
      List<String> ids = server.messageIds();
      assertThat(ids).hasSize(3);
      assertThat(ids.get(0))
          .isEqualTo(ids.get(1))
          .isNotEqualTo(ids.get(2))
          .endsWith("@acme.example>");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "alice",
        "a@b@c",
        "a b@c.d",
        "a@b.c\r\nBcc: x@y.z",
        "a@b.c,x@y.z",
        "<a@b.c>",
        "a@[127.0.0.1]",
        "\"a\"@b.c",
        ".a@b.c",
        "a@-b.c",
        "a@b.c ",
        "ä@b.c"
      })
  void anythingButOnePlainAddressIsRefused(String address) throws Exception {
    try (FakeSmtpServer server = new FakeSmtpServer(Manner.NO_STARTTLS)) {
      assertThatThrownBy(() -> channel(server.port()).send(message("m", address)))
          .isInstanceOfSatisfying(
              FaceLockException.Delivery.class, e -> assertThat(e.retryable()).isFalse());
      assertThat(server.messageIds()).isEmpty();
    }
  }

  @Test
  void addressesHaveTheLengthsOfTheStandard() {
    assertThat(MailAddress.isValid("a".repeat(64) + "@b.c")).isTrue();
    assertThat(MailAddress.isValid("a".repeat(65) + "@b.c")).isFalse();
    String domain = ("b".repeat(62) + ".").repeat(3);
    assertThat(MailAddress.isValid("a".repeat(63) + "@" + domain + "c")).isTrue();
    assertThat(MailAddress.isValid("a".repeat(64) + "@" + domain + "cd")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "HANGS,true",
    "GARBAGE,true",
    "HANGS_UP,true",
    "GREYLISTS_TWICE,true",
    "NO_SUCH_USER,false"
  })
  void aServerThatMisbehavesIsAFaultWithACureAndWithoutTheAddress(Manner manner, boolean retryable)
      throws Exception {
    try (FakeSmtpServer server = new FakeSmtpServer(manner)) {
      assertFault(channel(server.port()), retryable);
    }
  }

  @Test
  void aServerThatIsNotThereIsAFault() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    assertFault(channel(port), true);
  }

  @Test
  void withoutStarttlsNothingIsSent() throws Exception {
    try (FakeSmtpServer server = new FakeSmtpServer(Manner.NO_STARTTLS)) {
      SmtpSettings strict =
          settings(server.port()).security(SmtpSecurity.STARTTLS_REQUIRED).build();
      assertFault(new SmtpCodeChannel(strict, clock), false);
      assertThat(server.messageIds()).isEmpty();
    }
  }

  @Test
  void aGreylistedMailArrivesAtTheThirdTry() throws Exception {
    RecordingAudit audit = new RecordingAudit();
    try (FakeSmtpServer server = new FakeSmtpServer(Manner.GREYLISTS_TWICE);
        CodeDispatcher dispatcher =
            new CodeDispatcher(
                List.of(channel(server.port())),
                audit,
                clock,
                new DeliverySettings(
                    1, 10, Duration.ofMillis(1), Duration.ofMillis(4), Duration.ofSeconds(20)))) {
      dispatcher.dispatch(
          new CodeDelivery(
              message("m1", ADDRESS),
              FactorType.EMAIL_CODE,
              SubjectId.of("alice"),
              "tx-1",
              "local",
              NOW.plusSeconds(300)));
      AuditEvent event = audit.next();
      assertThat(event.type()).isEqualTo(AuditEvent.Type.CODE_SENT);
      assertThat(event.details()).containsEntry("tries", "3");
      assertThat(server.messageIds()).hasSize(1);
    }
  }

  @Test
  void theChannelServesEmailCodes() {
    assertThat(channel(25).factor()).isEqualTo(FactorType.EMAIL_CODE);
  }

  private static void assertFault(SmtpCodeChannel channel, boolean retryable) {
    FaceLockException.Delivery fault =
        catchThrowableOfType(
            FaceLockException.Delivery.class, () -> channel.send(message("m", ADDRESS)));
    assertThat(fault).isNotNull();
    assertThat(fault.retryable()).as(fault.getMessage()).isEqualTo(retryable);
    StringWriter trace = new StringWriter();
    fault.printStackTrace(new PrintWriter(trace));
    assertThat(trace.toString()).contains("127.0.0.1").doesNotContain(CODE, "alice.smith");
  }

  private SmtpCodeChannel channel(int port) {
    return new SmtpCodeChannel(settings(port).build(), clock);
  }

  private static SmtpSettings.Builder settings(int port) {
    return SmtpSettings.server("127.0.0.1", port, "no-reply@acme.example")
        .security(SmtpSecurity.NONE)
        .application("Acme <&> Sons")
        .timeouts(SHORT.multipliedBy(10), SHORT, SHORT);
  }

  private static OtpMessage message(Locale locale) {
    return new OtpMessage("m1", Secret.of(ADDRESS), Secret.of(CODE), Duration.ofMinutes(5), locale);
  }

  private static OtpMessage message(String id, String address) {
    return new OtpMessage(
        id, Secret.of(address), Secret.of(CODE), Duration.ofMinutes(5), Locale.ENGLISH);
  }

  private static String part(MimeMessage mail, int index) throws Exception {
    BodyPart part = ((MimeMultipart) mail.getContent()).getBodyPart(index);
    return (String) part.getContent();
  }

  private static final class Server implements AutoCloseable {
    private final GreenMail mail =
        new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    Server() {
      mail.start();
    }

    int port() {
      return mail.getSmtp().getPort();
    }

    MimeMessage only() {
      assertThat(mail.waitForIncomingEmail(10_000, 1)).isTrue();
      assertThat(mail.getReceivedMessages()).hasSize(1);
      return mail.getReceivedMessages()[0];
    }

    @Override
    public void close() {
      mail.stop();
    }
  }
}
