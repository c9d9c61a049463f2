package io.github.facelock.examples.web;

import static io.github.facelock.spring.security.FaceLockConfigurer.facelock;
import static org.springframework.security.config.Customizer.withDefaults;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/** Who may see what. */
@Configuration(proxyBeanMethods = false)
class Access {

  @Bean
  SecurityFilterChain filterChain(HttpSecurity http) throws Exception {
    return http.authorizeHttpRequests(
            requests ->
                requests
                    .requestMatchers("/", "/error", "/static/**")
                    .permitAll()
                    // Other people's codes and faces: for the developer before this machine only.
                    .requestMatchers("/mailbox/**", "/virtual-camera/**")
                    .access(thisMachine())
                    .requestMatchers("/admin/**")
                    .hasAnyRole("ADMIN", "OPERATOR")
                    .requestMatchers("/actuator/**")
                    .hasRole("ADMIN")
                    .anyRequest()
                    .authenticated())
        .with(facelock(), withDefaults())
        .headers(
            headers ->
                headers.contentSecurityPolicy(
                    policy ->
                        policy.policyDirectives(
                            "default-src 'self'; img-src 'self' data: blob:; media-src 'self'"
                                + " blob:; object-src 'none'; base-uri 'none'; form-action 'self';"
                                + " frame-ancestors 'none'")))
        .build();
  }

  private static AuthorizationManager<RequestAuthorizationContext> thisMachine() {
    return (authentication, context) ->
        new AuthorizationDecision(isLoopback(context.getRequest().getRemoteAddr()));
  }

  private static boolean isLoopback(String address) {
    try {
      // An address, so nothing is looked up.
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
