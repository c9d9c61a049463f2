package io.github.facelock.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.MultiFactorAuthenticator;
import io.github.facelock.api.Outcome;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.Response;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.admin.Administration;
import io.github.facelock.api.device.TrustedDevices;
import io.github.facelock.api.enrolment.Enrolment;
import io.github.facelock.api.policy.LivenessMode;
import io.github.facelock.api.policy.Policies;
import io.github.facelock.api.policy.Policy;
import io.github.facelock.api.policy.PolicyStep;
import io.github.facelock.api.policy.StepCondition;
import io.github.facelock.api.presence.Presence;
import io.github.facelock.api.watchlist.WatchList;
import io.github.facelock.core.FaceLock;
import io.github.facelock.core.crypto.EphemeralKeys;
import io.github.facelock.core.lockout.LockoutRules;
import io.github.facelock.spi.KeyProvider;
import io.github.facelock.spi.ProofIssuer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class FaceLockAutoConfigurationTest {

  @TempDir Path folder;

  private final ApplicationContextRunner runner = Runners.inMemory();

  @Test
  void onePropertyMakesARunningFaceLockOnADevelopersMachine() {
    Runners.plain()
        .withPropertyValues("facelock.development=true", "facelock.data-dir=" + folder)
        .run(
            context -> {
              assertThat(context).hasSingleBean(FaceLock.class);
              assertThat(context.getBean(FaceLock.class).models()).isNotEmpty();
              assertThat(folder.resolve("facelock.mv.db")).exists();
              assertThat(folder.resolve("development.key")).exists();
              FaceLockPolicies policies = context.getBean(FaceLockPolicies.class);
              assertThat(policies.login().name()).isEqualTo("web");
            });
  }

  @Test
  void whatWasEnrolledOnADevelopersMachineIsThereAfterTheNextStart() {
    ApplicationContextRunner development =
        Runners.plain()
            .withPropertyValues(
                "facelock.development=true",
                "facelock.data-dir=" + folder,
                "facelock.policy=plain",
                "facelock.policies.plain.steps[0].any-of=password",
                "facelock.policies.plain.steps[1].any-of=totp");
    SubjectId anna = SubjectId.of("anna");
    development.run(
        context -> {
          Enrolment enrolment = context.getBean(Enrolment.class);
          enrolment.register(anna);
          enrolment.setPassword(anna, Secret.of("correct horse battery"));
        });

    development.run(
        context -> {
          MultiFactorAuthenticator authenticator = context.getBean(MultiFactorAuthenticator.class);
          RequestContext request = RequestContext.from("192.0.2.1");
          Outcome.Challenge first = (Outcome.Challenge) authenticator.begin(anna, request);
          Outcome next =
              authenticator.advance(
                  first.handle(), Response.password("correct horse battery"), request);
          assertThat(next)
              .isInstanceOfSatisfying(
                  Outcome.Challenge.class, step -> assertThat(step.next().number()).isEqualTo(2));
        });
  }

  @Test
  void partsCanBeInjectedByThemselves() {
    runner.run(
        context ->
            assertThat(context)
                .hasSingleBean(MultiFactorAuthenticator.class)
                .hasSingleBean(Enrolment.class)
                .hasSingleBean(Administration.class)
                .hasSingleBean(TrustedDevices.class)
                .hasSingleBean(WatchList.class)
                .hasSingleBean(Presence.class));
  }

  @Test
  void aPresetTakesTheLivenessOfTheProperty() {
    runner
        .withPropertyValues("facelock.policy=high-assurance", "facelock.liveness=passive")
        .run(
            context -> {
              Policy policy = context.getBean(FaceLockPolicies.class).login();
              assertThat(policy.liveness()).isEqualTo(LivenessMode.PASSIVE);
              assertThat(policy.steps()).isEqualTo(Policies.highAssurance().steps());
            });
  }

  @Test
  void aPolicyIsDescribedByProperties() {
    runner
        .withPropertyValues(
            "facelock.policy=staff",
            "facelock.policies.staff.steps[0].any-of=password",
            "facelock.policies.staff.steps[1].any-of=totp,recovery-code",
            "facelock.policies.staff.steps[1].when=unless-trusted-device",
            "facelock.policies.staff.steps[1].valid-for=10m",
            "facelock.policies.staff.tries-per-step=2",
            "facelock.policies.staff.lifetime=3m",
            "facelock.policies.staff.totp-skew=0",
            "facelock.policies.payment.steps[0].any-of=password",
            "facelock.policies.payment.steps[1].any-of=totp")
        .run(
            context -> {
              FaceLockPolicies policies = context.getBean(FaceLockPolicies.class);
              Policy staff = policies.login();
              assertThat(staff.steps())
                  .containsExactly(
                      PolicyStep.of(FactorType.PASSWORD),
                      new PolicyStep(
                          List.of(FactorType.TOTP, FactorType.RECOVERY_CODE),
                          StepCondition.UNLESS_TRUSTED_DEVICE,
                          Optional.of(Duration.ofMinutes(10))));
              assertThat(staff.triesPerStep()).isEqualTo(2);
              assertThat(staff.lifetime()).isEqualTo(Duration.ofMinutes(3));
              assertThat(staff.totpSkew()).isZero();
              assertThat(policies.named())
                  .extracting(Policy::name)
                  .containsExactlyInAnyOrder("payment", "plain");
            });
  }

  @Test
  void aPolicyThatThereIsNotIsRefusedWithTheCure() {
    runner
        .withPropertyValues("facelock.policy=webb")
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .rootCause()
                    .isInstanceOfSatisfying(
                        FaceLockSettingException.class,
                        e -> {
                          assertThat(e)
                              .hasMessageContaining("facelock.policy")
                              .hasMessageContaining("webb");
                          assertThat(e.cure()).contains("high-assurance");
                        }));
  }

  @Test
  void aFactorThatThereIsNotIsRefusedWithTheCure() {
    runner
        .withPropertyValues("facelock.policies.plain.steps[0].any-of=pasword")
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .rootCause()
                    .isInstanceOfSatisfying(
                        FaceLockSettingException.class,
                        e -> assertThat(e.cure()).contains("password", "recovery-code")));
  }

  @Test
  void aPolicyBeanIsWhatALoginAsksFor() {
    Runners.plain()
        .withPropertyValues("facelock.store.type=memory")
        .withBean(
            Policy.class,
            () -> Policy.named("own").step(FactorType.PASSWORD).step(FactorType.TOTP).build())
        .run(
            context ->
                assertThat(context.getBean(FaceLockPolicies.class).login().name())
                    .isEqualTo("own"));
  }

  @Test
  void limitsOfPropertiesReplaceThoseOfNist() {
    runner
        .withPropertyValues(
            "facelock.lockout.knowledge.free=3",
            "facelock.lockout.knowledge.hard-cap=20",
            "facelock.lockout.source.failures=50")
        .run(
            context -> {
              LockoutRules rules = context.getBean(LockoutRules.class);
              assertThat(rules.knowledge().free()).isEqualTo(3);
              assertThat(rules.knowledge().hardCap()).isEqualTo(20);
              assertThat(rules.possession()).isEqualTo(LockoutRules.defaults().possession());
              assertThat(rules.source().failures()).isEqualTo(50);
            });
  }

  @Test
  void aLimitOutOfRangeIsRefusedByThePropertysName() {
    runner
        .withPropertyValues("facelock.lockout.knowledge.hard-cap=1000")
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .rootCause()
                    .hasMessageContaining("1 to 100 failures"));
  }

  @Test
  void everyPartIsReplacedByABean() {
    runner
        .withUserConfiguration(OwnParts.class)
        .run(
            context -> {
              assertThat(context).hasSingleBean(KeyProvider.class).hasBean("ownKeys");
              assertThat(context).hasSingleBean(ProofIssuer.class).hasBean("ownProofs");
              assertThat(context).hasSingleBean(LockoutRules.class).hasBean("ownLimits");
              assertThat(context.getBean(OwnParts.class).customized).hasValue(1);
            });
  }

  @Configuration(proxyBeanMethods = false)
  static class OwnParts {
    final AtomicInteger customized = new AtomicInteger();

    @Bean
    KeyProvider ownKeys() {
      return new EphemeralKeys(new SecureRandom());
    }

    @Bean
    ProofIssuer ownProofs() {
      return (transaction, subject, passed, level, at) -> "proof";
    }

    @Bean
    LockoutRules ownLimits() {
      return LockoutRules.defaults();
    }

    @Bean
    FaceLockBuilderCustomizer customizer() {
      return builder -> customized.incrementAndGet();
    }
  }

  @Test
  void anApplicationsOwnFaceLockIsLeftAlone() {
    runner
        .withBean(
            "own",
            FaceLock.class,
            () -> FaceLock.builder().policy(Policies.highAssurance().withoutLiveness()).build())
        .run(context -> assertThat(context).hasSingleBean(FaceLock.class).hasBean("own"));
  }

  @Test
  void developmentDataIsForItsOwnerOnly() throws Exception {
    Path data = folder.resolve("deep").resolve("data");
    Runners.plain()
        .withPropertyValues(
            "facelock.development=true",
            "facelock.data-dir=" + data,
            "facelock.policy=plain",
            "facelock.policies.plain.steps[0].any-of=password",
            "facelock.policies.plain.steps[1].any-of=totp")
        .run(context -> assertThat(context).hasNotFailed());

    assertThat(Files.getPosixFilePermissions(data)).hasSize(3);
  }
}
