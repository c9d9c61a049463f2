package io.github.facelock.spring.autoconfigure;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.Secret;
import io.github.facelock.core.FaceLock;
import io.github.facelock.core.http.HttpSettings;
import io.github.facelock.core.http.SmsSettings;
import io.github.facelock.core.mail.MailFolder;
import io.github.facelock.core.mail.SmtpSettings;
import io.github.facelock.core.otp.CodeSettings;
import io.github.facelock.core.otp.CodeTemplates;
import io.github.facelock.core.otp.DeliveredCodeRules;
import io.github.facelock.core.otp.SmsCodeChannel;
import io.github.facelock.core.otp.WebhookCodeChannel;
import io.github.facelock.spi.OtpChannel;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/** Makes the ways in which codes reach people. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean(FaceLock.class)
final class ChannelConfiguration {

  /** By mail, where a server is named. */
  @Configuration(proxyBeanMethods = false)
  @Order(1)
  @Conditional(OnMailServer.class)
  static final class Smtp {

    @Bean
    @ConditionalOnMissingBean
    SmtpSettings faceLockSmtpSettings(
        FaceLockProperties properties, MailProperties mail, Environment environment) {
      return FaceLockSettingException.checked(
          "facelock.mail",
          () ->
              MailServer.of(mail, environment)
                  .settings(mail, ApplicationName.of(properties, environment)));
    }

    @Bean
    @ConditionalOnMissingBean
    MailCarrier faceLockMailCarrier(
        SmtpSettings settings,
        MailProperties mail,
        ObjectProvider<Clock> clocks,
        Environment environment) {
      if (mail.testAtStart()) {
        MailServer.of(mail, environment).greet(mail.connectTimeout());
      }
      return MailCarrier.bySmtp(settings, clocks.getIfUnique(Clock::systemUTC));
    }

    @Bean
    @ConditionalOnMissingBean(name = "faceLockMailChannel")
    OtpChannel faceLockMailChannel(MailCarrier carrier) {
      return carrier.codes();
    }
  }

  /** Into a folder, where a developer asks for it. A channel of the application's goes before. */
  @Configuration(proxyBeanMethods = false)
  @Order(2)
  @Conditional(OnMailFolder.class)
  @ConditionalOnMissingBean(MailCarrier.class)
  static final class Folder {

    @Bean
    MailCarrier faceLockMailFolder(
        FaceLockProperties properties,
        MailProperties mail,
        ObjectProvider<Clock> clocks,
        Environment environment) {
      Path path =
          mail.folder() == null
              ? DataFolder.make(properties.dataDir()).resolve("mails")
              : mail.folder();
      String application = ApplicationName.of(properties, environment);
      String from = Objects.requireNonNullElse(mail.from(), "facelock@localhost");
      return FaceLockSettingException.checked(
          "facelock.mail.folder",
          () ->
              MailCarrier.inFolder(
                  new MailFolder(
                      DataFolder.make(path),
                      from,
                      application,
                      clocks.getIfUnique(Clock::systemUTC)),
                  application));
    }

    @Bean
    @ConditionalOnMissingBean(OtpChannel.class)
    OtpChannel faceLockMailChannel(MailCarrier carrier) {
      return carrier.codes();
    }
  }

  /** Any of them is enough. */
  static final class OnMailFolder extends AnyNestedCondition {
    OnMailFolder() {
      super(ConfigurationPhase.REGISTER_BEAN);
    }

    @ConditionalOnProperty("facelock.mail.folder")
    static final class Own {}

    @ConditionalOnProperty("facelock.development")
    static final class Development {}
  }

  /** Any of them is enough. */
  static final class OnMailServer extends AnyNestedCondition {
    OnMailServer() {
      super(ConfigurationPhase.REGISTER_BEAN);
    }

    @ConditionalOnProperty("facelock.mail.host")
    static final class Own {}

    @ConditionalOnProperty("spring.mail.host")
    static final class Boot {}

    @ConditionalOnBean(SmtpSettings.class)
    static final class Settings {}
  }

  @Bean
  @ConditionalOnProperty("facelock.sms.account")
  @ConditionalOnMissingBean
  SmsSettings faceLockSmsSettings(SmsProperties sms) {
    Secret token = sms.token();
    if (token == null) {
      throw new FaceLockSettingException(
          "facelock.sms.account is set without facelock.sms.token",
          "Set the account's token: it logs in, and it checks call-backs.");
    }
    return FaceLockSettingException.checked(
        "facelock.sms",
        () -> {
          SmsSettings.Builder settings =
              SmsSettings.account(Objects.requireNonNull(sms.account()), token);
          PolicyConfiguration.set(sms.from(), settings::from);
          PolicyConfiguration.set(sms.messagingService(), settings::messagingService);
          PolicyConfiguration.set(sms.baseUrl(), settings::baseUrl);
          PolicyConfiguration.set(sms.statusCallback(), settings::statusCallback);
          PolicyConfiguration.set(
              sms.apiKeySecret(),
              secret -> settings.apiKey(Objects.requireNonNullElse(sms.apiKey(), ""), secret));
          return settings.build();
        });
  }

  @Bean
  @ConditionalOnBean(SmsSettings.class)
  @ConditionalOnMissingBean(name = "faceLockSmsChannel")
  OtpChannel faceLockSmsChannel(
      SmsSettings settings,
      SmsProperties sms,
      FaceLockProperties properties,
      Environment environment) {
    String domain = sms.webOtpDomain();
    CodeTemplates bundled = CodeTemplates.bundled();
    return new SmsCodeChannel(
        settings,
        ApplicationName.of(properties, environment),
        domain == null ? bundled : bundled.withWebOtp(domain));
  }

  /** Each service is a channel; a bean of a list would hide them from who looks for channels. */
  @Bean
  @ConditionalOnMissingBean(name = "faceLockWebhookChannels")
  WebhookChannels faceLockWebhookChannels(CodeProperties codes, ObjectProvider<Clock> clocks) {
    Clock clock = clocks.getIfUnique(Clock::systemUTC);
    return new WebhookChannels(
        codes.webhooks().stream()
            .<OtpChannel>map(
                each ->
                    FaceLockSettingException.checked(
                        "facelock.codes.webhooks",
                        () ->
                            new WebhookCodeChannel(
                                sentFactor(each.factor()),
                                each.uri(),
                                each.secret(),
                                HttpSettings.ofDefaults(),
                                clock)))
            .toList());
  }

  /**
   * The channels of facelock.codes.webhooks.
   *
   * @param channels in the order of the properties
   */
  record WebhookChannels(List<OtpChannel> channels) {}

  private static FactorType sentFactor(String id) {
    return switch (id) {
      case "email-code" -> FactorType.EMAIL_CODE;
      case "sms-code" -> FactorType.SMS_CODE;
      default ->
          throw new IllegalArgumentException("a code is an email-code or an sms-code, not: " + id);
    };
  }

  @Bean
  @ConditionalOnMissingBean
  CodeSettings faceLockCodeSettings(CodeProperties codes, SmsProperties sms) {
    return FaceLockSettingException.checked(
        "facelock.codes",
        () -> {
          CodeSettings defaults = CodeSettings.ofDefaults();
          DeliveredCodeRules rules = defaults.delivered();
          return new CodeSettings(
              new DeliveredCodeRules(
                  Objects.requireNonNullElse(codes.digits(), rules.digits()),
                  Objects.requireNonNullElse(codes.validFor(), rules.validFor()),
                  Objects.requireNonNullElse(codes.coolDown(), rules.coolDown()),
                  Objects.requireNonNullElse(codes.maxSends(), rules.maxSends())),
              defaults.budgets().onlyTo(sms.countries()),
              defaults.delivery(),
              Objects.requireNonNullElse(codes.hotpLookAhead(), defaults.hotpLookAhead()),
              Objects.requireNonNullElse(codes.recoveryCodes(), defaults.recoveryCodes()));
        });
  }
}
