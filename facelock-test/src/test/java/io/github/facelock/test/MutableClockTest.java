package io.github.facelock.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MutableClockTest {

  private static final Instant BEGIN = Instant.parse("2030-01-01T00:00:00Z");

  private final MutableClock clock = MutableClock.at(BEGIN);

  @Test
  void itStandsStillUntilItIsMoved() {
    assertThat(clock.instant()).isEqualTo(BEGIN);
    clock.advance(Duration.ofSeconds(30));
    assertThat(clock.instant()).isEqualTo(BEGIN.plusSeconds(30));
    clock.advance(Duration.ofSeconds(-40));
    assertThat(clock.instant()).isEqualTo(BEGIN.minusSeconds(10));
    clock.set(BEGIN);
    assertThat(clock.millis()).isEqualTo(BEGIN.toEpochMilli());
  }

  @Test
  void clocksOfOtherZonesShowTheSameTime() {
    MutableClock tokyo = clock.withZone(ZoneId.of("Asia/Tokyo"));
    clock.advance(Duration.ofDays(1));

    assertThat(tokyo.instant()).isEqualTo(BEGIN.plus(Duration.ofDays(1)));
    assertThat(tokyo.getZone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
  }

  @Test
  void noParallelMoveIsLost() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Thread thread =
          new Thread(
              () -> {
                for (int j = 0; j < 1000; j++) {
                  clock.advance(Duration.ofMillis(1));
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(clock.instant()).isEqualTo(BEGIN.plusSeconds(20));
  }

  @Test
  void nullIsRefused() {
    assertThatNullPointerException().isThrownBy(() -> MutableClock.at(null));
    assertThatNullPointerException().isThrownBy(() -> clock.set(null));
    assertThatNullPointerException().isThrownBy(() -> clock.advance(null));
  }
}
