package io.github.facelock.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetupTest;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.Enrolment;
import io.github.facelock.core.alert.AlertDesk;
import io.github.facelock.core.mail.SmtpSettings;
import io.github.facelock.core.otp.CodeSettings;
import io.github.facelock.spi.Alert;
import io.github.facelock.spi.OtpChannel;
import io.github.facelock.test.InMemoryMailbox;
import io.github.facelock.test.RecordingAlertSink;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class ChannelConfigurationTest {

  private static final String SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0dXY=";

  @TempDir Path folder;

  private static ApplicationContextRunner mailed() {
    return Runners.inMemory()
        .withPropertyValues("facelock.policies.plain.steps[1].any-of=email-code");
  }

  @Test
  void aPolicyWithCodesByMailAndNothingThatSendsThemIsRefusedWithTheCure() {
    mailed()
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .rootCause()
                    .isInstanceOfSatisfying(
                        FaceLockSettingException.class,
                        e ->
                            assertThat(e.cure())
                                .contains("facelock.mail.host", "OtpChannel", "high-assurance")));
  }

  @Test
  void aChannelBeanSendsCodes() {
    mailed()
        .withBean(InMemoryMailbox.class, () -> new InMemoryMailbox(FactorType.EMAIL_CODE))
        .run(context -> assertThat(context).hasNotFailed().hasSingleBean(OtpChannel.class));
  }

  @Test
  void aMailServerSendsCodes() {
    mailed()
        .withPropertyValues(
            "facelock.mail.host=mail.example.org", "facelock.mail.from=a@example.org")
        .run(
            context -> {
              assertThat(context).hasSingleBean(OtpChannel.class).hasBean("faceLockMailChannel");
              assertThat(context.getBean(SmtpSettings.class).toString())
                  .contains("mail.example.org:587", "STARTTLS_REQUIRED");
            });
  }

  @Test
  void springsMailServerIsUsedWhereFaceLockHasNoneOfItsOwn() {
    mailed()
        .withPropertyValues(
            "spring.mail.host=mail.example.org",
            "spring.mail.port=465",
            "spring.mail.username=login@example.org",
            "spring.mail.password=very-secret")
        .run(
            context ->
                assertThat(context.getBean(SmtpSettings.class).toString())
                    .contains("mail.example.org:465", "IMPLICIT_TLS")
                    .doesNotContain("very-secret"));
  }

  @Test
  void aMailServerWithoutASenderIsRefusedWithTheCure() {
    mailed()
        .withPropertyValues("spring.mail.host=mail.example.org")
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .rootCause()
                    .isInstanceOfSatisfying(
                        FaceLockSettingException.class,
                        e -> assertThat(e.cure()).contains("facelock.mail.from")));
  }

  @Test
  void mailsAreNotSentOverAnOpenNetwork() {
    mailed()
        .withPropertyValues(
            "facelock.mail.host=mail.example.org",
            "facelock.mail.from=a@example.org",
            "facelock.mail.security=none")
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .hasStackTraceContaining("facelock.mail was refused")
                    .hasStackTraceContaining("readable by anyone"));
  }

  @Test
  void onADevelopersMachineCodesLieInAFolder() {
    mailed()
        .withPropertyValues("facelock.development=true", "facelock.data-dir=" + folder)
        .run(
            context -> {
              SubjectId anna = SubjectId.of("anna");
              Enrolment enrolment = context.getBean(Enrolment.class);
              enrolment.register(anna);
              enrolment.beginAddress(
                  anna,
                  FactorType.EMAIL_CODE,
                  Secret.of("anna@example.org"),
                  RequestContext.from("192.0.2.1"));
              await()
                  .atMost(Duration.ofSeconds(20))
                  .until(() -> mailsIn(folder.resolve("mails")) == 1);
            });
  }

  private static long mailsIn(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".eml")).count();
    }
  }

  @Test
  void anAccountSendsSms() {
    Runners.inMemory()
        .withPropertyValues(
            "facelock.policies.plain.steps[1].any-of=sms-code",
            "facelock.sms.account=AC1",
            "facelock.sms.token=token",
            "facelock.sms.from=+4930123456",
            "facelock.sms.countries=de,at")
        .run(
            context -> {
              assertThat(context).hasSingleBean(OtpChannel.class).hasBean("faceLockSmsChannel");
              assertThat(context.getBean(CodeSettings.class).budgets().countries())
                  .containsExactlyInAnyOrder("DE", "AT");
              assertThat(context.getBean(SmsProperties.class).toString()).doesNotContain("=token");
            });
  }

  @Test
  void aServiceOfYourOwnSendsCodes() {
    Runners.inMemory()
        .withPropertyValues(
            "facelock.policies.plain.steps[1].any-of=sms-code",
            "facelock.codes.webhooks[0].uri=https://codes.example.org/send",
            "facelock.codes.webhooks[0].secret=" + SECRET)
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void aServiceReachedInTheClearIsRefused() {
    Runners.inMemory()
        .withPropertyValues(
            "facelock.policies.plain.steps[1].any-of=sms-code",
            "facelock.codes.webhooks[0].uri=http://codes.example.org/send",
            "facelock.codes.webhooks[0].secret=" + SECRET)
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .hasStackTraceContaining("facelock.codes.webhooks was refused"));
  }

  @Test
  void alertsGoToSinksThatAreBeans() {
    Runners.inMemory()
        .withBean(RecordingAlertSink.class)
        .run(
            context -> {
              context.getBean(AlertDesk.class).raise(alert());
              assertThat(context.getBean(RecordingAlertSink.class).await(Alert.Cause.DURESS))
                  .isNotNull();
            });
  }

  @Test
  void alertsGoOutByMail() throws Exception {
    GreenMail server = new GreenMail(ServerSetupTest.SMTP.dynamicPort());
    server.start();
    try {
      Runners.inMemory()
          .withPropertyValues(
              "facelock.mail.host=localhost",
              "facelock.mail.port=" + server.getSmtp().getPort(),
              "facelock.mail.security=none",
              "facelock.mail.from=facelock@example.org",
              "facelock.mail.test-at-start=true",
              "facelock.alerts.mail.to=guard@example.org",
              "facelock.alerts.locale=de")
          .run(
              context -> {
                assertThat(context).hasNotFailed();
                context.getBean(AlertDesk.class).raise(alert());
                assertThat(server.waitForIncomingEmail(20_000, 1)).isTrue();
              });
      MimeMessage mail = server.getReceivedMessages()[0];
      assertThat(mail.getAllRecipients()[0]).hasToString("guard@example.org");
    } finally {
      server.stop();
    }
  }

  @Test
  void aCauseThatIsSilentIsNotTold() {
    Runners.inMemory()
        .withBean(RecordingAlertSink.class)
        .withPropertyValues("facelock.alerts.silent=duress")
        .run(
            context -> {
              AlertDesk desk = context.getBean(AlertDesk.class);
              desk.raise(alert());
              desk.deliverDue();
              assertThat(context.getBean(RecordingAlertSink.class).alerts()).isEmpty();
            });
  }

  @Test
  void peopleToTellAndNoMailServerIsRefused() {
    Runners.inMemory()
        .withPropertyValues("facelock.alerts.mail.to=guard@example.org")
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .rootCause()
                    .hasMessageContaining("facelock.alerts.mail.to"));
  }

  private static Alert alert() {
    return new Alert(
        Clock.systemUTC().instant(),
        Alert.Cause.DURESS,
        Optional.of(SubjectId.of("anna")),
        Optional.empty(),
        "192.0.2.1",
        Map.of());
  }
}
