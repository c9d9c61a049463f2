package io.github.facelock.spring.autoconfigure;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.MultiFactorAuthenticator;
import io.github.facelock.api.Secret;
import io.github.facelock.api.admin.Administration;
import io.github.facelock.api.device.TrustedDevices;
import io.github.facelock.api.enrolment.Enrolment;
import io.github.facelock.api.presence.Presence;
import io.github.facelock.api.watchlist.WatchList;
import io.github.facelock.core.FaceLock;
import io.github.facelock.core.FaceLockBuilder;
import io.github.facelock.core.HousekeepingSettings;
import io.github.facelock.core.LivenessSettings;
import io.github.facelock.core.alert.AlertDesk;
import io.github.facelock.core.alert.AlertSettings;
import io.github.facelock.core.device.TrustedDeviceRules;
import io.github.facelock.core.face.AdaptationRules;
import io.github.facelock.core.face.EnrolmentRules;
import io.github.facelock.core.lockout.LockoutRules;
import io.github.facelock.core.otp.CodeSettings;
import io.github.facelock.core.password.Argon2Parameters;
import io.github.facelock.core.password.CommonSecrets;
import io.github.facelock.core.risk.RiskSettings;
import io.github.facelock.core.watchlist.WatchListRules;
import io.github.facelock.spi.AttemptLimiter;
import io.github.facelock.spi.AuditLog;
import io.github.facelock.spi.Factor;
import io.github.facelock.spi.KeyProvider;
import io.github.facelock.spi.OtpChannel;
import io.github.facelock.spi.ProofIssuer;
import io.github.facelock.spi.face.FaceDetector;
import io.github.facelock.spi.face.FaceEmbedder;
import io.github.facelock.spi.face.FaceLandmarker;
import io.github.facelock.spi.face.HeadPoseEstimator;
import io.github.facelock.spi.face.LivenessDetector;
import io.github.facelock.spi.face.PictureDecoder;
import io.github.facelock.spi.store.Stores;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.env.Environment;

/** A running FaceLock, made of the application's properties and beans. */
@AutoConfiguration(
    afterName = {
      "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
      "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration"
    })
@EnableConfigurationProperties({
  FaceLockProperties.class,
  KeyProperties.class,
  StoreProperties.class,
  RedisProperties.class,
  MailProperties.class,
  SmsProperties.class,
  CodeProperties.class,
  AlertProperties.class,
  LockoutProperties.class,
  FaceProperties.class,
  GuardProperties.Risk.class,
  GuardProperties.Devices.class,
  GuardProperties.WatchList.class,
  GuardProperties.Proof.class,
  GuardProperties.Chores.class
})
@Import({
  PolicyConfiguration.class,
  KeyConfiguration.class,
  StoreConfiguration.class,
  ChannelConfiguration.class,
  AlertConfiguration.class,
  GuardConfiguration.class,
  FaceConfiguration.class,
  ReportConfiguration.class
})
public final class FaceLockAutoConfiguration {

  private static final Set<FactorType> SENT = Set.of(FactorType.EMAIL_CODE, FactorType.SMS_CODE);

  /** So that no property's record holds a password that it would print. */
  @Bean
  @ConfigurationPropertiesBinding
  static Converter<String, Secret> faceLockSecretConverter() {
    return new SecretConverter();
  }

  private static final class SecretConverter implements Converter<String, Secret> {
    @Override
    public Secret convert(String text) {
      return Secret.of(text);
    }
  }

