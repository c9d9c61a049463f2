package io.github.facelock.spring.actuate;

import io.github.facelock.core.FaceLock;
import io.github.facelock.spring.autoconfigure.FaceLockAutoConfiguration;
import io.github.facelock.spring.autoconfigure.FaceLockReport;
import io.github.facelock.spring.observation.AuditCounts;
import io.github.facelock.spring.observation.FaceLockObservationAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The end point {@code facelock}, where the application has the actuator. */
@AutoConfiguration(
    after = {FaceLockAutoConfiguration.class, FaceLockObservationAutoConfiguration.class})
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnBean(FaceLock.class)
@ConditionalOnAvailableEndpoint(FaceLockEndpoint.class)
public final class FaceLockEndpointAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  FaceLockEndpoint faceLockEndpoint(FaceLock faceLock, FaceLockReport report, AuditCounts counts) {
    return new FaceLockEndpoint(faceLock, report, counts);
  }
}
