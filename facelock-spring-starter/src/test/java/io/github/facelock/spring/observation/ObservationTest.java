package io.github.facelock.spring.observation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.MultiFactorAuthenticator;
import io.github.facelock.api.Outcome;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.Response;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.Enrolment;
import io.github.facelock.core.FaceLock;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spring.autoconfigure.FaceLockAutoConfiguration;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

class ObservationTest {

  private static final SubjectId ANNA = SubjectId.of("anna-who-must-not-be-a-tag");
  private static final RequestContext REQUEST = RequestContext.from("192.0.2.77");

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  FaceLockAutoConfiguration.class, FaceLockObservationAutoConfiguration.class))
          .withPropertyValues(
              "facelock.store.type=memory",
              "facelock.policy=plain",
              "facelock.policies.plain.steps[0].any-of=password",
              "facelock.policies.plain.steps[1].any-of=totp");

  private final ApplicationContextRunner metered =
      runner
          .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
          .withConfiguration(
              AutoConfigurations.of(
                  MetricsAutoConfiguration.class,
                  CompositeMeterRegistryAutoConfiguration.class,
                  ObservationAutoConfiguration.class));

  private static void wrongPassword(ApplicationContext context) {
    Enrolment enrolment = context.getBean(Enrolment.class);
    enrolment.register(ANNA);
    enrolment.setPassword(ANNA, Secret.of("correct horse battery"));
    MultiFactorAuthenticator authenticator = context.getBean(MultiFactorAuthenticator.class);
    Outcome.Challenge step = (Outcome.Challenge) authenticator.begin(ANNA, REQUEST);
    Outcome.Challenge again =
        (Outcome.Challenge)
            authenticator.advance(step.handle(), Response.password("wrong horse"), REQUEST);
    Outcome.Challenge next =
        (Outcome.Challenge)
            authenticator.advance(
                again.handle(), Response.password("correct horse battery"), REQUEST);
    authenticator.cancel(next.handle());
  }

  @Test
  void stepsAreTimedByFactorAndOutcome() {
    metered.run(
        context -> {
          wrongPassword(context);

          MeterRegistry registry = context.getBean(MeterRegistry.class);
          assertThat(
                  registry
                      .get("facelock.step")
                      .tags("operation", "advance", "factor", "password", "outcome", "not-verified")
                      .timer()
                      .count())
              .isEqualTo(1);
          assertThat(
                  registry
                      .get("facelock.step")
                      .tags("operation", "advance", "factor", "password", "outcome", "next")
                      .timer()
                      .count())
              .isEqualTo(1);
        });
  }

  @Test
  void endedLoginsAreCountedWhoeverAsksForThem() {
    metered.run(
        context -> {
          wrongPassword(context);
          // Not through the bean that is observed.
          MultiFactorAuthenticator direct = context.getBean(FaceLock.class).authenticator();
          direct.cancel(((Outcome.Challenge) direct.begin(ANNA, REQUEST)).handle());

          assertThat(
                  context
                      .getBean(MeterRegistry.class)
                      .get("facelock.logins")
                      .tags("outcome", "cancelled")
                      .counter()
                      .count())
              .isEqualTo(2);
        });
  }

  @Test
  void alertsThatWaitAreGauged() {
    metered.run(
        context -> {
          MeterRegistry registry = context.getBean(MeterRegistry.class);
          assertThat(registry.get("facelock.outbox.size").gauge().value()).isZero();
          assertThat(registry.get("facelock.outbox.memory").gauge().value()).isZero();
          assertThat(registry.get("facelock.alerts.lost").functionCounter().count()).isZero();
        });
  }

  @Test
  void noTagNamesAPersonOrAnAddress() {
    metered.run(
        context -> {
          wrongPassword(context);

          List<String> values = new ArrayList<>();
          for (Meter meter : context.getBean(MeterRegistry.class).getMeters()) {
            meter.getId().getTags().stream().map(Tag::getValue).forEach(values::add);
          }
          assertThat(values).isNotEmpty();
          assertThat(values)
              .noneMatch(value -> value.contains("anna") || value.contains("192.0.2"));
        });
  }

  @Test
  void aFactorThatOnlyTheClientKnowsIsNoTag() {
    metered.run(
        context -> {
          MultiFactorAuthenticator authenticator = context.getBean(MultiFactorAuthenticator.class);
          Outcome.Challenge step = (Outcome.Challenge) authenticator.begin(ANNA, REQUEST);
          authenticator.advance(
              step.handle(),
              new Response.Text(
                  io.github.facelock.api.FactorType.of(
                      "made-up", io.github.facelock.api.FactorKind.KNOWLEDGE, "none"),
                  Secret.of("x")),
              REQUEST);

          assertThat(
                  context
                      .getBean(MeterRegistry.class)
                      .get("facelock.step")
                      .tags("factor", "other")
                      .timer()
                      .count())
              .isEqualTo(1);
        });
  }

  @Test
  void listenersOfTheApplicationHearEveryEventAndCannotBreakALogin() {
    List<AuditEvent.Type> heard = new ArrayList<>();
    runner
        .withBean("broken", AuditListener.class, () -> event -> throwing())
        .withBean("hearing", AuditListener.class, () -> event -> heard.add(event.type()))
        .run(
            context -> {
              wrongPassword(context);
              assertThat(heard)
                  .contains(
                      AuditEvent.Type.SUBJECT_REGISTERED,
                      AuditEvent.Type.CHALLENGED,
                      AuditEvent.Type.CANCELLED);
            });
  }

  private static void throwing() {
    throw new IllegalStateException("a listener's fault");
  }

  @Test
  void withoutMicrometerEverythingStillWorks() {
    runner
        .withClassLoader(new FilteredClassLoader("io.micrometer"))
        .run(
            context -> {
              wrongPassword(context);
              assertThat(context.getBean(AuditCounts.class).counts())
                  .containsEntry(AuditEvent.Type.CANCELLED, 1L);
            });
  }
}
