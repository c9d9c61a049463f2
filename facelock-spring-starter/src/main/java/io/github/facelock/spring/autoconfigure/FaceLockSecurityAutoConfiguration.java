package io.github.facelock.spring.autoconfigure;

import static io.github.facelock.spring.security.FaceLockConfigurer.facelock;
import static org.springframework.security.config.Customizer.withDefaults;

import io.github.facelock.api.admin.Administration;
import io.github.facelock.spring.security.FaceLockPaths;
import io.github.facelock.spring.security.FaceLockSecurity;
import io.github.facelock.spring.security.FaceLockUserDetailsService;
import io.github.facelock.spring.security.RoleAuthorities;
import io.github.facelock.spring.security.SubjectAuthorities;
import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.web.SecurityFilterChain;

/** FaceLock's logins in Spring Security; a filter chain where the application has none. */
@AutoConfiguration(
    after = FaceLockAutoConfiguration.class,
    beforeName = {
      "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration",
      "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration"
    })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(SecurityFilterChain.class)
@EnableConfigurationProperties(FaceLockWebProperties.class)
public final class FaceLockSecurityAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  FaceLockSecurity faceLockSecurity(FaceLockPolicies policies, FaceLockWebProperties properties) {
    // A step-up is of somebody known, so an identification's policy cannot be asked for.
    return new FaceLockSecurity(
        Stream.concat(Stream.of(policies.login()), policies.named().stream()).toList(),
        properties.stepUp());
  }

  @Bean
  @ConditionalOnMissingBean
  FaceLockPaths faceLockPaths(FaceLockWebProperties properties) {
    return new FaceLockPaths(properties);
  }

  @Bean
  @ConditionalOnMissingBean
  SubjectAuthorities faceLockSubjectAuthorities(Administration administration) {
    return new RoleAuthorities(administration);
  }

  /** In place of Spring Boot's user with a printed password. */
  @Bean
  @ConditionalOnMissingBean({
    UserDetailsService.class,
    AuthenticationManager.class,
    AuthenticationProvider.class
  })
  UserDetailsService faceLockUserDetailsService(SubjectAuthorities authorities) {
    return new FaceLockUserDetailsService(authorities);
  }

  @Bean
  @ConditionalOnMissingBean(SecurityFilterChain.class)
  SecurityFilterChain faceLockSecurityFilterChain(HttpSecurity http) throws Exception {
    return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
        .with(facelock(), withDefaults())
        .build();
  }
}
