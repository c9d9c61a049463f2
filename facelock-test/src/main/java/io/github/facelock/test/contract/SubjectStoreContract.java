package io.github.facelock.test.contract;

import static io.github.facelock.test.contract.Refusals.nullOf;
import static io.github.facelock.test.contract.Refusals.refusesNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.SubjectId;
import io.github.facelock.spi.store.Subject;
import io.github.facelock.spi.store.SubjectStore;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link SubjectStore} promises.
 *
 * <pre>{@code
 * class MySubjectStoreTest extends SubjectStoreContract {
 *   @Override
 *   protected SubjectStore newStore() {
 *     return new MySubjectStore(emptyDatabase());
 *   }
 * }
 * }</pre>
 */
public abstract class SubjectStoreContract {

  private static final Instant CREATED = Instant.parse("2030-01-01T12:34:56.789Z");
  private static final SubjectId ALICE = SubjectId.of("alice");

  private SubjectStore store = nullOf(SubjectStore.class);
  private SubjectStore node = store;

  /** For subclasses. */
  protected SubjectStoreContract() {}

  /**
   * Makes the store under test.
   *
   * @return an empty store
   */
  protected abstract SubjectStore newStore();

  /**
   * Opens the same data as another node does. Override for stores that several nodes share.
   *
   * @param first the store under test
   * @return a store of the same data; the same object unless overridden
   */
  protected SubjectStore otherNode(SubjectStore first) {
    return first;
  }

  @BeforeEach
  void openStore() {
    store = newStore();
    node = otherNode(store);
  }

  private static Subject subject(SubjectId id) {
    return new Subject(id, false, CREATED, 1);
  }

  private SubjectStore nodeFor(int call) {
    return call % 2 == 0 ? store : node;
  }

  @Test
  void anUnknownSubjectIsNotFound() {
    assertThat(store.find(ALICE)).isEmpty();
  }

  @Test
  void whatWasInsertedIsFoundOnEveryNode() {
    assertThat(store.insert(subject(ALICE))).isTrue();

    assertThat(store.find(ALICE)).contains(subject(ALICE));
    assertThat(node.find(ALICE)).contains(subject(ALICE));
  }

  @Test
  void aTakenNameIsNotInsertedAgainAndStaysAsItIs() {
    assertThat(store.insert(subject(ALICE))).isTrue();

    assertThat(node.insert(new Subject(ALICE, true, CREATED.plusSeconds(1), 1))).isFalse();
    assertThat(store.find(ALICE)).contains(subject(ALICE));
  }

  @Test
  void namesAreComparedExactly() {
    for (SubjectId id : OddTexts.subjectIds()) {
      assertThat(store.find(id)).as("before %s was inserted", id).isEmpty();
      assertThat(store.insert(subject(id))).as("insert %s", id).isTrue();
    }
    for (SubjectId id : OddTexts.subjectIds()) {
      assertThat(node.find(id)).as("find %s", id).contains(subject(id));
    }
    for (SubjectId id : OddTexts.subjectIds()) {
      assertThat(store.delete(id)).as("delete %s", id).isTrue();
      assertThat(store.find(id)).as("after %s was deleted", id).isEmpty();
    }
  }

  @Test
  void theNextVersionReplaces() {
    assertThat(store.insert(subject(ALICE))).isTrue();
    Subject suspended = subject(ALICE).withSuspended(true);

    assertThat(node.replace(suspended)).isTrue();
    assertThat(store.find(ALICE)).contains(suspended);
    assertThat(store.replace(suspended.withSuspended(false))).isTrue();
    assertThat(node.find(ALICE)).contains(new Subject(ALICE, false, CREATED, 3));
  }

  @Test
  void anotherVersionThanTheNextDoesNotReplace() {
    assertThat(store.insert(subject(ALICE))).isTrue();

    assertThat(store.replace(new Subject(ALICE, true, CREATED, 1))).as("same").isFalse();
    assertThat(store.replace(new Subject(ALICE, true, CREATED, 3))).as("skipped one").isFalse();
    assertThat(store.find(ALICE)).contains(subject(ALICE));
  }

  @Test
  void anUnknownSubjectIsNotReplaced() {
    assertThat(store.replace(new Subject(ALICE, true, CREATED, 1))).isFalse();
    assertThat(store.replace(new Subject(ALICE, true, CREATED, 2))).isFalse();
    assertThat(store.find(ALICE)).isEmpty();
  }

  @Test
  void aDeletedSubjectIsGoneAndItsNameFree() {
    assertThat(store.insert(subject(ALICE))).isTrue();

    assertThat(node.delete(ALICE)).isTrue();
    assertThat(store.delete(ALICE)).isFalse();
    assertThat(store.find(ALICE)).isEmpty();
    assertThat(store.replace(subject(ALICE).withSuspended(true))).isFalse();
    assertThat(store.insert(subject(ALICE))).isTrue();
  }

  @Test
  void oneOfManyParallelInsertsWins() {
    List<Boolean> inserted = Parallel.call(Parallel.CALLS, i -> nodeFor(i).insert(subject(ALICE)));

    assertThat(inserted).containsOnlyOnce(true);
  }

  @Test
  void oneOfManyParallelReplacementsWins() {
    assertThat(store.insert(subject(ALICE))).isTrue();

    List<Boolean> replaced =
        Parallel.call(
            Parallel.CALLS, i -> nodeFor(i).replace(subject(ALICE).withSuspended(i % 3 == 0)));

    assertThat(replaced).containsOnlyOnce(true);
    assertThat(store.find(ALICE))
        .contains(subject(ALICE).withSuspended(replaced.indexOf(true) % 3 == 0));
  }

  @Test
  void oneOfManyParallelDeletionsWins() {
    assertThat(store.insert(subject(ALICE))).isTrue();

    List<Boolean> deleted = Parallel.call(Parallel.CALLS, i -> nodeFor(i).delete(ALICE));

    assertThat(deleted).containsOnlyOnce(true);
  }

  @Test
  void nullIsRefused() {
    refusesNull(() -> store.find(nullOf(SubjectId.class)));
    refusesNull(() -> store.insert(nullOf(Subject.class)));
    refusesNull(() -> store.replace(nullOf(Subject.class)));
    refusesNull(() -> store.delete(nullOf(SubjectId.class)));
  }
}
