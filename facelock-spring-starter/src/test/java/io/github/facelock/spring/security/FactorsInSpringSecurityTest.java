package io.github.facelock.spring.security;

import static io.github.facelock.spring.security.FaceLockConfigurer.facelock;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.config.Customizer.withDefaults;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.Enrolment;
import io.github.facelock.spring.web.Browser;
import io.github.facelock.spring.web.Browser.Reply;
import io.github.facelock.spring.web.CodesApplication;
import io.github.facelock.spring.web.CodesApplication.People;
import io.github.facelock.test.InMemoryMailbox;
import io.github.facelock.test.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authorization.AuthorizationManagerFactories;
import org.springframework.security.config.annotation.authorization.EnableMultiFactorAuthentication;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.session.HttpSessionEventPublisher;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * An application with users and passwords of its own, to whose form login FaceLock adds factors;
 * its rules ask for them by Spring Security's means.
 */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {"server.forward-headers-strategy=native", "facelock.web.rates.begin=1000"})
class FactorsInSpringSecurityTest {

  private static final AtomicInteger NEXT = new AtomicInteger();

  @Configuration(proxyBeanMethods = false)
  @EnableMethodSecurity
  @EnableMultiFactorAuthentication(authorities = {})
  @Import(CodesApplication.class)
  static class Application {

    @Bean
    UserDetailsService users() {
      return new InMemoryUserDetailsManager(
          User.withUsername("shopper")
              .password("{noop}" + People.PASSWORD)
              .authorities("ROLE_SHOPPER")
              .build());
    }

    @Bean
    HttpSessionEventPublisher sessionEvents() {
      return new HttpSessionEventPublisher();
    }

    @Bean
    SecurityFilterChain chain(HttpSecurity http) throws Exception {
      var mailedOfLate =
          AuthorizationManagerFactories.<Object>multiFactor()
              .requireFactor(
                  f ->
                      f.authority(FactorAuthorities.nameOf(FactorType.EMAIL_CODE))
                          .validDuration(Duration.ofMinutes(5)))
              .build();
      return http.authorizeHttpRequests(
              rules ->
                  rules
                      .requestMatchers("/payments/**")
                      .access((a, r) -> mailedOfLate.authenticated().authorize(a, r))
                      .anyRequest()
                      .authenticated())
          .formLogin(withDefaults())
          .rememberMe(remember -> remember.alwaysRemember(true).key("test"))
          .sessionManagement(
              sessions -> sessions.maximumSessions(1).maxSessionsPreventsLogin(false))
          .with(facelock(), withDefaults())
          .build();
    }

    @RestController
    static class Shop {
      @GetMapping("/payments/new")
      String pay() {
        return "paid";
      }

      @GetMapping("/refunds")
      @PreAuthorize("hasAuthority('FACTOR_EMAIL_CODE') and hasRole('SHOPPER')")
      String refund() {
        return "refunded";
      }
    }
  }

  @LocalServerPort int port;
  @Autowired Enrolment enrolment;
  @Autowired InMemoryMailbox mailbox;
  @Autowired MutableClock clock;

  private Browser browser = new Browser(0);

  @BeforeEach
  void aBrowser() {
    browser = browser();
    // Spring Security judges the age of factors by the system's clock.
    clock.set(Instant.now());
    SubjectId shopper = SubjectId.of("shopper");
    enrolment.register(shopper);
    enrolment.setPassword(shopper, Secret.of(People.PASSWORD));
    enrolment.setEmail(shopper, Secret.of("shopper@example.org"));
  }

  private Browser browser() {
    return new Browser(port)
        .with("X-Forwarded-For", "192.0.2." + NEXT.incrementAndGet())
        .with("Accept", "text/html")
        .with("Accept-Language", "en");
  }

  private static Reply formLogin(Browser browser) {
    Map<String, String> form = new LinkedHashMap<>(browser.get("/login").form("/login"));
    form.put("username", "shopper");
    form.put("password", People.PASSWORD);
    return browser.post("/login", form);
  }

