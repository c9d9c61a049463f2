package io.github.facelock.core.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.Secret;
import io.github.facelock.api.face.Picture;
import io.github.facelock.core.fixtures.FakeProvider;
import io.github.facelock.core.fixtures.FakeSmtpServer;
import io.github.facelock.core.fixtures.TestCertificate;
import io.github.facelock.core.fixtures.TlsSmtpServer;
import io.github.facelock.core.http.HttpSettings;
import io.github.facelock.core.http.SignedWebhook;
import io.github.facelock.core.http.SmsGateway;
import io.github.facelock.core.http.SmsSettings;
import io.github.facelock.core.http.WebhookSignature;
import io.github.facelock.core.image.JpegWriter;
import io.github.facelock.core.mail.MailFolder;
import io.github.facelock.core.mail.SmtpClient;
import io.github.facelock.core.mail.SmtpSecurity;
import io.github.facelock.core.mail.SmtpSettings;
import io.github.facelock.spi.Alert;
import io.github.facelock.spi.AlertMessage;
import io.github.facelock.spi.Snapshot;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.ResourceBundle;
import java.util.concurrent.CountDownLatch;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sinks over real connections. */
@Timeout(60)
class AlertSinksTest {

  private static final String LINK = "https://alerts.example/ack?x=1&token=abc";
  private static final AlertTemplates WORDS = AlertTemplates.of("Acme <&> Sons");
  private static final Secret WEBHOOK_SECRET =
      Secret.of("whsec_" + Base64.getEncoder().encodeToString(new byte[32]));

  private final Desk world = new Desk();

  private AlertMessage message(Alert.Cause cause, boolean withPicture) {
    return new AlertMessage(
        "id.guard.1.0",
        world.alert(cause, "alice<script>", "front-door"),
        Alert.Severity.CRITICAL,
        3,
        1,
        Optional.of(Secret.of(LINK)),
        withPicture
            ? Optional.of(
                Snapshot.ofJpeg(JpegWriter.encode(Picture.copyOf(8, 4, new byte[96]), 640)))
            : Optional.empty());
  }

  private MailAlertSink mail(SmtpSettings settings, Locale locale) {
    return MailAlertSink.bySmtp(
        new SmtpClient(settings, world.clock), List.of("guard@acme.example"), locale, WORDS);
  }

