package io.github.facelock.spring.autoconfigure;

import io.github.facelock.api.MultiFactorAuthenticator;
import io.github.facelock.api.device.TrustedDevices;
import io.github.facelock.core.FaceLock;
import io.github.facelock.spring.security.FaceLockSecurity;
import io.github.facelock.spring.web.CsrfController;
import io.github.facelock.spring.web.OwnUploads;
import io.github.facelock.spring.web.ProblemAdvice;
import io.github.facelock.spring.web.ProblemWriter;
import io.github.facelock.spring.web.Problems;
import io.github.facelock.spring.web.RateLimits;
import io.github.facelock.spring.web.RequestContexts;
import io.github.facelock.spring.web.Uploads;
import io.github.facelock.spring.web.admin.AdminConfiguration;
import io.github.facelock.spring.web.login.LoginController;
import io.github.facelock.spring.web.login.LoginPages;
import io.github.facelock.spring.web.login.LoginParts;
import io.github.facelock.spring.web.me.MeConfiguration;
import io.github.facelock.spring.web.page.Pages;
import io.github.facelock.spring.web.page.Texts;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** FaceLock's pages and endpoints. */
@AutoConfiguration(after = FaceLockSecurityAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(FaceLockWebProperties.class)
@Import({
  AdminConfiguration.class,
  CsrfController.class,
  LoginController.class,
  LoginPages.class,
  MeConfiguration.class,
  ProblemAdvice.class
})
public final class FaceLockWebAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  Texts faceLockTexts(FaceLockWebProperties properties) {
    return new Texts(properties.messages());
  }

  @Bean
  @ConditionalOnMissingBean
  RequestContexts faceLockRequestContexts(Texts texts, FaceLockWebProperties properties) {
    return new RequestContexts(texts, properties);
  }

  @Bean
  @ConditionalOnMissingBean
  Problems faceLockProblems(Texts texts) {
    return new Problems(texts);
  }

  @Bean
  @ConditionalOnMissingBean
  ProblemWriter faceLockProblemWriter(Problems problems, RequestContexts contexts) {
    return new ProblemWriter(problems, contexts);
  }

  @Bean
  @ConditionalOnMissingBean
  Pages faceLockPages(
      ResourceLoader resources,
      FaceLockWebProperties properties,
      Texts texts,
      RequestContexts contexts) {
    return new Pages(resources, properties, texts, contexts);
  }

  @Bean
  @ConditionalOnMissingBean
  Uploads faceLockUploads(FaceLockWebProperties properties, ObjectProvider<Clock> clock) {
    return new Uploads(properties.uploads(), clock.getIfUnique(Clock::systemUTC));
  }

  @Bean
  @ConditionalOnMissingBean
  RateLimits faceLockRateLimits(FaceLockWebProperties properties, ObjectProvider<Clock> clock) {
    return new RateLimits(properties.rates(), clock.getIfUnique(Clock::systemUTC));
  }

  @Bean
  LoginParts faceLockLoginParts(
      FaceLock faceLock,
      MultiFactorAuthenticator authenticator,
      TrustedDevices devices,
      FaceLockSecurity security,
      RequestContexts contexts,
      FaceLockWebProperties properties,
      Uploads uploads,
      RateLimits rates,
      Texts texts,
      Pages pages,
      ObjectProvider<Clock> clock) {
    return new LoginParts(
        authenticator,
        devices,
        faceLock.captureGuide(),
        security,
        contexts,
        properties,
        uploads,
        rates,
        texts,
        pages,
        clock.getIfUnique(Clock::systemUTC));
  }

  @Bean
  static OwnUploads faceLockOwnUploads(Environment environment) {
    return new OwnUploads(environment.getProperty("facelock.web.base-path", "/facelock"));
  }

  /** Spring Boot serves these files too, but only under their own path. */
  @Bean
  WebMvcConfigurer faceLockAssets(FaceLockWebProperties properties) {
    return new WebMvcConfigurer() {
      @Override
      public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry
            .addResourceHandler(properties.basePath() + "/assets/**")
            .addResourceLocations("classpath:/META-INF/resources/facelock/assets/")
            .setCacheControl(CacheControl.noCache());
        registry
            .addResourceHandler(properties.basePath() + "/*.json")
            .addResourceLocations("classpath:/META-INF/resources/facelock/");
      }
    };
  }
}