  @Test
  void theApplicationsOwnPasswordCountsAndFaceLockAddsWhatIsMissing() {
    assertThat(browser.get("/payments/new").header("Location")).endsWith("/login");
    assertThat(formLogin(browser).header("Location")).contains("/payments/new");
    String before = browser.session().orElseThrow();
    assertThat(browser.get("/").body()).isEqualTo("shopper [FACTOR_PASSWORD, ROLE_SHOPPER]");

    Reply missing = browser.get("/payments/new");
    assertThat(missing.status()).isEqualTo(302);
    assertThat(missing.header("Location")).contains("/facelock/login/step-up?policy=");
    Reply asked = browser.submit(browser.follow(missing), "/facelock/login/step-up", Map.of());
    asked = browser.submit(asked, "/facelock/login/step", Map.of("secret", People.PASSWORD));
    asked =
        browser.follow(
            browser.post("/facelock/login/choose", asked.form("/facelock/login/choose")));
    Reply in =
        browser.submit(
            asked,
            "/facelock/login/step",
            Map.of("secret", mailbox.awaitCode("shopper@example.org")));
    assertThat(in.body()).isEqualTo("paid");
    assertThat(browser.get("/").body())
        .isEqualTo("shopper [FACTOR_EMAIL_CODE, FACTOR_PASSWORD, ROLE_SHOPPER, ROLE_USER]");
    assertThat(browser.get("/refunds").body()).isEqualTo("refunded");
    assertThat(browser.session().orElseThrow()).isNotEqualTo(before);
  }

  @Test
  void aMethodThatAsksForAFactorIsClosedToWhoLacksIt() {
    formLogin(browser);
    assertThat(browser.get("/refunds").body()).isNotEqualTo("refunded");
  }

  @Test
  void aSecondLoginEndsTheFirstsSession() {
    formLogin(browser);
    assertThat(browser.get("/").body()).startsWith("shopper");
    Browser second = browser();
    formLogin(second);
    assertThat(second.get("/").body()).startsWith("shopper");
    assertThat(browser.get("/").body()).doesNotStartWith("shopper");
  }

  @Test
  void aRememberedPersonIsKnownButHasShownNothing() {
    formLogin(browser);
    browser.forgetSession();
    assertThat(browser.get("/").body()).isEqualTo("shopper [ROLE_SHOPPER]");
    Reply asked =
        browser.submit(
            browser.get("/facelock/login/step-up?policy=confirm"),
            "/facelock/login/step-up",
            Map.of());
    assertThat(asked.body()).contains("Enter your password");
  }

  @Test
  void whoLoggedOutMeanwhileGetsNoStepUp() {
    formLogin(browser);
    Reply asked =
        browser.submit(
            browser.get("/facelock/login/step-up?policy=mail"),
            "/facelock/login/step-up",
            Map.of());
    Browser second = browser();
    formLogin(second);
    // The first session has ended by that.
    Reply late =
        browser.follow(
            browser.post(
                "/facelock/login/step",
                with(asked.form("/facelock/login/step"), "secret", People.PASSWORD)));
    assertThat(late.body()).doesNotContain("code from the e-mail");
    assertThat(browser.get("/").body()).doesNotStartWith("shopper");
  }

  private static Map<String, String> with(Map<String, String> form, String name, String value) {
    Map<String, String> changed = new LinkedHashMap<>(form);
    changed.put(name, value);
    return changed;
  }

  @Test
  void anAuthenticationIsMergedByItsOwnBuilder() throws NoSuchMethodException {
    assertThat(FaceLockAuthentication.class.getDeclaredMethod("toBuilder").getDeclaringClass())
        .isEqualTo(FaceLockAuthentication.class);
    var face =
        new FaceLockAuthentication(
            FaceLockPrincipal.of(SubjectId.of("anna")),
            io.github.facelock.api.AssuranceLevel.AAL1,
            java.util.List.of(FactorGrantedAuthority.fromFactor("FACE")));
    var both =
        face.toBuilder()
            .authorities(all -> all.add(FactorGrantedAuthority.fromFactor("PASSWORD")))
            .build();
    assertThat(both.getName()).isEqualTo("anna");
    assertThat(both.getAuthorities()).hasSize(2);
    assertThat(both.isAuthenticated()).isTrue();
  }
}