  @Test
  void aMailArrivesUnderStartTlsAfterALoginWithThePictureAttached() throws Exception {
    try (TlsSmtpServer server =
        new TlsSmtpServer(TestCertificate.LOOPBACK.server(), TlsSmtpServer.Conduct.PROPER)) {
      mail(
              SmtpSettings.server("127.0.0.1", server.port(), "no-reply@acme.example")
                  .security(SmtpSecurity.STARTTLS_REQUIRED)
                  .tls(TestCertificate.LOOPBACK.trusting())
                  .credentials(TlsSmtpServer.USER, Secret.of(TlsSmtpServer.PASSWORD))
                  .build(),
              Locale.ENGLISH)
          .deliver(message(Alert.Cause.WATCH_LIST, true));

      assertThat(server.inClear()).noneMatch(line -> line.contains("acme.example>"));
      MimeMessage mail = parsed(server.underTls());
      assertThat(mail.getSubject()).isEqualTo("Acme <&> Sons: Somebody on the watch-list");
      assertThat(mail.getAllRecipients())
          .extracting(Object::toString)
          .containsExactly("guard@acme.example");
      MimeMultipart mixed = (MimeMultipart) mail.getContent();
      MimeMultipart words = (MimeMultipart) mixed.getBodyPart(0).getContent();
      assertThat((String) words.getBodyPart(0).getContent())
          .contains("alice<script>", "front-door", "2030-01-01T12:00:00Z", "Critical", LINK);
      assertThat((String) words.getBodyPart(1).getContent())
          .contains("alice&lt;script&gt;", "Acme &lt;&amp;&gt; Sons", "?x=1&amp;token=abc")
          .doesNotContain("<script>", "{");
      MimeBodyPart file = (MimeBodyPart) mixed.getBodyPart(1);
      assertThat(file.getFileName()).isEqualTo("snapshot.jpg");
      assertThat(file.getContentType()).startsWith("image/jpeg");
      try (InputStream in = file.getInputStream()) {
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(in.readAllBytes()));
        assertThat(picture.getWidth()).isEqualTo(8);
        assertThat(picture.getHeight()).isEqualTo(4);
      }
    }
  }

  private static MimeMessage parsed(List<String> lines) throws Exception {
    int data = lines.indexOf("DATA");
    String mail = String.join("\r\n", lines.subList(data + 1, lines.indexOf(".")));
    return new MimeMessage(
        Session.getInstance(new Properties()),
        new ByteArrayInputStream(mail.getBytes(StandardCharsets.ISO_8859_1)));
  }

  @ParameterizedTest
  @EnumSource(
      value = FakeSmtpServer.Manner.class,
      names = {"HANGS", "GARBAGE", "HANGS_UP", "NO_SUCH_USER"})
  void aMailServerThatMisbehavesIsAFaultOfDelivery(FakeSmtpServer.Manner manner) throws Exception {
    try (FakeSmtpServer server = new FakeSmtpServer(manner)) {
      Duration brief = Duration.ofMillis(400);
      MailAlertSink sink =
          mail(
              SmtpSettings.server("127.0.0.1", server.port(), "no-reply@acme.example")
                  .security(SmtpSecurity.NONE)
                  .timeouts(brief, brief, brief)
                  .build(),
              Locale.ENGLISH);
      FaceLockException.Delivery fault =
          catchThrowableOfType(
              FaceLockException.Delivery.class,
              () -> sink.deliver(message(Alert.Cause.LOCKED, false)));
      assertThat(fault.retryable()).isEqualTo(manner != FakeSmtpServer.Manner.NO_SUCH_USER);
      assertThat(fault).hasMessageNotContainingAny("guard@", "alice", "token");
    }
  }

  @Test
  void aMailInAFolderIsOneFileThatMailProgramsRead(@TempDir Path folder) throws Exception {
    Path mails = folder.resolve("mails");
    MailAlertSink sink =
        MailAlertSink.toFolder(
            new MailFolder(mails, "no-reply@acme.example", "Acme", world.clock),
            List.of("guard@acme.example"),
            Locale.GERMAN,
            WORDS);
    sink.deliver(message(Alert.Cause.DURESS, true));
    sink.deliver(message(Alert.Cause.DURESS, true));

    try (var files = Files.list(mails)) {
      List<Path> all = files.toList();
      assertThat(all).extracting(Path::getFileName).hasToString("[id_guard_1_0.eml]");
      try (InputStream in = Files.newInputStream(all.get(0))) {
        MimeMessage mail = new MimeMessage(Session.getInstance(new Properties()), in);
        assertThat(mail.getSubject()).contains("Bedrohung");
        assertThat(((MimeMultipart) mail.getContent()).getCount()).isEqualTo(2);
      }
    }
  }

  @Test
  void anSmsIsTheFormAndTheLoginThatTheProviderWants() {
    try (FakeProvider provider = new FakeProvider()) {
      provider.answers(201, "{\"sid\": \"SM1\", \"status\": \"queued\"}");
      SmsAlertSink sink = sms(provider);
      sink.deliver(message(Alert.Cause.WATCH_LIST, true));

      FakeProvider.Request request = provider.requests().get(0);
      assertThat(request.method()).isEqualTo("POST");
      assertThat(request.path()).isEqualTo("/2010-04-01/Accounts/" + SID + "/Messages.json");
      assertThat(request.header("Authorization"))
          .isEqualTo(
              "Basic "
                  + Base64.getEncoder()
                      .encodeToString((SID + ":hush").getBytes(StandardCharsets.UTF_8)));
      assertThat(request.form())
          .containsEntry("To", "+491701234567")
          .containsEntry("From", "+15005550006");
      assertThat(request.form().get("Body"))
          .startsWith("Acme <&> Sons: Somebody on the watch-list, alice<script>, front-door")
          .endsWith(LINK);
    }
  }

  private static final String SID = "AC0123456789abcdef0123456789abcdef";

  private static SmsAlertSink sms(FakeProvider provider) {
    return new SmsAlertSink(
        new SmsGateway(
            SmsSettings.account(SID, Secret.of("hush"))
                .from("+15005550006")
                .baseUrl(provider.uri(""))
                .build()),
        Secret.of("+491701234567"),
        Locale.ENGLISH,
        WORDS);
  }

  @ParameterizedTest
  @CsvSource({"500,true", "503,true", "429,true", "400,false", "401,false", "302,false"})
  void aProviderOrReceiverThatRefusesIsAFaultOfDelivery(int status, boolean retryable) {
    try (FakeProvider provider = new FakeProvider()) {
      provider.answers(status, "nonsense");
      for (io.github.facelock.spi.AlertSink sink :
          List.of(sms(provider), webhook(provider, HttpSettings.ofDefaults()))) {
        FaceLockException.Delivery fault =
            catchThrowableOfType(
                FaceLockException.Delivery.class,
                () -> sink.deliver(message(Alert.Cause.LOCKED, false)));
        assertThat(fault.retryable()).as(fault.getMessage()).isEqualTo(retryable);
        assertThat(fault).hasMessageNotContainingAny("alice", "4917", "token=");
      }
    }
  }

  private WebhookAlertSink webhook(FakeProvider provider, HttpSettings settings) {
    return new WebhookAlertSink(
        new SignedWebhook(provider.uri("/alerts"), WEBHOOK_SECRET, settings), world.clock);
  }

  @Test
  void aWebhookIsSignedOverItsBodyAndTime() {
    try (FakeProvider provider = new FakeProvider()) {
      webhook(provider, HttpSettings.ofDefaults())
          .deliver(message(Alert.Cause.SENSOR_OPENED, true));

      FakeProvider.Request request = provider.requests().get(0);
      byte[] body = request.body().getBytes(StandardCharsets.UTF_8);
      WebhookSignature signature = new WebhookSignature(WEBHOOK_SECRET);
      String id = request.header("Webhook-id");
      String time = request.header("Webhook-timestamp");
      String signed = request.header("Webhook-signature");
      assertThat(id).isEqualTo("id.guard.1.0");
      assertThat(signature.verify(id, time, signed, body, world.clock.instant())).isTrue();
      body[5]++;
      assertThat(signature.verify(id, time, signed, body, world.clock.instant())).isFalse();
      assertThat(request.body())
          .contains(
              "\"cause\":\"SENSOR_OPENED\"",
              "\"severity\":\"CRITICAL\"",
              "\"count\":3",
              "\"subject\":\"alice<script>\"",
              "\"snapshot\":\"");
    }
  }

  @Test
  void aReceiverThatHangsIsGivenUp() {
    CountDownLatch end = new CountDownLatch(1);
    try (FakeProvider provider = new FakeProvider()) {
      provider.answers(
          request -> {
            try {
              end.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            return FakeProvider.Answer.of(200, "");
          });
      WebhookAlertSink sink =
          webhook(
              provider,
              HttpSettings.ofDefaults().within(Duration.ofSeconds(5), Duration.ofMillis(300)));
      assertThatThrownBy(() -> sink.deliver(message(Alert.Cause.LOCKED, false)))
          .isInstanceOf(FaceLockException.Delivery.class);
      end.countDown();
    }
  }

  @Test
  void theSoundIsPlayedSilentForDuressAndAMissingLoudspeakerIsReported() throws Exception {
    List<byte[]> played = new java.util.ArrayList<>();
    SoundAlertSink sink = new SoundAlertSink((format, samples) -> played.add(samples));
    sink.deliver(message(Alert.Cause.SENSOR_OPENED, false));
    sink.deliver(message(Alert.Cause.DURESS, false));
    assertThat(played.get(0)).hasSameSizeAs(played.get(1)).isNotEqualTo(played.get(1));
    assertThat(played.get(1)).containsOnly(0);

    SoundAlertSink mute =
        new SoundAlertSink(
            (format, samples) -> {
              throw new java.io.IOException("no line");
            });
    assertThatThrownBy(() -> mute.deliver(message(Alert.Cause.LOCKED, false)))
        .isInstanceOf(FaceLockException.Delivery.class)
        .hasMessageContaining("loudspeaker");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "es", "de", "hi", "bn"})
  void everyLanguageHasWordsForEveryCause(String language) {
    Locale locale = language.isEmpty() ? Locale.ROOT : Locale.forLanguageTag(language);
    ResourceBundle words =
        ResourceBundle.getBundle("io.github.facelock.core.alert.AlertText", locale);
    assertThat(words.getLocale()).isEqualTo(locale);
    ResourceBundle english =
        ResourceBundle.getBundle("io.github.facelock.core.alert.AlertText", Locale.ROOT);
    assertThat(words.keySet()).isEqualTo(english.keySet());
    for (Alert.Cause cause : Alert.Cause.values()) {
      assertThat(words.getString("cause." + cause)).isNotBlank();
      if (!language.isEmpty()) {
        assertThat(words.getString("cause." + cause))
            .isNotEqualTo(english.getString("cause." + cause));
      }
    }
  }

  @Test
  void ownTemplatesAreFilledInOnePassAndEscaped() {
    AlertTemplates own =
        WORDS.with(
            Locale.ROOT,
            new AlertTemplate("{severity} at {source}", "{subject} {count}", "<p>{subject}</p>"));
    AlertMessage message =
        AlertMessage.of(
            "m", world.alert(Alert.Cause.LOCKED, "{source}<b>", "hall"), Alert.Severity.INFO);
    AlertWords words = AlertWords.forAlert(own, Locale.FRENCH, message);
    assertThat(words.subject()).isEqualTo("For information at hall");
    assertThat(words.text()).isEqualTo("{source}<b> ");
    assertThat(words.html()).isEqualTo("<p>{source}&lt;b&gt;</p>");
    assertThatThrownBy(() -> new AlertTemplate("s", "{password}", "h"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new AlertTemplate("{link}", "t", "h"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
