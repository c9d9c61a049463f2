package io.github.facelock.spring.observation;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.MultiFactorAuthenticator;
import io.github.facelock.core.alert.AlertDesk;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.AuditLog;
import io.github.facelock.spi.store.Stores;
import io.github.facelock.spring.autoconfigure.FaceLockAutoConfiguration;
import io.github.facelock.spring.autoconfigure.FaceLockBuilderCustomizer;
import io.github.facelock.spring.autoconfigure.FaceLockPolicies;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Counts and times logins. */
@AutoConfiguration(
    after = FaceLockAutoConfiguration.class,
    afterName = {
      "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
      "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
      "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration"
    })
public final class FaceLockObservationAutoConfiguration {

  private static final Logger LOG =
      LoggerFactory.getLogger(FaceLockObservationAutoConfiguration.class);

  @Bean
  @ConditionalOnMissingBean
  AuditCounts faceLockAuditCounts() {
    return new AuditCounts();
  }

  /** First, so that an application's own customizer has the last word. */
  @Bean
  @Order(Ordered.HIGHEST_PRECEDENCE)
  FaceLockBuilderCustomizer faceLockAuditListeners(
      ObjectProvider<AuditListener> listeners,
      ObjectProvider<AuditLog> ownLog,
      ObjectProvider<Stores> stores) {
    return builder -> {
      List<AuditListener> all = listeners.orderedStream().toList();
      Consumer<AuditEvent> heard = event -> all.forEach(listener -> tell(listener, event));
      stores.ifAvailable(each -> builder.auditStore(new HeardAuditStore(each.audit(), heard)));
      ownLog.ifAvailable(
          log ->
              builder.auditLog(
                  event -> {
                    log.append(event);
                    heard.accept(event);
                  }));
    };
  }

  /** The verdict stands, whatever a listener does. */
  private static void tell(AuditListener listener, AuditEvent event) {
    try {
      listener.appended(event);
    } catch (RuntimeException e) {
      LOG.error(
          "A listener of the audit trail failed: {} {}",
          listener.getClass().getName(),
          e.getClass().getName());
    }
  }

  /** Where meters are recorded. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(MeterRegistry.class)
  @ConditionalOnBean(MeterRegistry.class)
  static final class Meters {

    @Bean
    @ConditionalOnMissingBean
    AuditMeters faceLockAuditMeters(MeterRegistry registry, FaceLockPolicies policies) {
      return new AuditMeters(registry, policies);
    }

    @Bean
    @ConditionalOnBean(Stores.class)
    @ConditionalOnMissingBean
    AlertMeters faceLockAlertMeters(AlertDesk desk, Stores stores) {
      return new AlertMeters(desk, stores.outbox());
    }
  }

  /** Where requests are observed. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(ObservationRegistry.class)
  @ConditionalOnBean(ObservationRegistry.class)
  static final class Observations {

    @Bean
    static BeanPostProcessor faceLockObservedAuthenticator(
        ObjectProvider<ObservationRegistry> registry, ObjectProvider<FaceLockPolicies> policies) {
      return new BeanPostProcessor() {
        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
          return bean instanceof MultiFactorAuthenticator authenticator
                  && !(bean instanceof ObservedAuthenticator)
              ? new ObservedAuthenticator(
                  authenticator,
                  () -> Optional.ofNullable(registry.getIfAvailable()),
                  () -> factors(policies))
              : bean;
        }
      };
    }

    private static Set<FactorType> factors(ObjectProvider<FaceLockPolicies> policies) {
      return policies.stream().findFirst().map(FaceLockPolicies::factors).orElse(Set.of());
    }
  }
}
