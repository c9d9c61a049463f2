package io.github.facelock.test.contract;

import static io.github.facelock.test.contract.Refusals.nullOf;
import static io.github.facelock.test.contract.Refusals.refusesNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.spi.store.OutboxEntry;
import io.github.facelock.spi.store.OutboxEntry.State;
import io.github.facelock.spi.store.OutboxStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link OutboxStore} promises; first of all, that one worker at a time has an entry,
 * and that an entry whose worker died comes back.
 *
 * <pre>{@code
 * class MyOutboxStoreTest extends OutboxStoreContract {
 *   @Override
 *   protected OutboxStore newStore() {
 *     return new MyOutboxStore(emptyDatabase());
 *   }
 * }
 * }</pre>
 */
public abstract class OutboxStoreContract {

  private static final Instant AT = Instant.parse("2030-01-01T12:34:56.789Z");
  private static final Instant LEASE = AT.plusSeconds(60);
  private static final Set<State> ALL = EnumSet.allOf(State.class);
  private static final String ID = "Zk3-_id";

  private OutboxStore store = nullOf(OutboxStore.class);
  private OutboxStore node = store;

  /** For subclasses. */
  protected OutboxStoreContract() {}

  /**
   * Makes the store under test.
   *
   * @return an empty store
   */
  protected abstract OutboxStore newStore();

  /**
   * Opens the same data as another node does. Override for stores that several nodes share.
   *
   * @param first the store under test
   * @return a store of the same data; the same object unless overridden
   */
  protected OutboxStore otherNode(OutboxStore first) {
    return first;
  }

  @BeforeEach
  void openStore() {
    store = newStore();
    node = otherNode(store);
  }

  private OutboxStore nodeFor(int call) {
    return call % 2 == 0 ? store : node;
  }

  private static byte[] contents(int length) {
    byte[] contents = new byte[length];
    for (int i = 0; i < length; i++) {
      contents[i] = (byte) (i * 31 + length);
    }
    return contents;
  }

  private static OutboxEntry waiting(String id, Instant dueAt) {
    return OutboxEntry.create(id, State.WAITING, AT, dueAt, contents(10));
  }

  private static OutboxEntry created(String id, State state, Instant createdAt) {
    return OutboxEntry.create(id, state, createdAt, createdAt, contents(1));
  }

  private static List<String> ids(List<OutboxEntry> entries) {
    return entries.stream().map(OutboxEntry::id).toList();
  }

  private static void same(OutboxEntry found, OutboxEntry expected) {
    assertThat(found.id()).isEqualTo(expected.id());
    assertThat(found.state()).isEqualTo(expected.state());
    assertThat(found.createdAt()).isEqualTo(expected.createdAt());
    assertThat(found.dueAt()).isEqualTo(expected.dueAt());
    assertThat(found.contents()).isEqualTo(expected.contents());
    assertThat(found.version()).isEqualTo(expected.version());
  }

  @Test
  void anEmptyStoreHasNoWork() {
    assertThat(store.find(ID)).isEmpty();
    assertThat(store.claim(AT, LEASE, 10)).isEmpty();
    assertThat(store.list(ALL, 0, 10)).isEmpty();
    assertThat(store.delete(ID)).isFalse();
    assertThat(store.purge(Instant.MAX)).isZero();
    assertThat(store.replace(waiting(ID, AT).next(State.DONE, AT, contents(1)))).isFalse();
  }

  @Test
  void anEntryIsKeptAsItIs() {
    OutboxEntry entry = OutboxEntry.create(ID, State.DEAD, AT, AT.minusSeconds(9), contents(300));

    assertThat(store.insert(entry)).isTrue();

    same(node.find(ID).orElseThrow(), entry);
    assertThat(node.find("Zk3-_ID")).as("ids are compared exactly").isEmpty();
  }

  @Test
  void theLargestContentsAndTheLongestIdAreKept() {
    OutboxEntry entry =
        OutboxEntry.create(
            "x".repeat(64), State.WAITING, AT, AT, contents(OutboxEntry.MAX_CONTENTS));

    assertThat(store.insert(entry)).isTrue();

    same(node.find(entry.id()).orElseThrow(), entry);
  }

  @Test
  void oneIdIsInsertedOnce() {
    assertThat(store.insert(waiting(ID, AT))).isTrue();

    assertThat(node.insert(created(ID, State.DONE, AT.plusSeconds(1)))).isFalse();

    same(store.find(ID).orElseThrow(), waiting(ID, AT));
  }

