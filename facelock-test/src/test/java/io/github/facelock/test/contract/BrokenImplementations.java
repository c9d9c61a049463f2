package io.github.facelock.test.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Arrays;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Each suite over implementations that break the contract in a way that has happened. */
final class BrokenImplementations {

  private BrokenImplementations() {}

  /** All of them. */
  static Stream<Class<?>> suites() {
    return Stream.of(
            BrokenStores.class, BrokenRecordStores.class, BrokenFaces.class, BrokenServices.class)
        .flatMap(theme -> Arrays.stream(theme.getDeclaredClasses()))
        .filter(suite -> suite.isAnnotationPresent(FailsAt.class));
  }

  /** The test that must fail. */
  @Target(ElementType.TYPE)
  @Retention(RetentionPolicy.RUNTIME)
  @interface FailsAt {
    String value();
  }

  /**
   * Lets parallel callers meet between their check and their act, so that a race is lost each time
   * and not by chance. A caller who meets nobody goes on.
   */
  static final class Meeting {
    private final Phaser phaser = new Phaser(2);

    void gather() {
      try {
        phaser.awaitAdvanceInterruptibly(phaser.arrive(), 50, TimeUnit.MILLISECONDS);
      } catch (TimeoutException alone) {
        // Nobody else came.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
