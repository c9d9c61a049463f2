package io.github.facelock.spring.autoconfigure;

import io.github.facelock.spring.web.CsrfController;
import io.github.facelock.spring.web.ProblemAdvice;
import io.github.facelock.spring.web.ProblemWriter;
import io.github.facelock.spring.web.Problems;
import io.github.facelock.spring.web.RequestContexts;
import io.github.facelock.spring.web.page.Pages;
import io.github.facelock.spring.web.page.Texts;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.ResourceLoader;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** FaceLock's pages and endpoints. */
@AutoConfiguration(after = FaceLockAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(FaceLockWebProperties.class)
@Import({CsrfController.class, ProblemAdvice.class})
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
      }
    };
  }
}
