package io.github.facelock.test.contract;

import static io.github.facelock.test.contract.Refusals.nullOf;
import static io.github.facelock.test.contract.Refusals.refusesNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.spi.store.TransactionStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link TransactionStore} promises; first of all, that a login's handle works once.
 *
 * <pre>{@code
 * class MyTransactionStoreTest extends TransactionStoreContract {
 *   @Override
 *   protected TransactionStore newStore() {
 *     return new MyTransactionStore(emptyDatabase());
 *   }
 * }
 * }</pre>
 */
public abstract class TransactionStoreContract {

  private static final int LARGEST_STATE = 64 * 1024;
  private static final String KEY = "Zk3-_hash";

  private Instant now = Instant.EPOCH;
  private TransactionStore store = nullOf(TransactionStore.class);
  private TransactionStore node = store;

  /** For subclasses. */
  protected TransactionStoreContract() {}

  /**
   * Makes the store under test.
   *
   * @return an empty store
   */
  protected abstract TransactionStore newStore();

  /**
   * Opens the same data as another node does. Override for stores that several nodes share.
   *
   * @param first the store under test
   * @return a store of the same data; the same object unless overridden
   */
  protected TransactionStore otherNode(TransactionStore first) {
    return first;
  }

  /**
   * Tells the present time. Override for stores that throw expired states away by a clock of their
   * own, as Redis does.
   *
   * @return a fixed time in the year 2030 unless overridden
   */
  protected Instant now() {
    return Instant.parse("2030-01-01T12:34:56.789Z");
  }

  @BeforeEach
  void openStore() {
    now = now();
    store = newStore();
    node = otherNode(store);
  }

  private Instant later() {
    return now.plusSeconds(600);
  }

  private TransactionStore nodeFor(int call) {
    return call % 2 == 0 ? store : node;
  }

  private static byte[] state(int length) {
    byte[] state = new byte[length];
    for (int i = 0; i < length; i++) {
      state[i] = (byte) (i * 31 + length);
    }
    return state;
  }

  @Test
  void anUnknownKeyHasNoState() {
    assertThat(store.take(KEY, now)).isEmpty();
  }

  @Test
  void aStateIsGivenOnce() {
    store.put(KEY, state(100), later());

    assertThat(node.take(KEY, now)).hasValueSatisfying(s -> assertThat(s).isEqualTo(state(100)));
    assertThat(node.take(KEY, now)).isEmpty();
    assertThat(store.take(KEY, now)).isEmpty();
  }

  @Test
  void oneOfManyParallelCallersGetsTheState() {
    for (int round = 0; round < 10; round++) {
      String key = KEY + round;
      store.put(key, state(100), later());

      List<Optional<byte[]>> taken = Parallel.call(Parallel.CALLS, i -> nodeFor(i).take(key, now));

      assertThat(taken.stream().filter(Optional::isPresent)).as("round %d", round).hasSize(1);
    }
  }

  @Test
  void parallelCallersOfDifferentKeysAllGetTheirs() {
    Parallel.run(Parallel.CALLS, i -> nodeFor(i).put(KEY + i, state(i + 1), later()));

    List<Optional<byte[]>> taken =
        Parallel.call(Parallel.CALLS, i -> nodeFor(i + 1).take(KEY + i, now));

    for (int i = 0; i < Parallel.CALLS; i++) {
      assertThat(taken.get(i).orElseThrow()).isEqualTo(state(i + 1));
    }
  }

  @Test
  void anExpiredStateIsNotGiven() {
    store.put("at", state(1), later());
    store.put("after", state(1), later());
    store.put("before", state(1), later());

    assertThat(store.take("at", later())).as("at its end").isEmpty();
    assertThat(store.take("after", later().plusSeconds(1))).as("after its end").isEmpty();
    assertThat(store.take("before", later().minusSeconds(1))).as("before its end").isPresent();
  }

  @Test
  void aStateOfTheLargestSizeIsKept() {
    store.put(KEY, state(LARGEST_STATE), later());

    assertThat(node.take(KEY, now).orElseThrow()).isEqualTo(state(LARGEST_STATE));
  }

  @Test
  void keysAreComparedExactly() {
    List<String> keys =
        List.of(
            "a", "A", "-", "_", "a-", "a_", "x".repeat(64), "x".repeat(63) + "X", "x".repeat(63));
    for (int i = 0; i < keys.size(); i++) {
      store.put(keys.get(i), state(i + 1), later());
    }
    for (int i = 0; i < keys.size(); i++) {
      assertThat(node.take(keys.get(i), now).orElseThrow())
          .as("key %s", keys.get(i))
          .isEqualTo(state(i + 1));
    }
  }

  @Test
  void theCallersArrayIsCopied() {
    byte[] mine = state(10);
    store.put(KEY, mine, later());
    mine[0]++;

    assertThat(store.take(KEY, now).orElseThrow()).isEqualTo(state(10));
  }

  @Test
  void nullIsRefused() {
    refusesNull(() -> store.put(nullOf(String.class), state(1), later()));
    refusesNull(() -> store.put(KEY, nullOf(byte[].class), later()));
    refusesNull(() -> store.put(KEY, state(1), nullOf(Instant.class)));
    refusesNull(() -> store.take(nullOf(String.class), now));
    refusesNull(() -> store.take(KEY, nullOf(Instant.class)));
  }
}
