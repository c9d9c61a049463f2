package io.github.facelock.spring.web.me;

import io.github.facelock.api.FactorType;
import io.github.facelock.core.FaceLock;
import io.github.facelock.spring.autoconfigure.FaceLockBuilderCustomizer;
import io.github.facelock.spring.autoconfigure.FaceLockPolicies;
import io.github.facelock.spring.autoconfigure.FaceLockWebProperties;
import io.github.facelock.spring.security.FaceLockSecurity;
import io.github.facelock.spring.web.RateLimits;
import io.github.facelock.spring.web.RequestContexts;
import io.github.facelock.spring.web.Uploads;
import io.github.facelock.spring.web.page.Pages;
import io.github.facelock.spring.web.page.Texts;
import java.time.Clock;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The beans of one's own account. */
@Configuration(proxyBeanMethods = false)
@Import({
  MeController.class,
  MyFacesController.class,
  MyCodesController.class,
  MePages.class,
  MyFacesPages.class,
  MyCodesPages.class,
  RegistrationController.class,
  RegistrationPages.class
})
public class MeConfiguration {

  /** Lets the authenticator judge a present password where its owner changes it. */
  @Bean
  FaceLockBuilderCustomizer faceLockOwnSecrets(FaceLockPolicies policies) {
    return builder ->
        Stream.of(FactorType.PASSWORD, FactorType.PIN)
            .filter(policies.factors()::contains)
            .map(MyPasswords::check)
            .forEach(builder::namedPolicy);
  }

  @Bean
  MeParts faceLockMeParts(
      FaceLock faceLock,
      FaceLockSecurity security,
      FaceLockPolicies policies,
      RequestContexts contexts,
      FaceLockWebProperties properties,
      Uploads uploads,
      RateLimits rates,
      Texts texts,
      Pages pages,
      ObjectProvider<Clock> clock) {
    return new MeParts(
        faceLock,
        security,
        contexts,
        properties,
        uploads,
        rates,
        texts,
        pages,
        clock.getIfUnique(Clock::systemUTC),
        policies.factors());
  }
}
