package io.github.facelock.spring.web.me;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.authentication;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import io.github.facelock.api.AssuranceLevel;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.PassedFactor;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.PasswordVerdict;
import io.github.facelock.api.policy.Policy;
import io.github.facelock.core.FaceLock;
import io.github.facelock.core.password.Argon2Parameters;
import io.github.facelock.spring.autoconfigure.FaceLockWebProperties;
import io.github.facelock.spring.security.FaceLockAuthentication;
import io.github.facelock.spring.security.FaceLockPrincipal;
import io.github.facelock.spring.security.FactorAuthorities;
import io.github.facelock.test.InMemoryMailbox;
import io.github.facelock.test.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.request.AbstractMockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

/** An application with all factors, and people of their own for each test. */
@SpringBootTest(
    classes = Account.Application.class,
    properties = {
      "facelock.policy=all",
      "facelock.store.type=memory",
      "facelock.web.registration=true",
      "facelock.web.rates.change=100000"
    })
@AutoConfigureMockMvc
abstract class Account {

  static final Duration FRESH_FOR = Duration.ofMinutes(10);
  static final String PASSWORD = "correct horse battery";

  private static final AtomicInteger PEOPLE = new AtomicInteger();

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {
    @Bean
    MutableClock clock() {
      return MutableClock.at(Instant.parse("2030-01-01T00:00:00Z"));
    }

    @Bean
    Policy policy() {
      return Policy.named("all")
          .step(FactorType.PASSWORD, FactorType.PIN)
          .step(FactorType.FACE)
          .step(
              FactorType.TOTP, FactorType.EMAIL_CODE, FactorType.SMS_CODE, FactorType.RECOVERY_CODE)
          .build();
    }

    @Bean
    Policy recovery() {
      return Policy.named("recovery")
          .step(FactorType.PASSWORD)
          .step(FactorType.RECOVERY_CODE)
          .build();
    }

    @Bean
    InMemoryMailbox mail() {
      return new InMemoryMailbox(FactorType.EMAIL_CODE);
    }

    @Bean
    InMemoryMailbox telephone() {
      return new InMemoryMailbox(FactorType.SMS_CODE);
    }

    @Bean
    Argon2Parameters passwordCosts() {
      return new Argon2Parameters(19 * 1024, 2, 1);
    }
  }

  @Autowired MockMvc mvc;
  @Autowired FaceLock faceLock;
  @Autowired MutableClock clock;
  @Autowired InMemoryMailbox mail;
  @Autowired InMemoryMailbox telephone;
  @Autowired FaceLockWebProperties properties;

  /** Somebody with a password and nothing else. */
  SubjectId somebody() {
    SubjectId subject = SubjectId.of("person-" + PEOPLE.incrementAndGet());
    assertThat(faceLock.enrolment().register(subject)).isTrue();
    assertThat(faceLock.enrolment().setPassword(subject, Secret.of(PASSWORD)))
        .isEqualTo(PasswordVerdict.ACCEPTED);
    return subject;
  }

  /** Somebody who showed factors just now. */
  RequestPostProcessor as(SubjectId subject, FactorType... shown) {
    return as(subject, Duration.ZERO, shown);
  }

  RequestPostProcessor as(SubjectId subject, Duration ago, FactorType... shown) {
    List<GrantedAuthority> authorities = new ArrayList<>();
    authorities.add(new SimpleGrantedAuthority("ROLE_USER"));
    for (FactorType factor : shown) {
      authorities.add(FactorAuthorities.of(new PassedFactor(factor, clock.instant().minus(ago))));
    }
    return authentication(
        new FaceLockAuthentication(
            FaceLockPrincipal.of(subject), AssuranceLevel.AAL2, authorities));
  }

  /** A change as a browser sends it. */
  MvcResult send(AbstractMockHttpServletRequestBuilder<?> request, RequestPostProcessor login)
      throws Exception {
    return mvc.perform(request.with(login).with(csrf().asHeader())).andReturn();
  }

  MvcResult send(
      AbstractMockHttpServletRequestBuilder<?> request,
      RequestPostProcessor login,
      MockHttpSession session)
      throws Exception {
    return send(request.session(session), login);
  }

  static int statusOf(MvcResult result) {
    return result.getResponse().getStatus();
  }

  static String body(MvcResult result) throws Exception {
    return result.getResponse().getContentAsString();
  }
}
