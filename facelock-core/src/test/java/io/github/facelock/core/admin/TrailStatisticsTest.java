package io.github.facelock.core.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.admin.AuditQuery;
import io.github.facelock.api.admin.LoginStatistics;
import io.github.facelock.api.admin.LoginStatistics.Slot;
import io.github.facelock.api.admin.StatisticsQuery;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.store.AuditRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class TrailStatisticsTest {

  private static final Instant START = Instant.parse("2030-01-01T12:00:00Z");
  private static final StatisticsQuery HOUR =
      new StatisticsQuery(START, START.plus(Duration.ofHours(1)), 2);

  private final List<AuditRecord> trail = new ArrayList<>();
  private int pages;

  private void write(
      int second, AuditEvent.Type type, String transaction, FactorType factor, String... details) {
    Map<String, String> facts = new HashMap<>();
    for (int i = 0; i < details.length; i += 2) {
      facts.put(details[i], details[i + 1]);
    }
    AuditEvent event =
        new AuditEvent(
            START.plusSeconds(second),
            type,
            transaction,
            Optional.of(SubjectId.of("ann")),
            Optional.ofNullable(factor),
            "192.0.2.1",
            facts);
    trail.add(new AuditRecord(trail.size() + 1L, 1, event, "k", "0".repeat(64)));
  }

  private LoginStatistics sumUp() {
    return TrailStatistics.of(
        new AuditAccess() {
          @Override
          public List<AuditRecord> search(AuditQuery query) {
            pages++;
            List<AuditRecord> found = new ArrayList<>();
            for (int i = trail.size() - 1; i >= 0 && found.size() < query.limit(); i--) {
              AuditRecord record = trail.get(i);
              if (record.number() < query.before()
                  && query.types().contains(record.event().type().name())
                  && !record.event().at().isBefore(query.from().orElseThrow())
                  && record.event().at().isBefore(query.until().orElseThrow())) {
                found.add(record);
              }
            }
            return found;
          }

          @Override
          public long export(long from, Consumer<? super String> lines) {
            throw new AssertionError("Statistics search");
          }
        },
        HOUR);
  }

  private void login(int second, String id, int takes) {
    write(second, AuditEvent.Type.CHALLENGED, id, null, "cause", "begun");
    write(second + takes, AuditEvent.Type.GRANTED, id, FactorType.TOTP, "cause", "passed");
  }

  @Test
  void loginsAreCountedByTimeAndEnd() {
    login(10, "a", 20);
    login(100, "b", 40);
    write(2000, AuditEvent.Type.CHALLENGED, "c", null, "cause", "begun");
    write(2001, AuditEvent.Type.CHALLENGED, "c", FactorType.PASSWORD, "cause", "wrong-secret");
    write(2002, AuditEvent.Type.CHALLENGED, "c", FactorType.PASSWORD, "cause", "wrong-secret");
    write(
        2003,
        AuditEvent.Type.DENIED,
        "c",
        FactorType.PASSWORD,
        "cause",
        "wrong-secret",
        "reason",
        "NOT_VERIFIED");
    write(2500, AuditEvent.Type.LOCKED, "d", FactorType.FACE, "cause", "locked");
    write(2600, AuditEvent.Type.CANCELLED, "e", null, "cause", "cancelled");
    write(
        2700,
        AuditEvent.Type.DENIED,
        "f",
        FactorType.FACE,
        "cause",
        "too-late",
        "reason",
        "EXPIRED");
    write(2800, AuditEvent.Type.ADMINISTRATION, "", null, "action", "list");
    write(3600, AuditEvent.Type.GRANTED, "g", FactorType.TOTP, "cause", "passed");

    LoginStatistics sums = sumUp();

    assertThat(sums.complete()).isTrue();
    assertThat(sums.slots())
        .containsExactly(
            new Slot(START, 2, 2, 0, 0, 0), new Slot(START.plusSeconds(1800), 1, 0, 2, 1, 1));
    assertThat(sums.denials()).isEqualTo(Map.of("NOT_VERIFIED", 1L, "EXPIRED", 1L));
    assertThat(sums.refusals()).isEqualTo(Map.of("password", Map.of("wrong-secret", 3L)));
    assertThat(sums.timeToLogin())
        .contains(
            new LoginStatistics.Spread(
                2, Duration.ofSeconds(20), Duration.ofSeconds(40), Duration.ofSeconds(40)));
    assertThat(sums.scores()).isEmpty();
  }

  @Test
  void scoresAreShownFromTwentyOnAndApart() {
    for (int i = 0; i < 19; i++) {
      write(
          i,
          AuditEvent.Type.CHALLENGED,
          "a" + i,
          FactorType.FACE,
          "cause",
          "passed",
          "score",
          "0.62");
    }
    assertThat(sumUp().scores()).isEmpty();

    write(
        30,
        AuditEvent.Type.CHALLENGED,
        "z",
        FactorType.FACE,
        "cause",
        "no-match",
        "score",
        "-0.041");

    LoginStatistics.Scores scores = sumUp().scores().orElseThrow();
    assertThat(scores.matched()).hasSize(20);
    assertThat(scores.matched().get(12)).isEqualTo(19L);
    assertThat(scores.refused().get(0)).isEqualTo(1L);
    assertThat(scores.matched().stream().mapToLong(Long::longValue).sum()).isEqualTo(19);
  }

  @Test
  void aLongTrailIsReadPageByPageAndItsOldestPartIsLeftOut() {
    for (int i = 0; i < 2500; i++) {
      write(i % 3600, AuditEvent.Type.CHALLENGED, "t" + i, null, "cause", "begun");
    }
    assertThat(sumUp().slots().stream().mapToLong(Slot::begun).sum()).isEqualTo(2500);
    assertThat(pages).isEqualTo(3);
    for (int i = 2500; i < 201_000; i++) {
      write(i % 3600, AuditEvent.Type.CHALLENGED, "t" + i, null, "cause", "begun");
    }
    LoginStatistics sums = sumUp();
    assertThat(sums.complete()).isFalse();
    assertThat(sums.slots().stream().mapToLong(Slot::begun).sum()).isEqualTo(200_000);
  }

  @Test
  void strangeDetailsCountAsNothing() {
    for (String score : List.of("NaN", "1e9", "0.5; DROP TABLE", "", "12.5")) {
      write(
          1, AuditEvent.Type.CHALLENGED, "a", FactorType.FACE, "cause", "no-match", "score", score);
    }
    assertThat(sumUp().scores()).isEmpty();
    assertThat(sumUp().refusals()).isEqualTo(Map.of("face", Map.of("no-match", 5L)));
  }

  @Test
  void aQueryOutOfRangeIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new StatisticsQuery(START, START, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StatisticsQuery(START, START.plus(Duration.ofDays(401)), 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StatisticsQuery(START, START.plusSeconds(1), 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StatisticsQuery(START, START.plusSeconds(1), 401));
  }
}
