package io.github.facelock.spring.web;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.TotpParameters;
import io.github.facelock.api.enrolment.TotpProvisioning;
import io.github.facelock.api.policy.Policy;
import io.github.facelock.api.policy.PolicyStep;
import io.github.facelock.core.FaceLock;
import io.github.facelock.spring.security.FaceLockSecurity;
import io.github.facelock.test.InMemoryMailbox;
import io.github.facelock.test.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** An application whose people log in by a password and a code. Nothing loads a face model. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class CodesApplication {

  /** Password, then a code. */
  public static final Policy CODES =
      Policy.named("codes")
          .step(FactorType.PASSWORD)
          .step(FactorType.TOTP, FactorType.EMAIL_CODE)
          .lifetime(Duration.ofMinutes(10))
          .build();

  /** A step-up: the password may be an hour old. */
  public static final Policy CONFIRM =
      Policy.named("confirm")
          .step(PolicyStep.of(FactorType.PASSWORD).validFor(Duration.ofHours(1)))
          .step(FactorType.TOTP, FactorType.EMAIL_CODE)
          .build();

  /** A login may ask for this one. */
  public static final Policy MAIL =
      Policy.named("mail").step(FactorType.PASSWORD).step(FactorType.EMAIL_CODE).build();

  @Bean
  MutableClock clock() {
    return MutableClock.at(Instant.parse("2026-11-25T12:00:00Z"));
  }

  @Bean
  InMemoryMailbox mailbox() {
    return new InMemoryMailbox(FactorType.EMAIL_CODE);
  }

  @Bean(destroyMethod = "close")
  FaceLock faceLock(MutableClock clock, InMemoryMailbox mailbox) {
    return FaceLock.builder()
        .policy(CODES)
        .namedPolicy(CONFIRM)
        .namedPolicy(MAIL)
        .clock(clock)
        .codeChannel(mailbox)
        .build();
  }

  @Bean
  FaceLockSecurity faceLockSecurity() {
    return new FaceLockSecurity(List.of(CODES, CONFIRM, MAIL), Map.of("totp", "confirm"));
  }

  @Bean
  People people(FaceLock faceLock, MutableClock clock) {
    return new People(faceLock, clock);
  }

  /** The application's own page: who is here, and what was shown. */
  @RestController
  static final class Front {
    @GetMapping("/")
    String who(Authentication authentication) {
      return authentication.getName()
          + " "
          + authentication.getAuthorities().stream()
              .map(a -> a instanceof FactorGrantedAuthority f ? f.getAuthority() : a.toString())
              .sorted()
              .toList();
    }

    @GetMapping("/orders")
    String orders() {
      return "orders";
    }
  }

  /** Makes people known: with password, app and mail address. */
  public static final class People {
    private final FaceLock faceLock;
    private final MutableClock clock;
    private final Map<String, TotpApp> apps = new ConcurrentHashMap<>();

    People(FaceLock faceLock, MutableClock clock) {
      this.faceLock = faceLock;
      this.clock = clock;
    }

    /** The password of everybody. */
    public static final String PASSWORD = "correct horse battery";

    /** Enrols somebody of a new name. */
    public String enrol(String name) {
      SubjectId subject = SubjectId.of(name);
      faceLock.enrolment().register(subject);
      faceLock.enrolment().setPassword(subject, Secret.of(PASSWORD));
      TotpProvisioning app = faceLock.enrolment().beginTotp(subject, TotpParameters.COMPATIBLE);
      apps.put(name, new TotpApp(app.uri()));
      faceLock.enrolment().confirmTotp(subject, app.credential(), Secret.of(code(name)));
      faceLock.enrolment().setEmail(subject, Secret.of(mail(name)));
      clock.advance(Duration.ofSeconds(30));
      return name;
    }

    /** Where codes are mailed. */
    public static String mail(String name) {
      return name + "@example.org";
    }

    /** The code that the app shows now. */
    public String code(String name) {
      return apps.get(name).code(clock.instant());
    }
  }
}
