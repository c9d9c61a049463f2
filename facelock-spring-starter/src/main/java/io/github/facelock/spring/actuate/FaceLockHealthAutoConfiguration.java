package io.github.facelock.spring.actuate;

import io.github.facelock.core.FaceLock;
import io.github.facelock.spi.store.Stores;
import io.github.facelock.spring.autoconfigure.FaceLockAutoConfiguration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.context.annotation.Bean;

/** Health of models, stores and sinks, where the application has Spring Boot's health. */
@AutoConfiguration(after = FaceLockAutoConfiguration.class)
@ConditionalOnClass({HealthContributor.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(FaceLock.class)
@ConditionalOnEnabledHealthIndicator("facelock")
public final class FaceLockHealthAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean(name = "facelockHealthContributor")
  CompositeHealthContributor facelockHealthContributor(
      FaceLock faceLock, ObjectProvider<Stores> stores) {
    Map<String, HealthContributor> checks = new LinkedHashMap<>();
    checks.put("models", HealthChecks.models(faceLock));
    stores.ifAvailable(
        each -> {
          checks.put("stores", HealthChecks.stores(each));
          checks.put("sinks", HealthChecks.sinks(faceLock, each));
        });
    return CompositeHealthContributor.fromMap(checks);
  }
}