  @Test
  void oneOfManyParallelInsertionsWins() {
    List<Boolean> inserted =
        Parallel.call(
            Parallel.CALLS, i -> nodeFor(i).insert(created(ID, State.WAITING, AT.plusSeconds(i))));

    assertThat(inserted).containsOnlyOnce(true);
    assertThat(store.find(ID).orElseThrow().createdAt())
        .isEqualTo(AT.plusSeconds(inserted.indexOf(true)));
  }

  @Test
  void whatIsDueIsClaimedTheLongestDueFirst() {
    store.insert(waiting("due-now", AT));
    store.insert(waiting("due-later", AT.plusMillis(1)));
    store.insert(waiting("due-long", AT.minusSeconds(5)));
    store.insert(created("done", State.DONE, AT.minusSeconds(5)));
    store.insert(created("dead", State.DEAD, AT.minusSeconds(5)));

    assertThat(ids(node.claim(AT, LEASE, 10))).containsExactly("due-long", "due-now");
  }

  @Test
  void aClaimIsStoredInTheSameAct() {
    store.insert(waiting(ID, AT));

    OutboxEntry claimed = node.claim(AT, LEASE, 1).get(0);

    same(claimed, waiting(ID, AT).leased(LEASE));
    same(store.find(ID).orElseThrow(), claimed);
    assertThat(store.claim(LEASE.minusMillis(1), LEASE.plusSeconds(60), 10)).isEmpty();
  }

  /** Whoever claimed it recognises its own lease by the end of it. */
  @Test
  void aLeaseEndsForTheClaimerWhenItEndsForTheStore() {
    store.insert(waiting(ID, AT));
    Instant fine = LEASE.plusNanos(123_456);

    Instant told = store.claim(AT, fine, 1).get(0).dueAt();

    assertThat(told).isBetween(fine.minusMillis(1), fine);
    assertThat(node.find(ID).orElseThrow().dueAt()).isEqualTo(told);
    assertThat(store.list(ALL, 0, 1).get(0).dueAt()).isEqualTo(told);
    assertThat(node.claim(told, told.plusSeconds(60), 1)).as("it has ended").hasSize(1);
  }

  @Test
  void anEntryWhoseWorkerDiedIsDueAgain() {
    store.insert(waiting(ID, AT));
    assertThat(store.claim(AT, LEASE, 10)).hasSize(1);

    List<OutboxEntry> again = node.claim(LEASE, LEASE.plusSeconds(60), 10);

    assertThat(ids(again)).containsExactly(ID);
    assertThat(again.get(0).version()).isEqualTo(3);
  }

  @Test
  void aWorkerWhoseLeaseWasTakenOverReplacesNothing() {
    store.insert(waiting(ID, AT));
    OutboxEntry late = store.claim(AT, LEASE, 1).get(0);
    OutboxEntry now = node.claim(LEASE, LEASE.plusSeconds(60), 1).get(0);

    assertThat(store.replace(late.next(State.DONE, AT, contents(2)))).isFalse();
    assertThat(node.replace(now.next(State.DONE, AT, contents(3)))).isTrue();

    assertThat(store.find(ID).orElseThrow().contents()).isEqualTo(contents(3));
  }

  @Test
  void noMoreThanTheLimitIsClaimed() {
    for (int i = 0; i < 7; i++) {
      store.insert(waiting("id" + i, AT.minusSeconds(10 - i)));
    }

    assertThat(ids(store.claim(AT, LEASE, 3))).containsExactly("id0", "id1", "id2");
    assertThat(ids(node.claim(AT, LEASE, 3))).containsExactly("id3", "id4", "id5");
    assertThat(ids(store.claim(AT, LEASE, 3))).containsExactly("id6");
  }

  @Test
  void manyParallelClaimersShareTheWork() {
    int entries = 2 * Parallel.CALLS;
    for (int i = 0; i < entries; i++) {
      store.insert(waiting("id" + i, AT.minusSeconds(i)));
    }

    List<String> claimed = new ArrayList<>();
    Parallel.call(Parallel.CALLS, i -> nodeFor(i).claim(AT, LEASE, 3))
        .forEach(part -> claimed.addAll(ids(part)));
    // A store may give a caller less than there is while others claim; never nothing to all.
    List<String> rest = ids(store.claim(AT, LEASE, entries));
    claimed.addAll(rest);

    assertThat(claimed).hasSize(entries).doesNotHaveDuplicates();
  }

