package io.github.facelock.test.contract;

import static io.github.facelock.test.contract.Refusals.nullOf;
import static io.github.facelock.test.contract.Refusals.refusesNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.admin.AuditQuery;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.store.AuditMark;
import io.github.facelock.spi.store.AuditRecord;
import io.github.facelock.spi.store.AuditStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link AuditStore} promises.
 *
 * <pre>{@code
 * class MyAuditStoreTest extends AuditStoreContract {
 *   @Override
 *   protected AuditStore newStore() {
 *     return new MyAuditStore(emptyDatabase());
 *   }
 * }
 * }</pre>
 */
public abstract class AuditStoreContract {

  private static final Instant AT = Instant.parse("2030-01-01T12:34:56.789012Z");

  private AuditStore store = nullOf(AuditStore.class);
  private AuditStore node = store;

  /** For subclasses. */
  protected AuditStoreContract() {}

  /**
   * Makes the store under test.
   *
   * @return an empty store
   */
  protected abstract AuditStore newStore();

  /**
   * Opens the same data as another node does. Override for stores that several nodes share.
   *
   * @param first the store under test
   * @return a store of the same data; the same object unless overridden
   */
  protected AuditStore otherNode(AuditStore first) {
    return first;
  }

  @BeforeEach
  void openStore() {
    store = newStore();
    node = otherNode(store);
  }

  private AuditStore nodeFor(int call) {
    return call % 2 == 0 ? store : node;
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

  /** A chain of plain numbers: each link names the link before. */
  private static AuditStore.Linker linker(AuditEvent event) {
    return head -> {
      long number = head.map(AuditMark::number).orElse(0L) + 1;
      String link = link(number);
      return new AuditStore.Entry(
          new AuditRecord(number, 1, event, "key-1", link), mark(number, link));
    };
  }

  private static AuditMark mark(long number, String link) {
    return new AuditMark(number, link, "key-1", seal(number));
  }

  private static String link(long number) {
    return "%064x".formatted(number);
  }

  private static String seal(long number) {
    return "%064x".formatted(Long.MAX_VALUE - number);
  }

  private AuditRecord append(AuditEvent event) {
    return store.append(linker(event));
  }

  private List<AuditRecord> append(int count) {
    return LongStream.range(0, count).mapToObj(i -> append(event("t" + i))).toList();
  }

  private static List<Long> numbers(List<AuditRecord> records) {
    return records.stream().map(AuditRecord::number).toList();
  }

  @Test
  void aNewStoreIsEmpty() {
    assertThat(store.marks()).isEqualTo(new AuditStore.Marks(Optional.empty(), Optional.empty()));
    assertThat(store.read(1, 10)).isEmpty();
    assertThat(store.search(AuditQuery.all())).isEmpty();
    assertThat(store.cut(mark(1, link(1)))).isZero();
    assertThat(store.marks().anchor()).isEmpty();
  }

  @Test
  void recordsAreThereOnEveryNodeWhenAppendReturns() {
    List<AuditRecord> written = new ArrayList<>();
    for (int i = 1; i <= 20; i++) {
      AuditRecord record = append(event("t" + i));
      written.add(record);

      assertThat(record.number()).isEqualTo(i);
      assertThat(record.event()).isEqualTo(event("t" + i));
      assertThat(node.read(1, 100)).isEqualTo(written);
      assertThat(node.marks().head()).contains(mark(i, link(i)));
    }
  }

  @Test
  void theNextLinkerSeesTheHeadThatTheLastOneMade() {
    AuditMark head = append(3).size() == 3 ? mark(3, link(3)) : nullOf(AuditMark.class);
    List<Optional<AuditMark>> seen = new ArrayList<>();

    node.append(
        last -> {
          seen.add(last);
          return linker(event("t")).link(last);
        });

    assertThat(seen).containsOnly(Optional.of(head));
  }

  @Test
  void aLinkerThatFailsWritesNothing() {
    append(2);

    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                store.append(
                    head -> {
                      throw new IllegalStateException("the key is away");
                    }))
        .withMessageContaining("the key is away");
    assertThat(numbers(node.read(1, 10))).containsExactly(1L, 2L);
    assertThat(node.marks().head()).contains(mark(2, link(2)));
    assertThat(append(event("later")).number()).isEqualTo(3);
  }

