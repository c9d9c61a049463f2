package io.github.facelock.core.otp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.core.AtOnce;
import io.github.facelock.core.fixtures.StoppedClock;
import io.github.facelock.core.store.memory.MemoryAttemptStore;
import io.github.facelock.spi.store.AttemptRecord;
import io.github.facelock.spi.store.AttemptStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RateMeterTest {

  private static final RateLimit TEN_AN_HOUR = RateLimit.of(10, Duration.ofHours(1));

  private final StoppedClock clock = new StoppedClock(Instant.parse("2026-11-21T12:00:00Z"));
  private final MemoryAttemptStore store = new MemoryAttemptStore(clock);
  private final RateMeter meter = new RateMeter(store, clock);

  private int taken(String key, int tries) {
    int taken = 0;
    for (int i = 0; i < tries; i++) {
      taken += meter.take(key, TEN_AN_HOUR) ? 1 : 0;
    }
    return taken;
  }

  @Test
  void tenPassAtOnceAndOneMoreEachSixMinutes() {
    assertThat(taken("a", 20)).isEqualTo(10);
    assertThat(taken("b", 1)).as("another key").isEqualTo(1);
    clock.advance(Duration.ofMinutes(6).minusMillis(1));
    assertThat(taken("a", 5)).isZero();
    clock.advance(Duration.ofMillis(1));
    assertThat(taken("a", 5)).isEqualTo(1);
    clock.advance(Duration.ofMinutes(30));
    assertThat(taken("a", 20)).isEqualTo(5);
    clock.advance(Duration.ofDays(1));
    assertThat(taken("a", 20)).as("no more is saved up than the burst").isEqualTo(10);
  }

  @Test
  void aHundredAtATimeAreCountedExactly() {
    List<Boolean> passed = AtOnce.call(100, i -> meter.take("a", TEN_AN_HOUR));
    assertThat(passed).filteredOn(each -> each).hasSize(10);
    assertThat(store.find("a").orElseThrow().consecutive()).isEqualTo(10);
  }

  @Test
  void whatIsGivenBackCanBeTakenAgain() {
    assertThat(taken("a", 10)).isEqualTo(10);
    meter.giveBack("a", TEN_AN_HOUR);
    meter.giveBack("a", TEN_AN_HOUR);
    assertThat(taken("a", 10)).isEqualTo(2);
  }

  @Test
  void givingBackMoreThanWasTakenSavesNothingUp() {
    meter.giveBack("a", TEN_AN_HOUR);
    assertThat(store.find("a")).isEmpty();
    assertThat(taken("a", 1)).isEqualTo(1);
    for (int i = 0; i < 5; i++) {
      meter.giveBack("a", TEN_AN_HOUR);
    }
    assertThat(taken("a", 20)).isEqualTo(10);
  }

  @Test
  void aClockThatIsSetBackMakesNobodyWaitLongerThanOnePeriod() {
    assertThat(taken("a", 10)).isEqualTo(10);
    clock.advance(Duration.ofDays(-365));
    assertThat(taken("a", 10)).as("the bucket stays full").isZero();
    clock.advance(Duration.ofMinutes(6));
    assertThat(taken("a", 10)).isZero();
    clock.advance(Duration.ofHours(-1).plus(Duration.ofMinutes(-6)));
    meter.giveBack("a", TEN_AN_HOUR);
    assertThat(taken("a", 10)).isEqualTo(1);
    clock.advance(Duration.ofHours(1));
    assertThat(taken("a", 20)).isEqualTo(10);
  }

  @Test
  void aClockThatJumpsForwardFreesWhatItWouldHave() {
    assertThat(taken("a", 10)).isEqualTo(10);
    clock.advance(Duration.ofDays(10_000));
    assertThat(taken("a", 20)).isEqualTo(10);
  }

  @Test
  void theRecordTellsHowFullTheBucketIs() {
    assertThat(taken("a", 3)).isEqualTo(3);
    AttemptRecord record = store.find("a").orElseThrow();
    assertThat(record.consecutive()).isEqualTo(3);
    assertThat(record.version()).isEqualTo(3);
    assertThat(record.lastAt()).isEqualTo(clock.instant());
    assertThat(record.blockedUntil()).isEqualTo(clock.instant().plus(Duration.ofMinutes(18)));
    clock.advance(Duration.ofMinutes(7));
    assertThat(taken("a", 1)).isEqualTo(1);
    assertThat(store.find("a").orElseThrow().consecutive()).isEqualTo(3);
  }

  @Test
  void aStoreThatNeverTakesAChangeIsAFault() {
    RateMeter stuck =
        new RateMeter(
            new AttemptStore() {
              @Override
              public Optional<AttemptRecord> find(String key) {
                return Optional.of(new AttemptRecord(1, clock.instant(), clock.instant(), 1));
              }

              @Override
              public boolean replace(String key, AttemptRecord next) {
                return false;
              }

              @Override
              public void delete(String key) {}
            },
            clock);
    assertThatThrownBy(() -> stuck.take("a", TEN_AN_HOUR))
        .isInstanceOf(FaceLockException.Store.class)
        .hasMessageContaining("1000 times");
    assertThatThrownBy(() -> stuck.giveBack("a", TEN_AN_HOUR))
        .isInstanceOf(FaceLockException.Store.class);
  }

  @Test
  void limitsOutOfRangeAreRefused() {
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> RateLimit.of(0, second)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RateLimit.of(1_000_001, Duration.ofDays(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RateLimit.of(1, Duration.ofMillis(999)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RateLimit.of(1, Duration.ofDays(31).plusMillis(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RateLimit.of(1001, second))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(RateLimit.of(1000, second).interval()).isEqualTo(Duration.ofMillis(1));
    assertThat(RateLimit.of(7, second).interval()).isEqualTo(Duration.ofMillis(143));
    assertThat(RateLimit.of(1_000_000, Duration.ofDays(31)).interval())
        .isEqualTo(Duration.ofMillis(2679));
    assertThat(RateLimit.of(1, Duration.ofDays(31)).tolerance()).isEqualTo(Duration.ZERO);
  }
}
