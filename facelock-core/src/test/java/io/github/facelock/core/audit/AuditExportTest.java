package io.github.facelock.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.core.crypto.EphemeralKeys;
import io.github.facelock.core.crypto.KeyRing;
import io.github.facelock.core.store.memory.MemoryAuditStore;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.store.AuditRecord;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AuditExportTest {

  private static final Instant AT = Instant.parse("2030-01-01T12:00:00.000001Z");

  private final MemoryAuditStore store = new MemoryAuditStore();
  private final ChainedAuditLog log =
      new ChainedAuditLog(
          store,
          new KeyRing(new EphemeralKeys(new SecureRandom()), new SecureRandom()),
          Clock.systemUTC());

  private List<String> export() {
    List<String> lines = new ArrayList<>();
    assertThat(log.export(1, lines::add)).isEqualTo(lines.size());
    return lines;
  }

  @Test
  void aLineHoldsAllInOneOrder() {
    log.append(
        new AuditEvent(
            AT,
            AuditEvent.Type.DENIED,
            "tx",
            Optional.of(SubjectId.of("älice")),
            Optional.of(FactorType.FACE),
            "192.0.2.7",
            Map.of("policy", "web", "cause", "no-match", "model", "m/1")));
    AuditRecord record = store.read(1, 1).get(0);

    assertThat(export())
        .containsExactly(
            "{\"number\":1,\"at\":\"2030-01-01T12:00:00.000001Z\",\"type\":\"DENIED\",\"transaction\":\"tx\","
                + "\"subject\":\"älice\",\"factor\":\"face\",\"source\":\"192.0.2.7\",\"details\":"
                + "{\"cause\":\"no-match\",\"model\":\"m/1\",\"policy\":\"web\"},\"format\":1,\"key\":\""
                + record.keyId()
                + "\",\"link\":\""
                + record.link()
                + "\"}");
  }

  @Test
  void anExportBeginsWhereItIsAskedAndGoesThroughAllPages() {
    for (int i = 0; i < 1201; i++) {
      log.append(
          new AuditEvent(
              AT,
              AuditEvent.Type.GRANTED,
              "",
              Optional.empty(),
              Optional.empty(),
              "local",
              Map.of()));
    }
    List<String> lines = new ArrayList<>();

    assertThat(log.export(3, lines::add)).isEqualTo(1199);
    assertThat(lines.get(0)).startsWith("{\"number\":3,");
    assertThat(lines.get(1198)).startsWith("{\"number\":1201,");
    assertThat(lines.get(0)).doesNotContain("subject").doesNotContain("factor");
  }

  @Test
  void noTextBreaksOutOfItsLine() {
    SplittableRandom dice = new SplittableRandom(20300101);
    char[] nasty =
        "\"\\\n\r\t\u0000\u0001\u001f\u2028\u2029\u0085\ud800\udc00{}[],:' \u65e5".toCharArray();
    for (int round = 0; round < 2000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = dice.nextInt(12); i >= 0; i--) {
        text.append(
            dice.nextInt(8) == 0
                ? (char) dice.nextInt(0x10000)
                : nasty[dice.nextInt(nasty.length)]);
      }
      Map<String, String> details = new HashMap<>();
      details.put(text.toString(), text.reverse().toString());
      log.append(
          new AuditEvent(
              AT,
              AuditEvent.Type.DENIED,
              text.toString(),
              Optional.empty(),
              Optional.empty(),
              text.toString(),
              details));
    }

    List<String> lines = export();
    assertThat(lines).hasSize(2000);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      assertThat(line.chars().noneMatch(c -> c < ' ' || c == 0x2028 || c == 0x2029))
          .as("line %d", i)
          .isTrue();
      assertThat(new String(line.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
          .as("has a UTF-8 form")
          .isEqualTo(line);
      assertThat(JsonReader.read(line)).as("line %d", i).isEqualTo(expected(i + 1));
    }
    assertThat(log.verify()).isInstanceOf(AuditVerification.Intact.class);
  }

  /** What a reader of JSON must get back. */
  private Map<String, Object> expected(long number) {
    AuditRecord record = store.read(number, 1).get(0);
    Map<String, Object> members = new HashMap<>();
    members.put("number", String.valueOf(number));
    members.put("at", record.event().at().toString());
    members.put("type", "DENIED");
    members.put("transaction", record.event().transaction());
    members.put("source", record.event().source());
    members.put("details", record.event().details());
    members.put("format", "1");
    members.put("key", record.keyId());
    members.put("link", record.link());
    return members;
  }

  @Test
  void longTextsOfBoundedColumnsAreCutBetweenCharacters() {
    log.append(
        new AuditEvent(
            AT.plusNanos(999),
            AuditEvent.Type.DENIED,
            "x".repeat(127) + "\ud83d\ude00",
            Optional.empty(),
            Optional.empty(),
            "y".repeat(500),
            Map.of()));

    AuditEvent kept = store.read(1, 1).get(0).event();
    assertThat(kept.transaction()).isEqualTo("x".repeat(127));
    assertThat(kept.source()).isEqualTo("y".repeat(128));
    assertThat(kept.at()).isEqualTo(AT);
  }
}