  @Test
  void everyPartComesBack() {
    List<AuditRecord> written = new ArrayList<>();
    for (AuditEvent.Type type : AuditEvent.Type.values()) {
      written.add(
          append(
              new AuditEvent(AT, type, "", Optional.empty(), Optional.empty(), "local", Map.of())));
    }
    for (SubjectId subject : OddTexts.subjectIds()) {
      written.add(
          append(
              new AuditEvent(
                  AT.plusNanos(1000),
                  AuditEvent.Type.CHALLENGED,
                  subject.value(),
                  Optional.of(subject),
                  Optional.of(FactorType.TOTP),
                  subject.value(),
                  Map.of(
                      subject.value(),
                      "line 1\r\nline 2\t\u0000\u2028\"\\" + subject.value(),
                      "long",
                      "\u65e5".repeat(4000)))));
    }
    for (Instant at : List.of(Instant.EPOCH, Instant.parse("1999-12-31T23:59:59.999999Z"))) {
      written.add(
          append(
              new AuditEvent(
                  at,
                  AuditEvent.Type.GRANTED,
                  "t".repeat(128),
                  Optional.empty(),
                  Optional.empty(),
                  "s".repeat(128),
                  Map.of())));
    }

    assertThat(node.read(1, 1000)).isEqualTo(written);
  }

  @Test
  void textsThatNoLongerMakeSenseComeBackToo() {
    // Whoever alters the trail leaves such things; the reader must see them, not a fault.
    AuditRecord odd = new AuditRecord(1, 7, event("t"), "other", "no link at all");
    AuditMark mark = new AuditMark(1, "", "other", "no seal");
    store.append(head -> new AuditStore.Entry(odd, mark));

    assertThat(node.read(1, 1)).containsExactly(odd);
    assertThat(node.marks().head()).contains(mark);
  }

  @Test
  void readingPagesUpwards() {
    append(10);

    assertThat(numbers(node.read(0, 3))).containsExactly(1L, 2L, 3L);
    assertThat(numbers(node.read(4, 3))).containsExactly(4L, 5L, 6L);
    assertThat(numbers(node.read(9, 3))).containsExactly(9L, 10L);
    assertThat(node.read(11, 3)).isEmpty();
  }

  @Test
  void parallelAppendsMakeOneChain() {
    List<AuditRecord> written =
        Parallel.call(Parallel.CALLS, i -> nodeFor(i).append(linker(event("t" + i))));

    List<AuditRecord> read = node.read(1, 1000);
    assertThat(numbers(read)).isEqualTo(LongStream.rangeClosed(1, Parallel.CALLS).boxed().toList());
    assertThat(read)
        .isEqualTo(written.stream().sorted(Comparator.comparingLong(AuditRecord::number)).toList());
    assertThat(store.marks().head()).contains(mark(Parallel.CALLS, link(Parallel.CALLS)));
  }

  @Test
  void aSearchShowsTheNewestFirstPageByPage() {
    append(10);

    AuditQuery pages = AuditQuery.all().withLimit(4);
    assertThat(numbers(node.search(pages))).containsExactly(10L, 9L, 8L, 7L);
    assertThat(numbers(node.search(pages.before(7)))).containsExactly(6L, 5L, 4L, 3L);
    assertThat(numbers(node.search(pages.before(3)))).containsExactly(2L, 1L);
    assertThat(node.search(pages.before(1))).isEmpty();
  }

