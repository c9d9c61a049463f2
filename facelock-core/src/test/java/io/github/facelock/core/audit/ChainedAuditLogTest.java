package io.github.facelock.core.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.admin.AuditQuery;
import io.github.facelock.core.audit.AuditVerification.Broken;
import io.github.facelock.core.audit.AuditVerification.Intact;
import io.github.facelock.core.audit.AuditVerification.Reason;
import io.github.facelock.core.crypto.FixedKeys;
import io.github.facelock.core.crypto.KeyRing;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.store.AuditMark;
import io.github.facelock.spi.store.AuditRecord;
import io.github.facelock.spi.store.AuditStore;
import io.github.facelock.test.MutableClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ChainedAuditLogTest {

  private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");

  private final MutableClock clock = MutableClock.at(NOON);
  private final TamperedStore store = new TamperedStore();
  private final ChainedAuditLog log = logWith(keys("k1", 1));

  private static KeyRing keys(String current, int... seeds) {
    Map<String, SecretKeySpec> all = new java.util.HashMap<>();
    for (int seed : seeds) {
      byte[] bytes = new byte[32];
      java.util.Arrays.fill(bytes, (byte) seed);
      all.put("k" + seed, new SecretKeySpec(bytes, "AES"));
    }
    return new KeyRing(new FixedKeys(current, all), new SecureRandom());
  }

  /** Another process that uses the same store. */
  private ChainedAuditLog logWith(KeyRing keys) {
    return new ChainedAuditLog(store, keys, clock);
  }

  private ChainedAuditLog another() {
    return logWith(keys("k1", 1));
  }

  private AuditEvent event(int i) {
    return new AuditEvent(
        NOON.plusSeconds(i),
        AuditEvent.Type.DENIED,
        "t" + i,
        Optional.of(SubjectId.of("alice")),
        Optional.of(FactorType.FACE),
        "192.0.2." + i,
        Map.of("cause", "no-match", "model", "arc/1", "policy", "web"));
  }

  private void write(int count) {
    for (int i = 1; i <= count; i++) {
      log.append(event(i));
    }
  }

  private AuditMark head() {
    return ((Intact) log.verify()).head().orElseThrow();
  }

  @Test
  void aTrailAsItWasWrittenIsIntact() {
    assertThat(log.verify()).isEqualTo(new Intact(0, Optional.empty()));
    write(1200);

    assertThat(another().verify())
        .isInstanceOfSatisfying(
            Intact.class,
            intact -> {
              assertThat(intact.records()).isEqualTo(1200);
              assertThat(intact.head().map(AuditMark::number)).contains(1200L);
            });
  }

  static Stream<Arguments> changes() {
    return Stream.of(
        change(
            "time", e -> with(e, e.at().plusMillis(1), e.transaction(), e.source(), e.details())),
        change(
            "time by a microsecond",
            e -> with(e, e.at().plusNanos(1000), e.transaction(), e.source(), e.details())),
        change("transaction", e -> with(e, e.at(), "t", e.source(), e.details())),
        change("source", e -> with(e, e.at(), e.transaction(), e.source() + " ", e.details())),
        change(
            "text moved to the next field",
            e ->
                with(
                    e,
                    e.at(),
                    e.transaction() + e.source().charAt(0),
                    e.source().substring(1),
                    e.details())),
        change(
            "a detail's text",
            e ->
                with(
                    e,
                    e.at(),
                    e.transaction(),
                    e.source(),
                    Map.of("cause", "no-match", "model", "arc/2", "policy", "web"))),
        change(
            "a detail's name",
            e ->
                with(
                    e,
                    e.at(),
                    e.transaction(),
                    e.source(),
                    Map.of("cause", "no-match", "mode", "larc/1", "policy", "web"))),
        change(
            "a detail less",
            e ->
                with(
                    e,
                    e.at(),
                    e.transaction(),
                    e.source(),
                    Map.of("cause", "no-match", "model", "arc/1"))),
        change(
            "a detail more",
            e ->
                with(
                    e,
                    e.at(),
                    e.transaction(),
                    e.source(),
                    Map.of("cause", "no-match", "model", "arc/1", "policy", "web", "x", ""))),
        change(
            "type",
            e ->
                new AuditEvent(
                    e.at(),
                    AuditEvent.Type.GRANTED,
                    e.transaction(),
                    e.subject(),
                    e.factor(),
                    e.source(),
                    e.details())),
        change(
            "subject",
            e ->
                new AuditEvent(
                    e.at(),
                    e.type(),
                    e.transaction(),
                    Optional.of(SubjectId.of("Alice")),
                    e.factor(),
                    e.source(),
                    e.details())),
        change(
            "no subject",
            e ->
                new AuditEvent(
                    e.at(),
                    e.type(),
                    e.transaction(),
                    Optional.empty(),
                    e.factor(),
                    e.source(),
                    e.details())),
        change(
            "factor",
            e ->
                new AuditEvent(
                    e.at(),
                    e.type(),
                    e.transaction(),
                    e.subject(),
                    Optional.of(FactorType.PIN),
                    e.source(),
                    e.details())),
        change(
            "no factor",
            e ->
                new AuditEvent(
                    e.at(),
                    e.type(),
                    e.transaction(),
                    e.subject(),
                    Optional.empty(),
                    e.source(),
                    e.details())));
  }

  private static Arguments change(String what, UnaryOperator<AuditEvent> change) {
    return Arguments.of(what, change);
  }

  private static AuditEvent with(
      AuditEvent e, Instant at, String transaction, String source, Map<String, String> details) {
    return new AuditEvent(at, e.type(), transaction, e.subject(), e.factor(), source, details);
  }

  @ParameterizedTest
  @MethodSource("changes")
  void aChangedFieldIsFoundAndNamed(String what, UnaryOperator<AuditEvent> change) {
    write(9);
    for (long number : new long[] {1, 5, 9}) {
      store.alter(
          number,
          r ->
              new AuditRecord(
                  r.number(), r.format(), change.apply(r.event()), r.keyId(), r.link()));

      assertThat(another().verify()).as(what).isEqualTo(new Broken(number, Reason.ALTERED));
    }
  }

  @Test
  void everyChangedCharacterOfALinkIsFound() {
    write(4);
    for (int i = 0; i < 64; i++) {
      int at = i;
      store.alter(
          3,
          r -> {
            char[] link = r.link().toCharArray();
            link[at] = link[at] == '0' ? '1' : '0';
            return new AuditRecord(
                r.number(), r.format(), r.event(), r.keyId(), String.valueOf(link));
          });

      assertThat(another().verify()).isEqualTo(new Broken(3, Reason.ALTERED));
    }
  }

  @Test
  void aChangedFormatOrKeyIsFound() {
    write(4);
    store.alter(2, r -> new AuditRecord(r.number(), 2, r.event(), r.keyId(), r.link()));
    assertThat(log.verify()).isEqualTo(new Broken(2, Reason.UNKNOWN_FORMAT));

    store.alter(3, r -> new AuditRecord(r.number(), 1, r.event(), "k9", r.link()));
    assertThat(log.verify()).isEqualTo(new Broken(3, Reason.UNKNOWN_KEY));
  }

  @Test
  void aRemovedRecordIsFoundWhereverItWas() {
    write(9);
    for (long number = 1; number <= 9; number++) {
      long gone = number;
      store.alter(all -> all.stream().filter(r -> r.number() != gone).toList());

      assertThat(another().verify()).isEqualTo(new Broken(number, Reason.MISSING));
    }
  }

  @Test
  void closingTheGapOfARemovedRecordIsFound() {
    write(9);
    store.alter(
        all ->
            all.stream()
                .filter(r -> r.number() != 4)
                .map(r -> r.number() < 4 ? r : numbered(r, r.number() - 1))
                .toList());

    assertThat(another().verify()).isEqualTo(new Broken(4, Reason.ALTERED));
  }

  private static AuditRecord numbered(AuditRecord r, long number) {
    return new AuditRecord(number, r.format(), r.event(), r.keyId(), r.link());
  }

  @Test
  void anotherOrderIsFound() {
    write(9);
    store.alter(
        all -> {
          List<AuditRecord> changed = new ArrayList<>(all);
          changed.set(3, numbered(all.get(6), 4));
          changed.set(6, numbered(all.get(3), 7));
          return changed;
        });

    assertThat(another().verify()).isEqualTo(new Broken(4, Reason.ALTERED));
  }

  @Test
  void aCutAtTheEndIsFoundAlsoByAProcessThatDidNotWrite() {
    write(9);
    store.alter(all -> all.subList(0, 6));

    assertThat(log.verify()).isEqualTo(new Broken(7, Reason.MISSING));
    assertThat(another().verify()).isEqualTo(new Broken(7, Reason.MISSING));
  }

  @Test
  void aForgedEndIsFoundAndNothingIsAppendedBehindIt() {
    write(9);
    store.alter(all -> all.subList(0, 6));
    String link = store.all().get(5).link();
    store.alterHead(head -> head.map(mark -> new AuditMark(6, link, mark.keyId(), mark.seal())));

    assertThat(another().verify()).isEqualTo(new Broken(6, Reason.HEAD_ALTERED));
    assertThatExceptionOfType(FaceLockException.Store.class)
        .isThrownBy(() -> another().append(event(10)))
        .withMessageContaining("record 6");
  }

  @Test
  void aRemovedEndIsFound() {
    write(3);
    store.alterHead(head -> Optional.empty());

    assertThat(another().verify()).isEqualTo(new Broken(1, Reason.HEAD_ALTERED));
  }

  @Test
  void aRecordBeyondTheEndIsFound() {
    write(5);
    AuditMark early = head();
    write(2);
    store.alterHead(head -> Optional.of(early));

    assertThat(another().verify()).isEqualTo(new Broken(6, Reason.UNEXPECTED));
  }

  @Test
  void aStoreThatWasSetBackIsFoundByAMarkKeptElsewhereAndByWhoeverWrote() {
    write(5);
    AuditMark early = head();
    write(3);
    AuditMark late = head();
    store.alter(all -> all.subList(0, 5));
    store.alterHead(head -> Optional.of(early));

    assertThat(another().verify()).as("a perfect copy").isInstanceOf(Intact.class);
    assertThat(another().verify(late)).isEqualTo(new Broken(6, Reason.MISSING));
    assertThat(another().verify(early)).isInstanceOf(Intact.class);
    assertThat(log.verify()).isEqualTo(new Broken(6, Reason.MISSING));
    assertThatExceptionOfType(FaceLockException.Store.class)
        .isThrownBy(() -> log.append(event(9)))
        .withMessageContaining("record 6");
  }

  @Test
  void anotherTrailUnderTheSameKeyIsNotTakenForThisOne() {
    write(5);
    AuditMark mark = head();
    AuditMark other = new AuditMark(mark.number(), "0".repeat(64), mark.keyId(), mark.seal());

    assertThat(another().verify(other)).isEqualTo(new Broken(5, Reason.UNEXPECTED));
  }

  @Test
  void aWrongKeyVerifiesNothing() {
    write(3);
    Map<String, SecretKeySpec> wrong = Map.of("k1", new SecretKeySpec(new byte[32], "AES"));
    KeyRing ring = new KeyRing(new FixedKeys("k1", wrong), new SecureRandom());

    assertThat(logWith(ring).verify()).isEqualTo(new Broken(1, Reason.ALTERED));
    assertThat(logWith(keys("k2", 2)).verify()).isEqualTo(new Broken(1, Reason.UNKNOWN_KEY));
    assertThatExceptionOfType(FaceLockException.Store.class)
        .isThrownBy(() -> logWith(ring).append(event(4)));
  }

  @Test
  void keysMayChangeInTheMiddle() {
    write(3);
    ChainedAuditLog rotated = logWith(keys("k2", 1, 2));
    rotated.append(event(4));

    assertThat(store.all().get(3).keyId()).isEqualTo("k2");
    assertThat(rotated.verify()).isInstanceOf(Intact.class);
  }

  @Test
  void noRandomChangeOfTheStoredTrailStaysUnseen() {
    write(30);
    SplittableRandom dice = new SplittableRandom(4711);
    List<AuditRecord> whole = store.all();
    for (int round = 0; round < 500; round++) {
      List<AuditRecord> changed = new ArrayList<>(whole);
      switch (dice.nextInt(4)) {
        case 0 -> changed.remove(dice.nextInt(changed.size()));
        case 1 -> Collections.swap(changed, dice.nextInt(29), 29);
        case 2 -> {
          int at = dice.nextInt(30);
          AuditRecord r = changed.get(at);
          changed.set(
              at,
              new AuditRecord(
                  r.number(), 1, whole.get((at + 1) % 30).event(), r.keyId(), r.link()));
        }
        default -> changed.subList(dice.nextInt(30), 30).clear();
      }
      int first = 0;
      while (first < changed.size() && changed.get(first).equals(whole.get(first))) {
        first++;
      }
      store.alter(all -> changed);

      AuditVerification verdict = another().verify();
      int expected = first + 1;
      assertThat(verdict).as("round %d", round).isInstanceOf(Broken.class);
      assertThat(((Broken) verdict).number()).as("round %d", round).isEqualTo(expected);
    }
  }

  @Test
  void aCutCanBeVerifiedAndHidesNothing() {
    write(20);
    AuditMark mark = head();

    assertThat(log.cut(8)).isEqualTo(8);
    assertThat(another().verify()).isEqualTo(new Intact(12, Optional.of(mark)));
    assertThat(another().verify(mark)).isInstanceOf(Intact.class);
    assertThat(log.cut(8)).isZero();
    assertThat(log.cut(3)).isZero();
    store.alter(all -> all.stream().filter(r -> r.number() != 9).toList());
    assertThat(another().verify()).isEqualTo(new Broken(9, Reason.MISSING));
    assertThatExceptionOfType(FaceLockException.Store.class)
        .isThrownBy(() -> log.cut(12))
        .withMessageContaining("record 9");
    assertThat(store.marks().anchor().map(AuditMark::number)).contains(8L);
  }

  @Test
  void aForgedCutIsFound() {
    write(20);
    assertThat(log.cut(8)).isEqualTo(8);
    AuditMark anchor = store.marks().anchor().orElseThrow();
    String tenth = store.all().get(1).link();
    store.alter(all -> all.subList(2, all.size()));
    store.alterMarks(
        both ->
            new AuditStore.Marks(
                Optional.of(new AuditMark(10, tenth, anchor.keyId(), anchor.seal())), both.head()));

    assertThat(another().verify()).isEqualTo(new Broken(10, Reason.ANCHOR_ALTERED));
    assertThatExceptionOfType(FaceLockException.Store.class)
        .isThrownBy(() -> another().cut(15))
        .withMessageContaining("ANCHOR_ALTERED");
  }

  @Test
  void anEndIsNoAnchor() {
    write(10);
    AuditMark head = head();
    store.alter(all -> List.of());
    store.alterMarks(both -> new AuditStore.Marks(Optional.of(head), both.head()));

    assertThat(another().verify()).isEqualTo(new Broken(10, Reason.ANCHOR_ALTERED));
  }

  @Test
  void retentionByAgeCutsBeforeTheFirstYoungRecord() {
    write(20);

    assertThat(log.cutBefore(NOON.plusSeconds(6))).isEqualTo(5);
    assertThat(log.cutBefore(NOON)).isZero();
    assertThat(log.verify()).isInstanceOf(Intact.class);
    assertThat(log.cutBefore(NOON.plus(Duration.ofDays(1)))).isEqualTo(15);
    log.append(event(21));
    assertThat(another().verify()).isInstanceOf(Intact.class);
  }

  @Test
  void aBoundedLogKeepsItsLengthAndStaysVerifiable() {
    ChainedAuditLog bounded =
        new ChainedAuditLog(store, keys("k1", 1), clock, AuditRetention.last(100));
    for (int i = 0; i < 500; i++) {
      bounded.append(event(i));
    }

    assertThat(store.all()).hasSizeBetween(100, 113);
    assertThat(bounded.verify()).isInstanceOf(Intact.class);
    assertThatIllegalArgumentException().isThrownBy(() -> AuditRetention.last(99));
  }

  @Test
  void aTrailThatWasAlteredCanBeginAnew() {
    write(9);
    store.alterHead(head -> head.map(m -> new AuditMark(4, m.link(), m.keyId(), "forged")));
    ChainedAuditLog mended = another();
    mended.restart("ticket 17");
    store.alterHead(head -> head);

    assertThat(mended.verify()).isInstanceOf(Intact.class);
    assertThat(store.all()).hasSize(1);
    AuditRecord first = store.all().get(0);
    assertThat(first.number()).isEqualTo(10);
    assertThat(first.event().type()).isEqualTo(AuditEvent.Type.AUDIT_RESTARTED);
    assertThat(first.event().details()).containsEntry("cause", "ticket 17");
    mended.append(event(10));
    assertThat(another().verify()).isInstanceOf(Intact.class);
  }

  @Test
  void manyWritersAndACheckerDoNotDisturbEachOther() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(9);
    try {
      CountDownLatch start = new CountDownLatch(1);
      List<Future<?>> work = new ArrayList<>();
      ChainedAuditLog bounded =
          new ChainedAuditLog(store, keys("k1", 1), clock, AuditRetention.last(100));
      for (int t = 0; t < 8; t++) {
        ChainedAuditLog mine = t % 2 == 0 ? bounded : log;
        work.add(
            threads.submit(
                () -> {
                  start.await();
                  for (int i = 0; i < 100; i++) {
                    mine.append(event(i));
                  }
                  return null;
                }));
      }
      work.add(
          threads.submit(
              () -> {
                start.await();
                for (int i = 0; i < 20; i++) {
                  assertThat(another().verify()).isInstanceOf(Intact.class);
                }
                return null;
              }));
      start.countDown();
      for (Future<?> each : work) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(store.marks().head().map(AuditMark::number)).contains(800L);
    assertThat(another().verify()).isInstanceOf(Intact.class);
  }

  @Test
  void aPageOfTheTrailIsFound() {
    write(5);

    assertThat(log.search(AuditQuery.all().withTransaction("t3")))
        .extracting(AuditRecord::number)
        .containsExactly(3L);
  }
}
