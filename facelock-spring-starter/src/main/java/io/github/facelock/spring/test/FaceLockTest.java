package io.github.facelock.spring.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.autoconfigure.OverrideAutoConfiguration;
import org.springframework.boot.test.context.filter.annotation.TypeExcludeFilters;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.core.annotation.AliasFor;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * A test of how an application logs people in, without its web layer and its database: only
 * FaceLock is configured, by the application's properties, with stores in memory. In the context
 * are
 *
 * <ul>
 *   <li>{@link io.github.facelock.test.MutableClock}: stands at 2026-01-01T12:00:00Z until the test
 *       sets it; everything that expires follows it
 *   <li>{@link io.github.facelock.test.InMemoryMailbox} {@code codesByMail} and {@code codesBySms}:
 *       the codes that people get
 *   <li>{@link io.github.facelock.test.RecordingAlertSink}: the alerts
 *   <li>{@link VirtualCameras}: people of photographs, who do what a challenge asks
 * </ul>
 *
 * <p>The application's components are not scanned, except those that {@link #includeFilters} names;
 * the beans of the class with {@code @SpringBootApplication} are there.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ExtendWith(SpringExtension.class)
@BootstrapWith(FaceLockTestContextBootstrapper.class)
@OverrideAutoConfiguration(enabled = false)
@TypeExcludeFilters(FaceLockTypeExcludeFilter.class)
@TestPropertySource(properties = "facelock.store.type=memory")
@ImportAutoConfiguration
public @interface FaceLockTest {

  /**
   * Properties of this test.
   *
   * @return as {@code name=value}
   */
  String[] properties() default {};

  /**
   * Whether components are left out.
   *
   * @return false to scan all of them
   */
  boolean useDefaultFilters() default true;

  /**
   * Components that are there all the same.
   *
   * @return filters
   */
  ComponentScan.Filter[] includeFilters() default {};

  /**
   * Components that are left out.
   *
   * @return filters
   */
  ComponentScan.Filter[] excludeFilters() default {};

  /**
   * Auto-configurations of the slice that are left out.
   *
   * @return their classes
   */
  @AliasFor(annotation = ImportAutoConfiguration.class, attribute = "exclude")
  Class<?>[] excludeAutoConfiguration() default {};
}