  @Bean
  @ConditionalOnMissingBean
  FaceLock faceLock(
      FaceLockPolicies policies,
      FaceLockProperties properties,
      ListableBeanFactory beans,
      Environment environment) {
    FaceLockBuilder builder =
        FaceLock.builder()
            .policy(policies.login())
            .applicationName(ApplicationName.of(properties, environment));
    policies.identification().ifPresent(builder::identificationPolicy);
    policies.named().forEach(builder::namedPolicy);

    List<OtpChannel> channels = channels(beans);
    List<Factor> factors = beans.getBeanProvider(Factor.class).orderedStream().toList();
    requireChannels(policies, channels, factors);
    channels.forEach(builder::codeChannel);
    factors.forEach(builder::factor);
    beans
        .getBeanProvider(LivenessDetector.class)
        .orderedStream()
        .forEach(builder::livenessDetector);

    Parts parts = new Parts(beans);
    parts.use(Clock.class, builder::clock);
    parts.use(KeyProvider.class, builder::keys);
    parts.use(Stores.class, builder::stores);
    parts.use(AttemptLimiter.class, builder::attemptLimiter);
    parts.use(AuditLog.class, builder::auditLog);
    parts.use(AlertSettings.class, builder::alerts);
    parts.use(CodeSettings.class, builder::codeSettings);
    parts.use(ProofIssuer.class, builder::proofIssuer);
    parts.use(LockoutRules.class, builder::lockoutRules);
    parts.use(RiskSettings.class, builder::risk);
    parts.use(TrustedDeviceRules.class, builder::trustedDevices);
    parts.use(WatchListRules.class, builder::watchList);
    parts.use(HousekeepingSettings.class, builder::housekeeping);
    parts.use(Argon2Parameters.class, builder::passwordCosts);
    parts.use(CommonSecrets.class, builder::commonSecrets);
    parts.use(PictureDecoder.class, builder::pictureDecoder);
    parts.use(FaceDetector.class, builder::faceDetector);
    parts.use(FaceLandmarker.class, builder::faceLandmarker);
    parts.use(HeadPoseEstimator.class, builder::headPoseEstimator);
    parts.use(FaceEmbedder.class, builder::faceEmbedder);
    parts.use(EnrolmentRules.class, builder::enrolmentRules);
    parts.use(LivenessSettings.class, builder::liveness);
    parts.use(AdaptationRules.class, builder::faceAdaptation);
    beans
        .getBeanProvider(FaceLockBuilderCustomizer.class)
        .orderedStream()
        .forEach(customizer -> customizer.customize(builder));
    return builder.build();
  }

  private static List<OtpChannel> channels(ListableBeanFactory beans) {
    List<OtpChannel> channels =
        new ArrayList<>(beans.getBeanProvider(OtpChannel.class).orderedStream().toList());
    beans
        .getBeanProvider(ChannelConfiguration.WebhookChannels.class)
        .ifAvailable(webhooks -> channels.addAll(webhooks.channels()));
    return channels;
  }

  /** FaceLock would refuse it too, but it does not know by which properties it is cured. */
  private static void requireChannels(
      FaceLockPolicies policies, List<OtpChannel> channels, List<Factor> factors) {
    Set<FactorType> served = channels.stream().map(OtpChannel::factor).collect(Collectors.toSet());
    factors.forEach(factor -> served.add(factor.type()));
    for (FactorType asked : policies.factors()) {
      if (SENT.contains(asked) && !served.contains(asked)) {
        boolean mail = asked.equals(FactorType.EMAIL_CODE);
        throw new FaceLockSettingException(
            "The policy asks for codes by " + (mail ? "mail" : "SMS") + ", and nothing sends them",
            (mail
                    ? "Set facelock.mail.host (or spring.mail.host) and facelock.mail.from"
                    : "Set facelock.sms.account, facelock.sms.token and facelock.sms.from")
                + "; or declare a bean of type OtpChannel; or choose another policy, for example"
                + " facelock.policy=high-assurance, which needs an authenticator app only.");
      }
    }
  }

  /**
   * Gives beans of a type to the builder, if there is one.
   *
   * @param beans where they are
   */
  private record Parts(ListableBeanFactory beans) {
    <T> void use(Class<T> type, Consumer<T> part) {
      beans.getBeanProvider(type).ifAvailable(part);
    }
  }

  @Bean
  @ConditionalOnMissingBean
  MultiFactorAuthenticator faceLockAuthenticator(FaceLock faceLock) {
    return faceLock.authenticator();
  }

  @Bean
  @ConditionalOnMissingBean
  Enrolment faceLockEnrolment(FaceLock faceLock) {
    return faceLock.enrolment();
  }

  @Bean
  @ConditionalOnMissingBean
  Administration faceLockAdministration(FaceLock faceLock) {
    return faceLock.administration();
  }

  @Bean
  @ConditionalOnMissingBean
  TrustedDevices faceLockTrustedDevices(FaceLock faceLock) {
    return faceLock.trustedDevices();
  }

  @Bean
  @ConditionalOnMissingBean
  WatchList faceLockWatchList(FaceLock faceLock) {
    return faceLock.watchList();
  }

  @Bean
  @ConditionalOnMissingBean
  Presence faceLockPresence(FaceLock faceLock) {
    return faceLock.presence();
  }

  /** Closed with the FaceLock that it belongs to. */
  @Bean(destroyMethod = "")
  @ConditionalOnMissingBean
  AlertDesk faceLockAlertDesk(FaceLock faceLock) {
    return faceLock.alerts();
  }
}
