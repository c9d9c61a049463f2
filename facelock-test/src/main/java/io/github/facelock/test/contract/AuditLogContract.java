package io.github.facelock.test.contract;

import static io.github.facelock.test.contract.Refusals.nullOf;
import static io.github.facelock.test.contract.Refusals.refusesNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.AuditLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link AuditLog} promises, as far as it can be read back.
 *
 * <pre>{@code
 * class MyAuditLogTest extends AuditLogContract {
 *   private final Path file = newFile();
 *
 *   @Override
 *   protected AuditLog newLog() {
 *     return new MyAuditLog(file);
 *   }
 *
 *   @Override
 *   protected List<AuditEvent> read() {
 *     return parse(file);
 *   }
 * }
 * }</pre>
 */
public abstract class AuditLogContract {

  private static final Instant AT = Instant.parse("2030-01-01T12:34:56.789Z");

  private AuditLog log = nullOf(AuditLog.class);

  /** For subclasses. */
  protected AuditLogContract() {}

  /**
   * Makes the log under test.
   *
   * @return an empty log
   */
  protected abstract AuditLog newLog();

  /**
   * Reads the log that {@link #newLog()} made last, from where it is kept.
   *
   * @return its events in the order of writing
   */
  protected abstract List<AuditEvent> read();

  @BeforeEach
  void openLog() {
    log = newLog();
  }

  private static AuditEvent event(String transaction) {
    return new AuditEvent(
        AT,
        AuditEvent.Type.DENIED,
        transaction,
        Optional.of(SubjectId.of("alice")),
        Optional.of(FactorType.FACE),
        "192.0.2.7",
        Map.of("cause", "no-match"));
  }

  @Test
  void aNewLogIsEmpty() {
    assertThat(read()).isEmpty();
  }

  @Test
  void eventsAreThereWhenAppendReturnsInTheirOrder() {
    List<AuditEvent> written = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      AuditEvent event = event("t" + i);
      log.append(event);
      written.add(event);

      assertThat(read()).isEqualTo(written);
    }
  }

  @Test
  void everyTypeComesBackWithOrWithoutSubjectAndFactor() {
    List<AuditEvent> written = new ArrayList<>();
    for (AuditEvent.Type type : AuditEvent.Type.values()) {
      written.add(
          new AuditEvent(AT, type, "", Optional.empty(), Optional.empty(), "local", Map.of()));
      written.add(
          new AuditEvent(
              AT,
              type,
              "t",
              Optional.of(SubjectId.of("alice")),
              Optional.of(FactorType.TOTP),
              "local",
              Map.of("a", "1", "b", "2")));
    }
    written.forEach(log::append);

    assertThat(read()).isEqualTo(written);
  }

  @Test
  void oddAndLongTextsComeBack() {
    List<AuditEvent> written = new ArrayList<>();
    for (SubjectId subject : OddTexts.subjectIds()) {
      written.add(
          new AuditEvent(
              AT,
              AuditEvent.Type.CHALLENGED,
              "t",
              Optional.of(subject),
              Optional.empty(),
              subject.value(),
              Map.of(subject.value(), "line 1\r\nline 2\t\u0000\u2028" + subject.value())));
    }
    written.add(
        new AuditEvent(
            AT,
            AuditEvent.Type.CHALLENGED,
            "t".repeat(128),
            Optional.empty(),
            Optional.empty(),
            "s".repeat(128),
            Map.of("long", "\u65e5".repeat(4000))));
    written.forEach(log::append);

    assertThat(read()).isEqualTo(written);
  }

  @Test
  void equalEventsAreKeptTwice() {
    log.append(event("t"));
    log.append(event("t"));

    assertThat(read()).containsExactly(event("t"), event("t"));
  }

  @Test
  void parallelEventsAreAllKeptOnce() {
    Parallel.run(Parallel.CALLS, i -> log.append(event("t" + i)));

    List<AuditEvent> expected = new ArrayList<>();
    for (int i = 0; i < Parallel.CALLS; i++) {
      expected.add(event("t" + i));
    }
    assertThat(read()).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void nullIsRefused() {
    refusesNull(() -> log.append(nullOf(AuditEvent.class)));
    assertThat(read()).isEmpty();
  }
}
