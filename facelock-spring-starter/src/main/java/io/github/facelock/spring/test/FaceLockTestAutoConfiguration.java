package io.github.facelock.spring.test;

import io.github.facelock.api.FactorType;
import io.github.facelock.spring.autoconfigure.FaceLockAutoConfiguration;
import io.github.facelock.test.InMemoryMailbox;
import io.github.facelock.test.MutableClock;
import io.github.facelock.test.RecordingAlertSink;
import java.time.Clock;
import java.time.Instant;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** What a {@link FaceLockTest} holds. Not among the application's own auto-configurations. */
@AutoConfiguration(before = FaceLockAutoConfiguration.class)
public final class FaceLockTestAutoConfiguration {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @Bean
  @ConditionalOnMissingBean(Clock.class)
  MutableClock faceLockTestClock() {
    return MutableClock.at(NOON);
  }

  @Bean
  @Primary
  @ConditionalOnMissingBean(name = "codesByMail")
  InMemoryMailbox codesByMail() {
    return new InMemoryMailbox(FactorType.EMAIL_CODE);
  }

  @Bean
  @ConditionalOnMissingBean(name = "codesBySms")
  InMemoryMailbox codesBySms() {
    return new InMemoryMailbox(FactorType.SMS_CODE);
  }

  @Bean
  @ConditionalOnMissingBean
  RecordingAlertSink faceLockTestAlerts() {
    return new RecordingAlertSink();
  }

  @Bean
  @ConditionalOnMissingBean
  VirtualCameras faceLockTestCameras() {
    return new VirtualCameras();
  }
}