  @Test
  void aSearchNarrowsByEachPart() {
    SubjectId alice = SubjectId.of("alice");
    AuditEvent[] events = {
      of(0, AuditEvent.Type.GRANTED, "t1", Optional.of(alice), FactorType.FACE, "Door 1"),
      of(
          1,
          AuditEvent.Type.DENIED,
          "T1",
          Optional.of(SubjectId.of("Alice")),
          FactorType.PIN,
          "door"),
      of(2, AuditEvent.Type.LOCKED, "t2", Optional.empty(), FactorType.FACE, "100% _x\\"),
    };
    for (AuditEvent event : events) {
      append(event);
    }

    AuditQuery all = AuditQuery.all();
    assertFound(all, 3, 2, 1);
    assertFound(all.withSubject(alice), 1);
    assertFound(all.withTypes(Set.of("GRANTED", "LOCKED")), 3, 1);
    assertFound(all.withTypes(Set.of("NOTHING")));
    assertFound(all.withFactor(FactorType.FACE), 3, 1);
    assertFound(all.from(AT.plusSeconds(1)), 3, 2);
    assertFound(all.until(AT.plusSeconds(1)), 1);
    assertFound(all.from(AT.plusSeconds(1)).until(AT.plusSeconds(2)), 2);
    assertFound(all.withSource("oor"), 2, 1);
    assertFound(all.withSource("Door"), 1);
    assertFound(all.withSource("%"), 3);
    assertFound(all.withSource("_"), 3);
    assertFound(all.withSource("\\"), 3);
    assertFound(all.withTransaction("t1"), 1);
    assertFound(all.withSubject(alice).withTypes(Set.of("DENIED")));
    assertFound(all.withFactor(FactorType.FACE).withLimit(1), 3);
    assertFound(all.withFactor(FactorType.FACE).before(3), 1);
  }

  private static AuditEvent of(
      int second,
      AuditEvent.Type type,
      String transaction,
      Optional<SubjectId> subject,
      FactorType factor,
      String source) {
    return new AuditEvent(
        AT.plusSeconds(second), type, transaction, subject, Optional.of(factor), source, Map.of());
  }

  private void assertFound(AuditQuery query, long... expected) {
    assertThat(numbers(node.search(query)))
        .as("%s", query)
        .isEqualTo(LongStream.of(expected).boxed().toList());
  }

  @Test
  void aCutKeepsItsMark() {
    append(10);

    assertThat(store.cut(mark(4, link(4)))).isEqualTo(4);
    assertThat(node.marks())
        .isEqualTo(
            new AuditStore.Marks(Optional.of(mark(4, link(4))), Optional.of(mark(10, link(10)))));
    assertThat(numbers(node.read(1, 100))).containsExactly(5L, 6L, 7L, 8L, 9L, 10L);
    assertThat(numbers(node.search(AuditQuery.all().before(7)))).containsExactly(6L, 5L);
    assertThat(append(event("next")).number()).isEqualTo(11);
  }

  @Test
  void aCutGoesForwardOnlyAndNotBeyondTheEnd() {
    append(10);
    assertThat(store.cut(mark(4, link(4)))).isEqualTo(4);

    assertThat(node.cut(mark(4, "another"))).as("the same place").isZero();
    assertThat(node.cut(mark(3, link(3)))).as("backwards").isZero();
    assertThat(node.cut(mark(11, link(11)))).as("beyond the end").isZero();
    assertThat(store.marks().anchor()).contains(mark(4, link(4)));
    assertThat(numbers(store.read(1, 100))).hasSize(6);
    assertThat(node.cut(mark(10, link(10)))).as("all").isEqualTo(6);
    assertThat(store.read(1, 100)).isEmpty();
    assertThat(append(event("next")).number()).isEqualTo(11);
  }

  @Test
  void oneOfManyParallelCutsToAPlaceWins() {
    append(10);

    List<Long> removed = Parallel.call(Parallel.CALLS, i -> nodeFor(i).cut(mark(5, link(5))));

    assertThat(removed).containsOnlyOnce(5L);
    assertThat(removed.stream().mapToLong(Long::longValue).sum()).isEqualTo(5);
  }

  @Test
  void nullIsRefused() {
    refusesNull(() -> store.append(nullOf(AuditStore.Linker.class)));
    refusesNull(() -> store.search(nullOf(AuditQuery.class)));
    refusesNull(() -> store.cut(nullOf(AuditMark.class)));
    assertThat(store.read(1, 10)).isEmpty();
  }
}
