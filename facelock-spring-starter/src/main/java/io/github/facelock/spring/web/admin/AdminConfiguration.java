package io.github.facelock.spring.web.admin;

import io.github.facelock.core.FaceLock;
import io.github.facelock.core.alert.AlertTemplates;
import io.github.facelock.spring.autoconfigure.FaceLockWebProperties;
import io.github.facelock.spring.web.RequestContexts;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The administration's endpoints and what they stand on. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FaceLockAdminProperties.class)
public class AdminConfiguration {

  @Bean
  Desk faceLockAdminDesk(FaceLock faceLock, RequestContexts contexts) {
    return new Desk(faceLock.administration(), contexts);
  }

  @Bean
  ActorController faceLockActorController(Desk desk) {
    return new ActorController(desk);
  }

  @Bean
  SubjectController faceLockSubjectController(Desk desk, FaceLock faceLock) {
    return new SubjectController(
        desk, new SubjectViews(faceLock.enrolment(), faceLock.trustedDevices()));
  }

  @Bean
  FactorController faceLockFactorController(
      Desk desk, FaceLock faceLock, FaceLockAdminProperties bounds) {
    return new FactorController(desk, faceLock.enrolment(), bounds);
  }

  @Bean
  ImportJobs faceLockImportJobs(
      FaceLock faceLock, FaceLockAdminProperties bounds, ObjectProvider<Clock> clock) {
    return new ImportJobs(faceLock.enrolment(), bounds, clock(clock));
  }

  @Bean
  ImportController faceLockImportController(Desk desk, ImportJobs jobs) {
    return new ImportController(desk, jobs);
  }

  @Bean
  WatchListController faceLockWatchListController(
      Desk desk, FaceLock faceLock, FaceLockAdminProperties bounds, ObjectProvider<Clock> clock) {
    return new WatchListController(desk, faceLock.watchList(), bounds, clock(clock));
  }

  @Bean
  AlertController faceLockAlertController(
      Desk desk,
      FaceLock faceLock,
      ObjectProvider<AlertTemplates> templates,
      ObjectProvider<Clock> clock) {
    return new AlertController(
        desk,
        faceLock.alerts(),
        templates.getIfUnique(() -> AlertTemplates.of("FaceLock")),
        clock(clock));
  }

  @Bean
  AuditFeeds faceLockAuditFeeds(FaceLock faceLock, FaceLockAdminProperties bounds) {
    return new AuditFeeds(
        faceLock.audit().map(trail -> new AuditFeed(trail, faceLock.administration(), bounds)));
  }

  @Bean
  AuditController faceLockAuditController(Desk desk, AuditFeeds feeds) {
    return new AuditController(desk, feeds.feed());
  }

  @Bean
  AnswerTimes faceLockAnswerTimes() {
    return new AnswerTimes();
  }

  @Bean
  StatisticsController faceLockStatisticsController(
      Desk desk, AnswerTimes answers, ObjectProvider<Clock> clock) {
    return new StatisticsController(desk, answers, clock(clock));
  }

  @Bean
  SettingsController faceLockSettingsController(
      Desk desk, FaceLock faceLock, FaceLockWebProperties web, FaceLockAdminProperties bounds) {
    return new SettingsController(desk, faceLock, web, bounds);
  }

  @Bean
  WebMvcConfigurer faceLockAnswerTimesInterceptor(AnswerTimes answers, FaceLockWebProperties web) {
    return new WebMvcConfigurer() {
      @Override
      public void addInterceptors(InterceptorRegistry registry) {
        registry
            .addInterceptor(answers)
            .addPathPatterns(
                web.basePath() + "/api/login/**",
                web.basePath() + "/login/**",
                web.basePath() + "/api/guidance");
      }
    };
  }

  private static Clock clock(ObjectProvider<Clock> clock) {
    return clock.getIfUnique(Clock::systemUTC);
  }
}
