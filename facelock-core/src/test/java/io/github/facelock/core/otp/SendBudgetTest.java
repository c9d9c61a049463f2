package io.github.facelock.core.otp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.core.AtOnce;
import io.github.facelock.core.crypto.EphemeralKeys;
import io.github.facelock.core.crypto.KeyRing;
import io.github.facelock.core.fixtures.StoppedClock;
import io.github.facelock.core.store.memory.MemoryAttemptStore;
import io.github.facelock.spi.Alert;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.OtpMessage;
import io.github.facelock.spi.store.AttemptRecord;
import io.github.facelock.spi.store.AttemptStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SendBudgetTest {

  private static final RateLimit FIVE = RateLimit.of(5, Duration.ofHours(1));
  private static final RateLimit MANY = RateLimit.of(10_000, Duration.ofHours(1));
  private static final SendBudgets WIDE = new SendBudgets(MANY, MANY, MANY, MANY, MANY, Set.of());

  private final StoppedClock clock = new StoppedClock(Instant.parse("2026-11-21T12:00:00Z"));
  private final SecureRandom random = new SecureRandom();
  private final KeyRing keys = new KeyRing(new EphemeralKeys(random), random);
  private final NotingStore store = new NotingStore(new MemoryAttemptStore(clock));
  private final RecordingAudit audit = new RecordingAudit();
  private final List<Alert> alerts = new CopyOnWriteArrayList<>();

  private SendBudget budget(SendBudgets budgets) {
    return new SendBudget(budgets, store, keys, clock);
  }

  private CodeDelivery sms(int subject, int number, int source) {
    return sms("subject" + subject, "+4915112345%03d".formatted(number), "192.0.2." + source);
  }

  private CodeDelivery sms(String subject, String number, String source) {
    return new CodeDelivery(
        new OtpMessage(
            "m", Secret.of(number), Secret.of("12345678"), Duration.ofMinutes(5), Locale.ENGLISH),
        FactorType.SMS_CODE,
        SubjectId.of(subject),
        "tx-1",
        source,
        clock.instant().plus(Duration.ofMinutes(5)));
  }

  private static SendBudgets only(String name) {
    return switch (name) {
      case "subject" -> WIDE.withPersonal(FIVE, MANY, MANY);
      case "destination" -> WIDE.withPersonal(MANY, FIVE, MANY);
      case "source" -> WIDE.withPersonal(MANY, MANY, FIVE);
      case "country" -> WIDE.withTelephones(FIVE, MANY);
      default -> WIDE.withTelephones(MANY, FIVE);
    };
  }

  /** A message that shares with all others just what the budget counts. */
  private CodeDelivery alike(String name, int i) {
    return switch (name) {
      case "subject" -> sms(1, i, i);
      case "destination" -> sms(i, 1, i);
      case "source" -> sms(i, i, 1);
      default -> sms(i, i, i);
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"subject", "destination", "source", "country", "telephones"})
  void eachBudgetIsExactUnderAHundredRequestsAtATime(String name) {
    SendBudget budget = budget(only(name));
    List<Optional<String>> verdicts = AtOnce.call(100, i -> budget.charge(alike(name, i)));
    assertThat(verdicts).filteredOn(Optional::isEmpty).hasSize(5);
    assertThat(verdicts)
        .filteredOn(Optional::isPresent)
        .hasSize(95)
        .containsOnly(Optional.of(name));
  }

  @Test
  void otherPeopleNumbersSourcesAndCountriesAreCountedApart() {
    SendBudget budget = budget(new SendBudgets(FIVE, FIVE, FIVE, FIVE, MANY, Set.of()));
    for (int i = 0; i < 5; i++) {
      assertThat(budget.charge(sms(1, 1, 1))).isEmpty();
    }
    assertThat(budget.charge(sms(1, 2, 2))).contains("subject");
    assertThat(budget.charge(sms(2, 1, 2))).contains("destination");
    assertThat(budget.charge(sms(2, 2, 1))).contains("source");
    assertThat(budget.charge(sms(2, 2, 2))).contains("country");
    assertThat(budget.charge(sms("subject2", "+34612345678", "192.0.2.2"))).isEmpty();
  }

  @Test
  void whatOneBudgetRefusesIsChargedToNone() {
    SendBudget budget = budget(new SendBudgets(FIVE, MANY, FIVE, MANY, MANY, Set.of()));
    for (int i = 0; i < 5; i++) {
      assertThat(budget.charge(sms(1, i, 1))).isEmpty();
    }
    for (int i = 0; i < 20; i++) {
      assertThat(budget.charge(sms(2, i, 1))).as("the source has no room").contains("source");
    }
    for (int i = 0; i < 5; i++) {
      assertThat(budget.charge(sms(2, i, 2))).as("subject 2 was charged nothing").isEmpty();
    }
    assertThat(budget.charge(sms(2, 1, 2))).contains("subject");
  }

  @Test
  void mailsHaveNoCountry() {
    SendBudget budget = budget(WIDE.withTelephones(FIVE, FIVE));
    for (int i = 0; i < 20; i++) {
      assertThat(budget.charge(mail(i))).isEmpty();
    }
  }

  private CodeDelivery mail(int subject) {
    return new CodeDelivery(
        new OtpMessage(
            "m" + subject,
            Secret.of("p@example.org"),
            Secret.of("12345678"),
            Duration.ofMinutes(5),
            Locale.ENGLISH),
        FactorType.EMAIL_CODE,
        SubjectId.of("subject" + subject),
        "tx-1",
        "192.0.2.7",
        clock.instant().plus(Duration.ofMinutes(5)));
  }

  @Test
  void onlyTheNamedCountriesAreServed() {
    SendBudget budget = budget(WIDE.onlyTo(Set.of("de", "AT")));
    assertThat(budget.charge(sms("a", "+4915123456789", "s"))).isEmpty();
    assertThat(budget.charge(sms("a", "+34612345678", "s"))).contains("country-not-served");
    assertThat(budget.charge(sms("a", "nonsense", "s"))).contains("country-not-served");
    assertThat(budget.charge(mail(1))).isEmpty();
    assertThatThrownBy(() -> WIDE.onlyTo(Set.of("Germany")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theStoreLearnsNoNameNumberOrAddress() {
    SendBudget budget = budget(WIDE);
    budget.charge(sms("alice", "+4915123456789", "192.0.2.7"));
    budget.charge(mail(1));
    assertThat(store.keys)
        .hasSize(8)
        .allSatisfy(
            key ->
                assertThat(key)
                    .doesNotContain("alice", "4915123456789", "192.0.2", "example")
                    .hasSizeLessThan(200))
        .contains("send:country:DE", "send:telephones");
  }

  @Test
  void whatExceedsABudgetIsNotSentAuditedOnceAndRaisesAnAlert() throws Exception {
    ScriptedChannel channel = new ScriptedChannel(FactorType.SMS_CODE);
    try (CodeDispatcher dispatcher = dispatcher(only("subject"), store, channel)) {
      for (int i = 0; i < 6; i++) {
        dispatcher.dispatch(sms(1, i, i));
      }
      for (int i = 0; i < 5; i++) {
        assertThat(audit.next().type()).isEqualTo(AuditEvent.Type.CODE_SENT);
      }
      AuditEvent refused = audit.next();
      assertThat(refused.type()).isEqualTo(AuditEvent.Type.CODE_NOT_SENT);
      assertThat(refused.details())
          .containsOnly(
              Map.entry("cause", "budget"),
              Map.entry("budget", "subject"),
              Map.entry("tries", "0"));
    }
    assertThat(channel.asked()).hasSize(5);
    assertThat(audit.all()).hasSize(6);
    assertThat(alerts)
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.cause()).isEqualTo(Alert.Cause.SEND_BUDGET_EXCEEDED);
              assertThat(alert.subject()).contains(SubjectId.of("subject1"));
              assertThat(alert.factor()).contains(FactorType.SMS_CODE);
              assertThat(alert.source()).isEqualTo("192.0.2.5");
              assertThat(alert.details()).containsOnly(Map.entry("budget", "subject"));
            });
  }

  @Test
  void aMessageIsChargedOnceHoweverOftenItIsTried() throws Exception {
    ScriptedChannel channel =
        new ScriptedChannel(
            FactorType.SMS_CODE,
            ScriptedChannel.LATER,
            ScriptedChannel.LATER,
            ScriptedChannel.LATER);
    try (CodeDispatcher dispatcher =
        dispatcher(
            WIDE.withPersonal(RateLimit.of(1, Duration.ofHours(1)), MANY, MANY), store, channel)) {
      dispatcher.dispatch(sms(1, 1, 1));
      assertThat(audit.next().type()).isEqualTo(AuditEvent.Type.CODE_SENT);
    }
    assertThat(channel.asked()).hasSize(4);
    assertThat(alerts).isEmpty();
  }

  @Test
  void whereTheBudgetCannotBeAskedNothingIsSent() throws Exception {
    AttemptStore broken =
        new NotingStore(store) {
          @Override
          public boolean replace(String key, AttemptRecord next) {
            throw new FaceLockException.Store("disk full");
          }
        };
    ScriptedChannel channel = new ScriptedChannel(FactorType.SMS_CODE);
    try (CodeDispatcher dispatcher = dispatcher(WIDE, broken, channel)) {
      dispatcher.dispatch(sms(1, 1, 1));
      assertThat(audit.next().details())
          .containsOnly(Map.entry("cause", "fault"), Map.entry("tries", "0"));
    }
    assertThat(channel.asked()).isEmpty();
  }

  private CodeDispatcher dispatcher(
      SendBudgets budgets, AttemptStore counts, ScriptedChannel channel) {
    return new CodeDispatcher(
        List.of(channel),
        budgets,
        counts,
        keys,
        audit,
        alerts::add,
        clock,
        new DeliverySettings(
            1, 50, Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofSeconds(20)));
  }

  @Test
  void theDefaultsAreThoseOfTheDocumentation() {
    Duration hour = Duration.ofHours(1);
    assertThat(SendBudgets.ofDefaults())
        .isEqualTo(
            new SendBudgets(
                new RateLimit(10, hour),
                new RateLimit(10, hour),
                new RateLimit(60, hour),
                new RateLimit(200, hour),
                new RateLimit(1000, hour),
                Set.of()));
  }

  /** Writes down which keys were used. */
  private static class NotingStore implements AttemptStore {
    private final AttemptStore store;
    private final Set<String> keys = new ConcurrentSkipListSet<>();

    NotingStore(AttemptStore store) {
      this.store = store;
    }

    @Override
    public Optional<AttemptRecord> find(String key) {
      return store.find(key);
    }

    @Override
    public boolean replace(String key, AttemptRecord next) {
      keys.add(key);
      return store.replace(key, next);
    }

    @Override
    public void delete(String key) {
      store.delete(key);
    }
  }
}
