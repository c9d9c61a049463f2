package io.github.facelock.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.core.FaceLock;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class FaceLockAutoConfigurationTest {

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(FaceLockAutoConfiguration.class));

  @Test
  void onePropertyMakesARunningFaceLock() {
    runner
        .withPropertyValues("facelock.policy=high-assurance")
        .run(context -> assertThat(context).hasSingleBean(FaceLock.class));
  }
}
