package io.github.facelock.spring.actuate;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.face.CapturedFrame;
import io.github.facelock.api.face.LivenessAction;
import io.github.facelock.api.face.ModelInfo;
import io.github.facelock.api.face.Picture;
import io.github.facelock.core.FaceLock;
import io.github.facelock.spi.store.OutboxEntry;
import io.github.facelock.spi.store.Stores;
import java.time.Duration;
import java.util.Set;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Looks whether logins would work. Each check is cheap and writes nothing; details hold no address
 * and nothing about people.
 */
final class HealthChecks {

  /** A name that no record has: what is looked for is whether there is an answer. */
  private static final String NOBODY = "facelock-health";

  private static final int MOST = 100;

  /** Grey, small, and the same each time. */
  private static final CapturedFrame NOTHING =
      CapturedFrame.decoded(Duration.ZERO, Picture.copyOf(96, 96, new byte[96 * 96 * 3]));

  private HealthChecks() {}

  /** Up if the models can be asked: a picture of nothing must be answered, whatever the answer. */
  static HealthIndicator models(FaceLock faceLock) {
    return () -> {
      Health.Builder health = Health.up();
      faceLock
          .captureGuide()
          .ifPresent(
              guide ->
                  check(
                      health, "detection", () -> guide.advise(NOTHING, LivenessAction.HOLD_STILL)));
      for (ModelInfo model : faceLock.models()) {
        health.withDetail(model.id().value(), model.licence());
      }
      return health.build();
    };
  }

  /** Up if each store answers. */
  static HealthIndicator stores(Stores stores) {
    return () -> {
      Health.Builder health = Health.up();
      check(health, "attempts", () -> stores.attempts().find(NOBODY));
      check(health, "audit", () -> stores.audit().marks());
      check(health, "outbox", () -> stores.outbox().find(NOBODY));
      check(
          health,
          "credentials",
          () -> stores.credentials().find(SubjectId.of(NOBODY), FactorType.TOTP));
      return health.build();
    };
  }

  private static void check(Health.Builder health, String name, Runnable question) {
    try {
      question.run();
      health.withDetail(name, "answers");
    } catch (RuntimeException e) {
      // Only the class: messages of drivers hold addresses.
      health.down().withDetail(name, e.getClass().getSimpleName());
    }
  }

  /** Up unless alerts cannot be kept; those that were given up are a detail. */
  static HealthIndicator sinks(FaceLock faceLock, Stores stores) {
    return () -> {
      int inMemory = faceLock.alerts().waitingInMemory();
      Health.Builder health = inMemory > 0 ? Health.down() : Health.up();
      health.withDetail("waitingInMemory", inMemory).withDetail("lost", faceLock.alerts().lost());
      check(
          health,
          "outbox",
          () ->
              health
                  .withDetail("waiting", count(stores, OutboxEntry.State.WAITING))
                  .withDetail("givenUp", count(stores, OutboxEntry.State.DEAD)));
      return health.build();
    };
  }

  private static int count(Stores stores, OutboxEntry.State state) {
    return stores.outbox().list(Set.of(state), 0, MOST).size();
  }
}