  @Test
  void onlyTheNextVersionReplaces() {
    store.insert(waiting(ID, AT));
    OutboxEntry second = waiting(ID, AT).next(State.WAITING, AT.plusSeconds(5), contents(20));

    assertThat(store.replace(second.next(State.DONE, AT, contents(1)))).as("skipped").isFalse();
    assertThat(node.replace(second)).isTrue();
    assertThat(store.replace(second)).as("the same again").isFalse();

    same(store.find(ID).orElseThrow(), second);
    assertThat(store.claim(AT, LEASE, 10)).as("not due any more").isEmpty();
    assertThat(ids(store.claim(AT.plusSeconds(5), LEASE, 10))).containsExactly(ID);
  }

  @Test
  void oneOfManyParallelReplacementsWins() {
    store.insert(waiting(ID, AT));

    List<Boolean> replaced =
        Parallel.call(
            Parallel.CALLS,
            i -> nodeFor(i).replace(waiting(ID, AT).next(State.DONE, AT, contents(i))));

    assertThat(replaced).containsOnlyOnce(true);
    assertThat(store.find(ID).orElseThrow().contents()).hasSize(replaced.indexOf(true));
  }

  @Test
  void finishedEntriesAreNotClaimed() {
    store.insert(waiting(ID, AT));
    OutboxEntry claimed = store.claim(AT, LEASE, 1).get(0);
    store.replace(claimed.next(State.DEAD, AT, contents(1)));

    assertThat(node.claim(LEASE.plusSeconds(600), LEASE.plusSeconds(660), 10)).isEmpty();
  }

  @Test
  void entriesAreListedByStateTheNewestFirst() {
    store.insert(created("b", State.WAITING, AT));
    store.insert(created("a", State.WAITING, AT));
    store.insert(created("c", State.DONE, AT.plusSeconds(2)));
    store.insert(created("d", State.DEAD, AT.minusSeconds(2)));

    assertThat(ids(node.list(ALL, 0, 10))).containsExactly("c", "b", "a", "d");
    assertThat(ids(node.list(ALL, 1, 2))).containsExactly("b", "a");
    assertThat(ids(node.list(ALL, 4, 2))).isEmpty();
    assertThat(ids(node.list(EnumSet.of(State.WAITING, State.DEAD), 0, 10)))
        .containsExactly("b", "a", "d");
    assertThat(node.list(Set.of(), 0, 10)).isEmpty();
  }

  @Test
  void aDeletedEntryIsGone() {
    store.insert(waiting(ID, AT));
    store.insert(waiting("other", AT));

    assertThat(node.delete(ID)).isTrue();
    assertThat(store.delete(ID)).isFalse();

    assertThat(ids(store.claim(AT, LEASE, 10))).containsExactly("other");
    assertThat(store.insert(waiting(ID, AT))).as("the id is free again").isTrue();
  }

  @Test
  void purgingRemovesWhatIsFinishedAndOld() {
    store.insert(created("old-done", State.DONE, AT.minusMillis(1)));
    store.insert(created("old-dead", State.DEAD, AT.minusSeconds(600)));
    store.insert(created("old-waiting", State.WAITING, AT.minusSeconds(600)));
    store.insert(created("at-the-time", State.DONE, AT));

    assertThat(node.purge(AT)).isEqualTo(2);

    assertThat(ids(store.list(ALL, 0, 10))).containsExactly("at-the-time", "old-waiting");
  }

  @Test
  void theCallersArrayIsCopied() {
    byte[] mine = contents(10);
    store.insert(OutboxEntry.create(ID, State.WAITING, AT, AT, mine));
    mine[0]++;

    assertThat(store.find(ID).orElseThrow().contents()).isEqualTo(contents(10));
  }

  @Test
  void nullIsRefused() {
    refusesNull(() -> store.insert(nullOf(OutboxEntry.class)));
    refusesNull(() -> store.claim(nullOf(Instant.class), LEASE, 1));
    refusesNull(() -> store.claim(AT, nullOf(Instant.class), 1));
    refusesNull(() -> store.replace(nullOf(OutboxEntry.class)));
    refusesNull(() -> store.find(nullOf(String.class)));
    refusesNull(() -> store.delete(nullOf(String.class)));
    refusesNull(() -> store.purge(nullOf(Instant.class)));
  }
}
