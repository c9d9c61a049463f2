package io.github.facelock.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.Enrolment;
import io.github.facelock.spi.store.AttemptRecord;
import io.github.facelock.spi.store.AttemptStore;
import io.github.facelock.spi.store.Stores;
import io.github.facelock.spring.autoconfigure.FaceLockAutoConfiguration;
import io.github.facelock.spring.observation.FaceLockObservationAutoConfiguration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

class ActuatorTest {

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  FaceLockAutoConfiguration.class,
                  FaceLockObservationAutoConfiguration.class,
                  FaceLockEndpointAutoConfiguration.class,
                  FaceLockHealthAutoConfiguration.class))
          .withPropertyValues(
              "facelock.store.type=memory",
              "facelock.policy=plain",
              "facelock.policies.plain.steps[0].any-of=password",
              "facelock.policies.plain.steps[1].any-of=totp",
              "management.endpoints.web.exposure.include=facelock");

  private static Health health(ApplicationContext context, String name) {
    CompositeHealthContributor all = context.getBean(CompositeHealthContributor.class);
    return ((HealthIndicator) all.getContributor(name)).health();
  }

  @Test
  void everythingIsUpThatWorks() {
    runner.run(
        context -> {
          assertThat(health(context, "models").getStatus()).isEqualTo(Status.UP);
          assertThat(health(context, "stores").getStatus()).isEqualTo(Status.UP);
          assertThat(health(context, "sinks").getStatus()).isEqualTo(Status.UP);
        });
  }

  @Test
  void modelsAreToldWithTheirLicences() {
    runner
        .withPropertyValues("facelock.policy=high-assurance")
        .run(
            context -> {
              Health models = health(context, "models");
              assertThat(models.getStatus()).isEqualTo(Status.UP);
              assertThat(models.getDetails())
                  .containsEntry("detection", "answers")
                  .containsKey("fr_feature");
            });
  }

  @Test
  void aStoreThatDoesNotAnswerIsDownWithoutItsAddress() {
    runner.run(
        context -> {
          Stores stores = context.getBean(Stores.class);
          Health health = HealthChecks.stores(new BrokenAttempts(stores)).health();
          assertThat(health.getStatus()).isEqualTo(Status.DOWN);
          assertThat(health.getDetails()).containsEntry("attempts", "Store");
          assertThat(health.getDetails().toString()).doesNotContain("db.internal");
        });
  }

  @Test
  void operatorsSeePoliciesModelsAndCountsAndNobodysName() {
    runner.run(
        context -> {
          context.getBean(Enrolment.class).register(SubjectId.of("anna"));
          FaceLockEndpoint.Description description =
              context.getBean(FaceLockEndpoint.class).describe();
          assertThat(description.policies()).containsExactly("plain: password, totp");
          assertThat(description.events()).containsEntry("subject-registered", 1L);
          assertThat(description.stores()).isEqualTo("memory");
          assertThat(description.warnings()).anyMatch(warning -> warning.contains("memory"));
          assertThat(description.toString()).doesNotContain("anna");
        });
  }

  @Test
  void theEndPointIsThereOnlyWhereItIsExposed() {
    runner
        .withPropertyValues("management.endpoints.web.exposure.include=health")
        .run(context -> assertThat(context).doesNotHaveBean(FaceLockEndpoint.class));
  }

  @Test
  void healthCanBeSwitchedOff() {
    runner
        .withPropertyValues("management.health.facelock.enabled=false")
        .run(context -> assertThat(context).doesNotHaveBean(CompositeHealthContributor.class));
  }

  @Test
  void withoutTheActuatorThereIsNeither() {
    runner
        .withClassLoader(new FilteredClassLoader(HealthContributor.class, Endpoint.class))
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(context)
                  .doesNotHaveBean("facelockHealthContributor")
                  .doesNotHaveBean("faceLockEndpoint");
            });
  }

  /** A database that is down. */
  private record BrokenAttempts(Stores stores) implements Stores {
    @Override
    public io.github.facelock.spi.store.SubjectStore subjects() {
      return stores.subjects();
    }

    @Override
    public io.github.facelock.spi.store.CredentialStore credentials() {
      return stores.credentials();
    }

    @Override
    public io.github.facelock.spi.store.TransactionStore transactions() {
      return stores.transactions();
    }

    @Override
    public AttemptStore attempts() {
      return new AttemptStore() {
        @Override
        public Optional<AttemptRecord> find(String key) {
          throw new FaceLockException.Store("db.internal:5432 does not answer", null);
        }

        @Override
        public boolean replace(String key, AttemptRecord record) {
          return false;
        }

        @Override
        public void delete(String key) {}
      };
    }

    @Override
    public io.github.facelock.spi.store.AuditStore audit() {
      return stores.audit();
    }

    @Override
    public io.github.facelock.spi.store.OutboxStore outbox() {
      return stores.outbox();
    }

    @Override
    public io.github.facelock.spi.store.SnapshotStore snapshots() {
      return stores.snapshots();
    }

    @Override
    public io.github.facelock.spi.store.WatchListStore watchList() {
      return stores.watchList();
    }
  }
}
