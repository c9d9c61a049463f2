package io.github.facelock.test.contract;

import static io.github.facelock.test.contract.Refusals.nullOf;
import static io.github.facelock.test.contract.Refusals.refusesNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.spi.store.SnapshotStore;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link SnapshotStore} promises; first of all, that a picture is gone when its time is
 * over.
 *
 * <pre>{@code
 * class MySnapshotStoreTest extends SnapshotStoreContract {
 *   @Override
 *   protected SnapshotStore newStore() {
 *     return new MySnapshotStore(emptyDatabase());
 *   }
 * }
 * }</pre>
 */
public abstract class SnapshotStoreContract {

  private static final Instant AT = Instant.parse("2030-01-01T12:34:56.789Z");
  private static final Instant END = AT.plusSeconds(3600);
  private static final String ID = "Zk3-_id";

  private SnapshotStore store = nullOf(SnapshotStore.class);
  private SnapshotStore node = store;

  /** For subclasses. */
  protected SnapshotStoreContract() {}

  /**
   * Makes the store under test.
   *
   * @return an empty store
   */
  protected abstract SnapshotStore newStore();

  /**
   * Opens the same data as another node does. Override for stores that several nodes share.
   *
   * @param first the store under test
   * @return a store of the same data; the same object unless overridden
   */
  protected SnapshotStore otherNode(SnapshotStore first) {
    return first;
  }

  @BeforeEach
  void openStore() {
    store = newStore();
    node = otherNode(store);
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 31 + length);
    }
    return bytes;
  }

  @Test
  void anUnknownIdHasNoSnapshot() {
    assertThat(store.find(ID, AT)).isEmpty();
    assertThat(store.delete(ID)).isFalse();
    assertThat(store.deleteExpired(Instant.MAX)).isZero();
  }

  @Test
  void aSnapshotIsGivenUntilItsEnd() {
    store.put(ID, bytes(300), END);

    assertThat(node.find(ID, AT).orElseThrow()).isEqualTo(bytes(300));
    assertThat(node.find(ID, END.minusMillis(1))).isPresent();
    assertThat(node.find(ID, END)).as("at its end").isEmpty();
    assertThat(node.find(ID, END.plusMillis(1))).as("after its end").isEmpty();
  }

  @Test
  void idsAreComparedExactly() {
    store.put("a", bytes(1), END);
    store.put("A", bytes(2), END);
    store.put("a".repeat(64), bytes(3), END);

    assertThat(node.find("a", AT).orElseThrow()).hasSize(1);
    assertThat(node.find("A", AT).orElseThrow()).hasSize(2);
    assertThat(node.find("a".repeat(64), AT).orElseThrow()).hasSize(3);
    assertThat(node.find("a".repeat(63), AT)).isEmpty();
  }

  @Test
  void theLargestSnapshotIsKept() {
    store.put(ID, bytes(SnapshotStore.MAX_LENGTH), END);

    assertThat(node.find(ID, AT).orElseThrow()).isEqualTo(bytes(SnapshotStore.MAX_LENGTH));
  }

  @Test
  void aLaterSnapshotReplacesAnEarlierOne() {
    store.put(ID, bytes(10), END);
    node.put(ID, bytes(20), END.plusSeconds(60));

    assertThat(store.find(ID, END).orElseThrow()).isEqualTo(bytes(20));
    assertThat(store.deleteExpired(END.plusSeconds(60))).isEqualTo(1);
  }

  @Test
  void aDeletedSnapshotIsGone() {
    store.put(ID, bytes(10), END);
    store.put("other", bytes(11), END);

    assertThat(node.delete(ID)).isTrue();

    assertThat(store.find(ID, AT)).isEmpty();
    assertThat(store.delete(ID)).isFalse();
    assertThat(store.find("other", AT)).isPresent();
  }

  @Test
  void whatHasExpiredIsDeleted() {
    store.put("before", bytes(1), END.minusMillis(1));
    store.put("at", bytes(2), END);
    store.put("after", bytes(3), END.plusMillis(1));

    assertThat(node.deleteExpired(END)).isEqualTo(2);

    // Asked for at an earlier time: they are really gone, not only hidden.
    assertThat(store.find("before", AT)).isEmpty();
    assertThat(store.find("at", AT)).isEmpty();
    assertThat(store.find("after", AT)).isPresent();
    assertThat(store.deleteExpired(END)).isZero();
  }

  @Test
  void parallelSnapshotsAreAllKept() {
    Parallel.run(Parallel.CALLS, i -> (i % 2 == 0 ? store : node).put("id" + i, bytes(i + 1), END));

    for (int i = 0; i < Parallel.CALLS; i++) {
      assertThat(store.find("id" + i, AT).orElseThrow()).isEqualTo(bytes(i + 1));
    }
  }

  @Test
  void theCallersArrayIsCopied() {
    byte[] mine = bytes(10);
    store.put(ID, mine, END);
    mine[0]++;

    assertThat(store.find(ID, AT).orElseThrow()).isEqualTo(bytes(10));
  }

  @Test
  void nullIsRefused() {
    refusesNull(() -> store.put(nullOf(String.class), bytes(1), END));
    refusesNull(() -> store.put(ID, nullOf(byte[].class), END));
    refusesNull(() -> store.put(ID, bytes(1), nullOf(Instant.class)));
    refusesNull(() -> store.find(nullOf(String.class), AT));
    refusesNull(() -> store.find(ID, nullOf(Instant.class)));
    refusesNull(() -> store.delete(nullOf(String.class)));
    refusesNull(() -> store.deleteExpired(nullOf(Instant.class)));
  }
}
