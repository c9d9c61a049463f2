package io.github.facelock.test.contract;

import static io.github.facelock.test.contract.Refusals.nullOf;
import static io.github.facelock.test.contract.Refusals.refusesNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.spi.store.AttemptRecord;
import io.github.facelock.spi.store.AttemptStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link AttemptStore} promises; first of all, that no failed attempt is lost when many
 * are counted at once.
 *
 * <pre>{@code
 * class MyAttemptStoreTest extends AttemptStoreContract {
 *   @Override
 *   protected AttemptStore newStore() {
 *     return new MyAttemptStore(emptyDatabase());
 *   }
 * }
 * }</pre>
 */
public abstract class AttemptStoreContract {

  private static final Instant AT = Instant.parse("2030-01-01T12:34:56.789Z");
  private static final String KEY = "password alice";
  private static final int LONGEST_KEY = 200;

  private AttemptStore store = nullOf(AttemptStore.class);
  private AttemptStore node = store;

  /** For subclasses. */
  protected AttemptStoreContract() {}

  /**
   * Makes the store under test.
   *
   * @return an empty store
   */
  protected abstract AttemptStore newStore();

  /**
   * Opens the same data as another node does. Override for stores that several nodes share.
   *
   * @param first the store under test
   * @return a store of the same data; the same object unless overridden
   */
  protected AttemptStore otherNode(AttemptStore first) {
    return first;
  }

  @BeforeEach
  void openStore() {
    store = newStore();
    node = otherNode(store);
  }

  private AttemptStore nodeFor(int call) {
    return call % 2 == 0 ? store : node;
  }

  private static AttemptRecord record(int consecutive, long version) {
    return new AttemptRecord(consecutive, AT.plusSeconds(consecutive), AT, version);
  }

  @Test
  void anUnknownKeyHasNoRecord() {
    assertThat(store.find(KEY)).isEmpty();
  }

  @Test
  void theFirstVersionIsWrittenWhereThereIsNone() {
    assertThat(store.replace(KEY, record(1, 1))).isTrue();

    assertThat(node.find(KEY)).contains(record(1, 1));
    assertThat(node.replace(KEY, record(9, 1))).isFalse();
    assertThat(store.find(KEY)).contains(record(1, 1));
  }

  @Test
  void onlyTheNextVersionReplaces() {
    assertThat(store.replace(KEY, record(1, 1))).isTrue();

    assertThat(store.replace(KEY, record(9, 3))).as("a skipped version").isFalse();
    assertThat(node.replace(KEY, record(2, 2))).isTrue();
    assertThat(store.replace(KEY, record(9, 2))).as("the same version").isFalse();
    assertThat(store.find(KEY)).contains(record(2, 2));
  }

  @Test
  void aLaterVersionIsNotWrittenWhereThereIsNone() {
    assertThat(store.replace(KEY, record(1, 2))).isFalse();
    assertThat(store.find(KEY)).isEmpty();
  }

  @Test
  void aDeletedRecordIsGoneAndBeginsAnew() {
    assertThat(store.replace(KEY, record(1, 1))).isTrue();
    assertThat(store.replace("other", record(5, 1))).isTrue();

    node.delete(KEY);
    node.delete("never there");

    assertThat(store.find(KEY)).isEmpty();
    assertThat(store.find("other")).contains(record(5, 1));
    assertThat(store.replace(KEY, record(1, 2))).isFalse();
    assertThat(store.replace(KEY, record(1, 1))).isTrue();
  }

  @Test
  void keysAreComparedExactly() {
    List<String> keys = new ArrayList<>(OddTexts.texts());
    keys.add("\u65e5".repeat(LONGEST_KEY));
    keys.add("k".repeat(LONGEST_KEY));
    keys.add("k".repeat(LONGEST_KEY - 1));
    for (int i = 0; i < keys.size(); i++) {
      assertThat(store.replace(keys.get(i), record(i, 1))).as("write %s", keys.get(i)).isTrue();
    }
    for (int i = 0; i < keys.size(); i++) {
      assertThat(node.find(keys.get(i))).as("find %s", keys.get(i)).contains(record(i, 1));
    }
  }

  @Test
  void extremeTimesAndCountsAreKept() {
    List<AttemptRecord> extremes =
        List.of(
            // Until an administrator unlocks.
            new AttemptRecord(Integer.MAX_VALUE, Instant.MAX, AT, 1),
            new AttemptRecord(0, Instant.EPOCH, Instant.EPOCH, 1),
            new AttemptRecord(1, Instant.parse("9999-12-31T23:59:59Z"), AT, 1));
    for (int i = 0; i < extremes.size(); i++) {
      assertThat(store.replace("extreme " + i, extremes.get(i))).isTrue();
      assertThat(node.find("extreme " + i)).contains(extremes.get(i));
    }
  }

  @Test
  void oneOfManyParallelFirstWritesWins() {
    List<Boolean> written =
        Parallel.call(Parallel.CALLS, i -> nodeFor(i).replace(KEY, record(i, 1)));

    assertThat(written).containsOnlyOnce(true);
    assertThat(store.find(KEY)).contains(record(written.indexOf(true), 1));
  }

  @Test
  void oneOfManyParallelReplacementsWins() {
    assertThat(store.replace(KEY, record(1, 1))).isTrue();

    List<Boolean> written =
        Parallel.call(Parallel.CALLS, i -> nodeFor(i).replace(KEY, record(i, 2)));

    assertThat(written).containsOnlyOnce(true);
    assertThat(store.find(KEY)).contains(record(written.indexOf(true), 2));
  }

  @Test
  void noParallelCountIsLost() {
    Parallel.run(Parallel.CALLS, i -> count(nodeFor(i)));

    assertThat(store.find(KEY))
        .hasValueSatisfying(
            record -> {
              assertThat(record.consecutive()).isEqualTo(Parallel.CALLS);
              assertThat(record.version()).isEqualTo(Parallel.CALLS);
            });
  }

  private static void count(AttemptStore store) {
    boolean written;
    do {
      Optional<AttemptRecord> before = store.find(KEY);
      AttemptRecord next =
          before.map(b -> record(b.consecutive() + 1, b.version() + 1)).orElse(record(1, 1));
      written = store.replace(KEY, next);
    } while (!written);
  }

  @Test
  void nullIsRefused() {
    refusesNull(() -> store.find(nullOf(String.class)));
    refusesNull(() -> store.replace(nullOf(String.class), record(1, 1)));
    refusesNull(() -> store.replace(KEY, nullOf(AttemptRecord.class)));
    refusesNull(() -> store.delete(nullOf(String.class)));
  }
}
