package io.github.facelock.spring.autoconfigure;

import io.github.facelock.api.policy.Policies;
import io.github.facelock.api.policy.Policy;
import io.github.facelock.core.FaceLock;
import io.github.facelock.spi.OtpChannel;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** A running FaceLock, made of the application's properties and beans. */
@AutoConfiguration
@EnableConfigurationProperties(FaceLockProperties.class)
public final class FaceLockAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  Policy faceLockPolicy(FaceLockProperties properties) {
    return switch (properties.policy()) {
      case WEB -> Policies.web();
      case DOOR -> Policies.door();
      case HIGH_ASSURANCE -> Policies.highAssurance();
    };
  }

  @Bean(destroyMethod = "close")
  @ConditionalOnMissingBean
  FaceLock faceLock(Policy policy, ObjectProvider<OtpChannel> channels) {
    var builder = FaceLock.builder().policy(policy);
    channels.orderedStream().forEach(builder::codeChannel);
    return builder.build();
  }
}
