package io.github.facelock.core.lockout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorKind;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.core.AtOnce;
import io.github.facelock.core.lockout.LockoutRules.BackOff;
import io.github.facelock.core.lockout.LockoutRules.SourceLimit;
import io.github.facelock.core.store.memory.MemoryAttemptStore;
import io.github.facelock.spi.Attempt;
import io.github.facelock.spi.AttemptLimiter.Charge;
import io.github.facelock.spi.store.AttemptRecord;
import io.github.facelock.spi.store.AttemptStore;
import io.github.facelock.test.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BackOffLimiterTest {

  private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");
  private static final SubjectId ALICE = SubjectId.of("alice");
  private static final SubjectId BOB = SubjectId.of("bob");

  private final MutableClock clock = MutableClock.at(NOON);
  private final MemoryAttemptStore store = new MemoryAttemptStore(clock);
  private BackOffLimiter limiter = new BackOffLimiter(store, LockoutRules.defaults(), clock);
  private int sources;

  private Charge charge(FactorType factor, SubjectId subject) {
    // A new source each time, so that only the subject's limit is seen.
    return charge(factor, subject, "source" + ++sources);
  }

  private Charge charge(FactorType factor, SubjectId subject, String source) {
    return limiter.charge(new Attempt(factor, Optional.ofNullable(subject), source));
  }

  private Charge.Permitted permitted(FactorType factor, SubjectId subject) {
    Charge charge = charge(factor, subject);
    assertThat(charge).isInstanceOf(Charge.Permitted.class);
    return (Charge.Permitted) charge;
  }

  private Instant blockedUntil(FactorType factor, SubjectId subject) {
    Charge charge = charge(factor, subject);
    assertThat(charge).isInstanceOf(Charge.Blocked.class);
    return ((Charge.Blocked) charge).until();
  }

  private void fail(FactorType factor, SubjectId subject, int times) {
    for (int i = 0; i < times; i++) {
      Charge charge = charge(factor, subject);
      if (charge instanceof Charge.Blocked blocked) {
        clock.set(blocked.until());
        permitted(factor, subject);
      }
    }
  }

  @Test
  void fiveFailuresAreFreeThenTheWaitDoublesFromThirtySecondsToAnHour() {
    fail(FactorType.PASSWORD, ALICE, 5);
    List<Long> waits = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      Instant until = blockedUntil(FactorType.PASSWORD, ALICE);
      waits.add(Duration.between(clock.instant(), until).toSeconds());
      clock.set(until.minusNanos(1));
      assertThat(blockedUntil(FactorType.PASSWORD, ALICE)).isEqualTo(until);
      clock.set(until);
      permitted(FactorType.PASSWORD, ALICE);
    }
    assertThat(waits).containsExactly(30L, 60L, 120L, 240L, 480L, 960L, 1920L, 3600L, 3600L);
  }

  @Test
  void afterAHundredFailuresAnAdministratorMustUnlock() {
    fail(FactorType.PASSWORD, ALICE, 99);
    assertThat(blockedUntil(FactorType.PASSWORD, ALICE)).isBefore(Instant.MAX);
    fail(FactorType.PASSWORD, ALICE, 1);
    assertThat(blockedUntil(FactorType.PASSWORD, ALICE)).isEqualTo(Instant.MAX);
    clock.advance(Duration.ofDays(10_000));
    assertThat(blockedUntil(FactorType.PASSWORD, ALICE)).isEqualTo(Instant.MAX);
    clock.set(NOON);
    assertThat(blockedUntil(FactorType.PASSWORD, ALICE)).isEqualTo(Instant.MAX);

    limiter.unlock(ALICE, FactorType.PASSWORD);

    fail(FactorType.PASSWORD, ALICE, 5);
    assertThat(blockedUntil(FactorType.PASSWORD, ALICE)).isEqualTo(NOON.plusSeconds(30));
  }

  @Test
  void aFaceIsLockedAfterFiftyFailures() {
    fail(FactorType.FACE, ALICE, 49);
    assertThat(blockedUntil(FactorType.FACE, ALICE)).isBefore(Instant.MAX);
    fail(FactorType.FACE, ALICE, 1);
    assertThat(blockedUntil(FactorType.FACE, ALICE)).isEqualTo(Instant.MAX);
  }

  @Test
  void eachKindHasItsOwnRule() {
    Duration second = Duration.ofSeconds(1);
    limiter =
        new BackOffLimiter(
            store,
            LockoutRules.defaults()
                .with(FactorKind.KNOWLEDGE, new BackOff(1, second, second, 9))
                .with(FactorKind.POSSESSION, new BackOff(2, second, second, 9))
                .with(FactorKind.INHERENCE, new BackOff(3, second, second, 9)),
            clock);
    fail(FactorType.PIN, ALICE, 1);
    assertThat(blockedUntil(FactorType.PIN, ALICE)).isEqualTo(NOON.plus(second));
    fail(FactorType.TOTP, ALICE, 2);
    assertThat(blockedUntil(FactorType.TOTP, ALICE)).isEqualTo(NOON.plus(second));
    fail(FactorType.FACE, ALICE, 3);
    assertThat(blockedUntil(FactorType.FACE, ALICE)).isEqualTo(NOON.plus(second));
  }

  @Test
  void oneFactorsOrSubjectsLockLocksNoOther() {
    fail(FactorType.PASSWORD, ALICE, 5);
    blockedUntil(FactorType.PASSWORD, ALICE);
    permitted(FactorType.PIN, ALICE);
    permitted(FactorType.PASSWORD, BOB);
    limiter.unlock(ALICE, FactorType.PIN);
    limiter.unlock(BOB, FactorType.PASSWORD);
    blockedUntil(FactorType.PASSWORD, ALICE);
  }

  @Test
  void aRefundDuringAWaitEndsTheWaitThatItsChargeCaused() {
    fail(FactorType.FACE, ALICE, 5);
    clock.advance(Duration.ofSeconds(30));
    limiter.refund(permitted(FactorType.FACE, ALICE));
    Charge.Permitted again = permitted(FactorType.FACE, ALICE);
    assertThat(blockedUntil(FactorType.FACE, ALICE)).isEqualTo(clock.instant().plusSeconds(60));
    limiter.refund(again);
    permitted(FactorType.FACE, ALICE);
  }

  @Test
  void aRefundDoesNotEndAWaitThatAnotherChargeCaused() {
    fail(FactorType.FACE, ALICE, 5);
    clock.advance(Duration.ofSeconds(30));
    Charge.Permitted slow = permitted(FactorType.FACE, ALICE);
    clock.advance(Duration.ofSeconds(60));
    permitted(FactorType.FACE, ALICE);
    Instant until = blockedUntil(FactorType.FACE, ALICE);

    limiter.refund(slow);

    assertThat(blockedUntil(FactorType.FACE, ALICE)).isEqualTo(until);
    clock.set(until);
    permitted(FactorType.FACE, ALICE);
    assertThat(blockedUntil(FactorType.FACE, ALICE))
        .as("seven failures, not eight")
        .isEqualTo(until.plusSeconds(120));
  }

  @Test
  void aRefundAmongFreeFailuresGivesOneMore() {
    Charge.Permitted first = permitted(FactorType.PIN, ALICE);
    fail(FactorType.PIN, ALICE, 4);
    blockedUntil(FactorType.PIN, ALICE);
    limiter.refund(first);
    permitted(FactorType.PIN, ALICE);
    blockedUntil(FactorType.PIN, ALICE);
  }

  @Test
  void refundAndSuccessAfterAnUnlockChangeNothing() {
    Charge.Permitted permitted = permitted(FactorType.PIN, ALICE);
    limiter.unlock(ALICE, FactorType.PIN);
    limiter.refund(permitted);
    Charge.Permitted other = permitted(FactorType.PIN, ALICE);
    limiter.unlock(ALICE, FactorType.PIN);
    limiter.succeeded(other);
    fail(FactorType.PIN, ALICE, 5);
    blockedUntil(FactorType.PIN, ALICE);
  }

  @Test
  void noRefundMakesTheCountNegative() {
    Charge.Permitted slow = permitted(FactorType.PIN, ALICE);
    limiter.succeeded(permitted(FactorType.PIN, ALICE));
    limiter.refund(slow);
    fail(FactorType.PIN, ALICE, 5);
    blockedUntil(FactorType.PIN, ALICE);
  }

  @Test
  void aSuccessEndsAWait() {
    fail(FactorType.PIN, ALICE, 4);
    limiter.succeeded(permitted(FactorType.PIN, ALICE));
    fail(FactorType.PIN, ALICE, 5);
    assertThat(blockedUntil(FactorType.PIN, ALICE)).isEqualTo(NOON.plusSeconds(30));
  }

  @Test
  void aSourceThatTriesManyNamesIsBlockedTillItsWindowEnds() {
    clock.set(NOON.plusSeconds(600));
    for (int i = 0; i < 100; i++) {
      assertThat(charge(FactorType.PASSWORD, SubjectId.of("name" + i), "192.0.2.7"))
          .isInstanceOf(Charge.Permitted.class);
    }
    Charge.Blocked blocked = new Charge.Blocked(NOON.plusSeconds(3600));
    assertThat(charge(FactorType.PASSWORD, ALICE, "192.0.2.7")).isEqualTo(blocked);
    assertThat(charge(FactorType.PASSWORD, ALICE, "192.0.2.8"))
        .isInstanceOf(Charge.Permitted.class);
    assertThat(charge(FactorType.PIN, ALICE, "192.0.2.7")).isInstanceOf(Charge.Permitted.class);

    clock.set(NOON.plusSeconds(3600).minusNanos(1));
    assertThat(charge(FactorType.PASSWORD, ALICE, "192.0.2.7")).isEqualTo(blocked);
    clock.set(NOON.plusSeconds(3600));
    for (int i = 0; i < 100; i++) {
      assertThat(charge(FactorType.PASSWORD, SubjectId.of("name" + i), "192.0.2.7"))
          .as("the count begins anew")
          .isInstanceOf(Charge.Permitted.class);
    }
    assertThat(charge(FactorType.PASSWORD, ALICE, "192.0.2.7"))
        .isEqualTo(new Charge.Blocked(NOON.plusSeconds(7200)));
    limiter.unlockSource("192.0.2.7", FactorType.PASSWORD);
    assertThat(charge(FactorType.PASSWORD, ALICE, "192.0.2.7"))
        .isInstanceOf(Charge.Permitted.class);
  }

  @Test
  void aSourcesSuccessesAndRefundsDoNotCountAgainstIt() {
    limitSource(3);
    for (int i = 0; i < 20; i++) {
      limiter.succeeded((Charge.Permitted) charge(FactorType.FACE, null, "door"));
      limiter.refund((Charge.Permitted) charge(FactorType.FACE, ALICE, "door"));
    }
    for (int i = 0; i < 3; i++) {
      assertThat(charge(FactorType.FACE, null, "door")).isInstanceOf(Charge.Permitted.class);
    }
    assertThat(charge(FactorType.FACE, null, "door")).isInstanceOf(Charge.Blocked.class);
  }

  @Test
  void aRefundAfterTheWindowChangesNothing() {
    limitSource(2);
    Charge.Permitted slow = (Charge.Permitted) charge(FactorType.FACE, null, "door");
    charge(FactorType.FACE, null, "door");
    clock.advance(Duration.ofHours(1));
    AttemptRecord before = store.find(AttemptKey.ofSource("door", FactorType.FACE)).orElseThrow();
    limiter.refund(slow);
    assertThat(store.find(AttemptKey.ofSource("door", FactorType.FACE))).contains(before);
  }

  @Test
  void triesAgainstALockedSubjectTakeNoRoomFromTheirSource() {
    limitSource(10);
    clock.set(NOON.plusSeconds(600));
    fail(FactorType.PIN, ALICE, 5);
    for (int i = 0; i < 50; i++) {
      assertThat(charge(FactorType.PIN, ALICE, "door")).isInstanceOf(Charge.Blocked.class);
    }
    // Also on the way that a clock set back takes.
    for (int i = 0; i < 50; i++) {
      clock.advance(Duration.ofSeconds(-1));
      assertThat(charge(FactorType.PIN, ALICE, "door")).isInstanceOf(Charge.Blocked.class);
    }
    for (int i = 0; i < 10; i++) {
      assertThat(charge(FactorType.PIN, SubjectId.of("name" + i), "door"))
          .isInstanceOf(Charge.Permitted.class);
    }
    assertThat(charge(FactorType.PIN, BOB, "door")).isInstanceOf(Charge.Blocked.class);
  }

  @Test
  void aRefundOfTheLastFreeFailureDoesNotEndALaterWait() {
    fail(FactorType.PIN, ALICE, 4);
    Charge.Permitted slow = permitted(FactorType.PIN, ALICE);
    clock.advance(Duration.ofSeconds(30));
    permitted(FactorType.PIN, ALICE);
    limiter.refund(slow);
    assertThat(blockedUntil(FactorType.PIN, ALICE)).isEqualTo(clock.instant().plusSeconds(60));
  }

  @Test
  void aFullSourceIsMarkedAsBlockingSoThatStoresKeepIt() {
    limitSource(2);
    String key = AttemptKey.ofSource("door", FactorType.PIN);
    charge(FactorType.PIN, ALICE, "door");
    assertThat(store.find(key).orElseThrow().blockedUntil()).isEqualTo(NOON);
    Charge.Permitted second = (Charge.Permitted) charge(FactorType.PIN, ALICE, "door");
    assertThat(store.find(key).orElseThrow().blockedUntil()).isEqualTo(NOON.plusSeconds(3600));
    limiter.refund(second);
    assertThat(store.find(key).orElseThrow().blockedUntil()).isEqualTo(NOON);
  }

  @Test
  void aBlockedSourceTakesNoTriesFromASubject() {
    limitSource(1);
    charge(FactorType.PIN, BOB, "door");
    for (int i = 0; i < 20; i++) {
      assertThat(charge(FactorType.PIN, ALICE, "door")).isInstanceOf(Charge.Blocked.class);
    }
    fail(FactorType.PIN, ALICE, 5);
    blockedUntil(FactorType.PIN, ALICE);
  }

  @Test
  void aClockSetBackNeitherUnlocksEarlyNorLocksForEver() {
    fail(FactorType.PIN, ALICE, 5);
    Instant yesterday = NOON.minus(Duration.ofDays(1));
    clock.set(yesterday);
    assertThat(blockedUntil(FactorType.PIN, ALICE)).isEqualTo(yesterday.plusSeconds(30));
    clock.advance(Duration.ofSeconds(29));
    assertThat(blockedUntil(FactorType.PIN, ALICE)).isEqualTo(yesterday.plusSeconds(30));
    clock.advance(Duration.ofSeconds(1));
    permitted(FactorType.PIN, ALICE);
    assertThat(blockedUntil(FactorType.PIN, ALICE))
        .as("the count went on")
        .isEqualTo(yesterday.plusSeconds(30 + 60));
  }

  @Test
  void aClockSetBackNeitherFreesASourceNorBlocksItForEver() {
    limitSource(2);
    charge(FactorType.PIN, ALICE, "door");
    charge(FactorType.PIN, ALICE, "door");
    Instant yesterday = NOON.minus(Duration.ofDays(1));
    clock.set(yesterday);
    assertThat(charge(FactorType.PIN, BOB, "door"))
        .isEqualTo(new Charge.Blocked(yesterday.plusSeconds(3600)));
    clock.advance(Duration.ofHours(1));
    assertThat(charge(FactorType.PIN, BOB, "door")).isInstanceOf(Charge.Permitted.class);
  }

  @Test
  void aHundredParallelChargesOfOneSourceKeepItsLimit() {
    limitSource(37);
    List<Charge> charges =
        AtOnce.call(
            100, i -> limiter.charge(new Attempt(FactorType.FACE, Optional.empty(), "door")));
    assertThat(charges.stream().filter(Charge.Permitted.class::isInstance)).hasSize(37);
  }

  @Test
  void aHundredParallelChargesOfOneSubjectKeepItsLimitAlsoFromOneSource() {
    List<Charge> charges =
        AtOnce.call(
            100, i -> limiter.charge(new Attempt(FactorType.PIN, Optional.of(ALICE), "door")));
    assertThat(charges.stream().filter(Charge.Permitted.class::isInstance)).hasSize(5);
    for (int i = 0; i < 95; i++) {
      assertThat(charge(FactorType.PIN, SubjectId.of("name" + i), "door"))
          .isInstanceOf(Charge.Permitted.class);
    }
    assertThat(charge(FactorType.PIN, BOB, "door")).isInstanceOf(Charge.Blocked.class);
  }

  @Test
  void oddNamesHaveKeysOfTheirOwn() {
    Set<String> keys = new HashSet<>();
    List<String> names =
        List.of("a", "A", "a:b", "\ud800", "\ud801", "?", "\ufffd", "\u0001", "\u0101");
    for (String name : names) {
      keys.add(AttemptKey.ofSource(name, FactorType.PIN));
      keys.add(AttemptKey.ofSource(name, FactorType.FACE));
    }
    keys.add(AttemptKey.ofSubject(SubjectId.of("a"), FactorType.PIN));
    keys.add(AttemptKey.ofSubject(SubjectId.of("A"), FactorType.PIN));
    assertThat(keys)
        .hasSize(2 * names.size() + 2)
        .allSatisfy(key -> assertThat(key).matches("[a-z:-]+:[A-Za-z0-9_-]{43}"));
  }

  @Test
  void aStoreThatNeverWritesEndsInAFault() {
    AttemptStore broken =
        new AttemptStore() {
          @Override
          public Optional<AttemptRecord> find(String key) {
            return Optional.of(new AttemptRecord(1, NOON, NOON, 1));
          }

          @Override
          public boolean replace(String key, AttemptRecord next) {
            return false;
          }

          @Override
          public void delete(String key) {}
        };
    BackOffLimiter stuck = new BackOffLimiter(broken, LockoutRules.defaults(), clock);
    Attempt attempt = new Attempt(FactorType.PIN, Optional.of(ALICE), "door");
    assertThatThrownBy(() -> stuck.charge(attempt)).isInstanceOf(FaceLockException.Store.class);
    assertThatThrownBy(() -> stuck.refund(new Charge.Permitted(attempt)))
        .isInstanceOf(FaceLockException.Store.class);
  }

  @Test
  void rulesOutOfRangeAreRefused() {
    Duration second = Duration.ofSeconds(1);
    assertThat(new BackOff(1, second, second, 1).free()).isEqualTo(1);
    assertThat(new BackOff(100, second, Duration.ofDays(30), 100).hardCap()).isEqualTo(100);
    assertThatThrownBy(() -> new BackOff(0, second, second, 1)).hasMessageContaining("failures");
    assertThatThrownBy(() -> new BackOff(2, second, second, 1)).hasMessageContaining("failures");
    assertThatThrownBy(() -> new BackOff(1, second, second, 101)).hasMessageContaining("failures");
    assertThatThrownBy(() -> new BackOff(1, Duration.ZERO, second, 9)).hasMessageContaining("wait");
    assertThatThrownBy(() -> new BackOff(1, second.negated(), second, 9))
        .hasMessageContaining("wait");
    assertThatThrownBy(() -> new BackOff(1, second, second.minusNanos(1), 9))
        .hasMessageContaining("wait");
    assertThatThrownBy(() -> new BackOff(1, second, Duration.ofDays(31), 9))
        .hasMessageContaining("wait");
    assertThat(new SourceLimit(1, second).window()).isEqualTo(second);
    assertThat(new SourceLimit(1, Duration.ofDays(1)).failures()).isEqualTo(1);
    assertThatThrownBy(() -> new SourceLimit(0, second)).hasMessageContaining("source");
    assertThatThrownBy(() -> new SourceLimit(1, second.minusNanos(1)))
        .hasMessageContaining("window");
    assertThatThrownBy(() -> new SourceLimit(1, Duration.ofDays(2))).hasMessageContaining("window");
  }

  private void limitSource(int failures) {
    limiter =
        new BackOffLimiter(
            store,
            LockoutRules.defaults().withSource(new SourceLimit(failures, Duration.ofHours(1))),
            clock);
  }
}
