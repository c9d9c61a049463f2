package io.github.facelock.test.contract;

import static io.github.facelock.test.contract.Refusals.nullOf;
import static io.github.facelock.test.contract.Refusals.refusesNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.SubjectId;
import io.github.facelock.api.face.ModelId;
import io.github.facelock.api.watchlist.WatchListEntryId;
import io.github.facelock.spi.store.WatchListEntry;
import io.github.facelock.spi.store.WatchListStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link WatchListStore} promises.
 *
 * <pre>{@code
 * class MyWatchListStoreTest extends WatchListStoreContract {
 *   @Override
 *   protected WatchListStore newStore() {
 *     return new MyWatchListStore(emptyDatabase());
 *   }
 * }
 * }</pre>
 */
public abstract class WatchListStoreContract {

  private static final Instant CREATED = Instant.parse("2030-01-01T12:34:56.789Z");
  private static final Instant END = CREATED.plusSeconds(3600);
  private static final byte[] SEALED = {1, 0, -1, 127, -128};

  private WatchListStore store = nullOf(WatchListStore.class);
  private WatchListStore node = store;

  /** For subclasses. */
  protected WatchListStoreContract() {}

  /**
   * Makes the store under test.
   *
   * @return an empty store
   */
  protected abstract WatchListStore newStore();

  /**
   * Opens the same data as another node does. Override for stores that several nodes share.
   *
   * @param first the store under test
   * @return a store of the same data; the same object unless overridden
   */
  protected WatchListStore otherNode(WatchListStore first) {
    return first;
  }

  @BeforeEach
  void openStore() {
    store = newStore();
    node = otherNode(store);
  }

  private static WatchListEntryId id(String value) {
    return new WatchListEntryId(value);
  }

  private static WatchListEntry face(String id) {
    return WatchListEntry.ofFace(
        id(id),
        new ModelId("model-a"),
        SEALED,
        "took what was not hers: «Ñ» 山",
        "admin",
        CREATED,
        Optional.empty());
  }

  private static WatchListEntry subject(String id, SubjectId subject, Instant createdAt) {
    return WatchListEntry.ofSubject(
        id(id), subject, "was dismissed", "rule failures", createdAt, Optional.of(END));
  }

  private static void assertSame(WatchListEntry found, WatchListEntry expected) {
    assertThat(found.id()).isEqualTo(expected.id());
    assertThat(found.subject()).isEqualTo(expected.subject());
    assertThat(found.model()).isEqualTo(expected.model());
    assertThat(found.templates()).isEqualTo(expected.templates());
    assertThat(found.reason()).isEqualTo(expected.reason());
    assertThat(found.addedBy()).isEqualTo(expected.addedBy());
    assertThat(found.createdAt()).isEqualTo(expected.createdAt());
    assertThat(found.expiresAt()).isEqualTo(expected.expiresAt());
    assertThat(found.version()).isEqualTo(expected.version());
  }

  private WatchListStore nodeFor(int call) {
    return call % 2 == 0 ? store : node;
  }

  private void assertRevisionGrows(boolean effect, BooleanSupplier change) {
    long before = node.revision();
    assertThat(change.getAsBoolean()).isEqualTo(effect);
    if (effect) {
      assertThat(node.revision()).isGreaterThan(before);
    } else {
      assertThat(node.revision()).isEqualTo(before);
    }
    assertThat(store.revision()).isEqualTo(node.revision());
  }

  @Test
  void aNewListIsEmpty() {
    assertThat(store.list(CREATED)).isEmpty();
    assertThat(store.deleteExpired(Instant.MAX)).isZero();
  }

  @Test
  void whatWasInsertedIsListedOnEveryNodeOldestFirst() {
    WatchListEntry late = subject("late", SubjectId.of("eve"), CREATED.plusMillis(1));
    WatchListEntry early = face("early");
    assertThat(store.insert(late)).isTrue();
    assertThat(node.insert(early)).isTrue();

    for (WatchListStore each : List.of(store, node)) {
      List<WatchListEntry> listed = each.list(CREATED);
      assertThat(listed).hasSize(2);
      assertSame(listed.get(0), early);
      assertSame(listed.get(1), late);
    }
  }

  @Test
  void namesAreKeptExactly() {
    int number = 0;
    for (SubjectId odd : OddTexts.subjectIds()) {
      assertThat(store.insert(subject("entry-" + number, odd, CREATED.plusSeconds(number))))
          .as("insert %s", odd)
          .isTrue();
      number++;
    }
    assertThat(node.list(CREATED))
        .extracting(entry -> entry.subject().orElseThrow())
        .containsExactlyElementsOf(OddTexts.subjectIds());
  }

  @Test
  void aTakenIdIsNotInsertedAgainAndStaysAsItIs() {
    assertThat(store.insert(face("one"))).isTrue();

    assertThat(node.insert(subject("one", SubjectId.of("eve"), CREATED))).isFalse();
    assertThat(store.list(CREATED)).singleElement().satisfies(e -> assertSame(e, face("one")));
  }

