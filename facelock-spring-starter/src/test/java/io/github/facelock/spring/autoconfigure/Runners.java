package io.github.facelock.spring.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Contexts with FaceLock's auto-configuration and nothing else. */
final class Runners {

  private Runners() {}

  /** Nothing set. */
  static ApplicationContextRunner plain() {
    return new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(FaceLockAutoConfiguration.class));
  }

  /** In memory, with a policy that needs no model and no channel. */
  static ApplicationContextRunner inMemory() {
    return plain()
        .withPropertyValues(
            "facelock.store.type=memory",
            "facelock.policy=plain",
            "facelock.policies.plain.steps[0].any-of=password",
            "facelock.policies.plain.steps[1].any-of=totp");
  }
}