  @Test
  void largeTemplatesAreKept() {
    byte[] large = new byte[WatchListEntry.MAX_TEMPLATES];
    for (int i = 0; i < large.length; i++) {
      large[i] = (byte) (31 * i);
    }
    assertThat(store.insert(face("large").withTemplates(large))).isTrue();

    assertThat(node.list(CREATED).get(0).templates()).isEqualTo(large);
  }

  @Test
  void theNextVersionReplaces() {
    assertThat(store.insert(face("one"))).isTrue();
    WatchListEntry next = face("one").next(new byte[] {9});

    assertThat(node.replace(next)).isTrue();
    assertThat(store.list(CREATED)).singleElement().satisfies(e -> assertSame(e, next));
  }

  @Test
  void anotherVersionThanTheNextDoesNotReplace() {
    assertThat(store.insert(face("one"))).isTrue();

    assertThat(store.replace(face("one"))).as("same").isFalse();
    assertThat(store.replace(face("one").next(SEALED).next(SEALED))).as("skipped").isFalse();
    assertThat(store.replace(face("two").next(SEALED))).as("unknown").isFalse();
    assertThat(store.list(CREATED)).singleElement().satisfies(e -> assertSame(e, face("one")));
  }

  @Test
  void aDeletedEntryIsGoneAndItsIdFree() {
    assertThat(store.insert(face("one"))).isTrue();
    assertThat(store.insert(face("two"))).isTrue();

    assertThat(node.delete(id("one"))).isTrue();
    assertThat(store.delete(id("one"))).isFalse();
    assertThat(store.list(CREATED)).singleElement().satisfies(e -> assertSame(e, face("two")));
    assertThat(store.insert(face("one"))).isTrue();
  }

  @Test
  void anEntryEndsAtItsTimeAndNotBefore() {
    assertThat(store.insert(subject("short", SubjectId.of("eve"), CREATED))).isTrue();
    assertThat(store.insert(face("long"))).isTrue();

    assertThat(node.list(END.minusMillis(1))).hasSize(2);
    assertThat(node.list(END)).singleElement().satisfies(e -> assertSame(e, face("long")));
  }

  @Test
  void onlyWhatExpiredIsCleanedUp() {
    assertThat(store.insert(subject("short", SubjectId.of("eve"), CREATED))).isTrue();
    assertThat(store.insert(face("long"))).isTrue();

    assertThat(node.deleteExpired(END.minusMillis(1))).isZero();
    assertThat(node.deleteExpired(END)).isEqualTo(1);
    assertThat(store.list(CREATED)).singleElement().satisfies(e -> assertSame(e, face("long")));
  }

  @Test
  void theRevisionGrowsWithEveryChangeAndOnlyThen() {
    assertRevisionGrows(true, () -> store.insert(subject("one", SubjectId.of("eve"), CREATED)));
    assertRevisionGrows(false, () -> store.insert(face("one")));
    assertRevisionGrows(true, () -> store.insert(face("two")));
    assertRevisionGrows(true, () -> store.replace(face("two").next(SEALED)));
    assertRevisionGrows(false, () -> store.replace(face("two").next(SEALED)));
    assertRevisionGrows(false, () -> store.deleteExpired(CREATED) > 0);
    assertRevisionGrows(true, () -> store.deleteExpired(END) > 0);
    assertRevisionGrows(false, () -> store.list(CREATED).isEmpty());
    assertRevisionGrows(true, () -> store.delete(id("two")));
    assertRevisionGrows(false, () -> store.delete(id("two")));
  }

  @Test
  void oneOfManyParallelInsertsWins() {
    List<Boolean> inserted = Parallel.call(Parallel.CALLS, i -> nodeFor(i).insert(face("one")));

    assertThat(inserted).containsOnlyOnce(true);
  }

  @Test
  void parallelChangesAreAllKeptAndAllCounted() {
    long before = store.revision();

    List<Boolean> inserted = Parallel.call(Parallel.CALLS, i -> nodeFor(i).insert(face("e" + i)));

    assertThat(inserted).containsOnly(true);
    assertThat(store.list(CREATED)).hasSize(Parallel.CALLS);
    assertThat(node.revision()).isGreaterThanOrEqualTo(before + Parallel.CALLS);
  }

  @Test
  void oneOfManyParallelReplacementsWins() {
    assertThat(store.insert(face("one"))).isTrue();

    List<Boolean> replaced =
        Parallel.call(
            Parallel.CALLS, i -> nodeFor(i).replace(face("one").next(new byte[] {(byte) (i + 1)})));

    assertThat(replaced).containsOnlyOnce(true);
    assertThat(store.list(CREATED).get(0).templates()).containsExactly(replaced.indexOf(true) + 1);
  }

  @Test
  void nullIsRefused() {
    refusesNull(() -> store.insert(nullOf(WatchListEntry.class)));
    refusesNull(() -> store.replace(nullOf(WatchListEntry.class)));
    refusesNull(() -> store.delete(nullOf(WatchListEntryId.class)));
    refusesNull(() -> store.deleteExpired(nullOf(Instant.class)));
    refusesNull(() -> store.list(nullOf(Instant.class)));
  }
}
