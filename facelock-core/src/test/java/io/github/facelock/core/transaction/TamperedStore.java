package io.github.facelock.core.transaction;

import io.github.facelock.spi.store.TransactionStore;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A store that never forgets, and whose owner changes what it gives. */
final class TamperedStore implements TransactionStore {

  final Map<String, byte[]> states = new HashMap<>();
  private final UnaryOperator<byte[]> change;

  TamperedStore(UnaryOperator<byte[]> change) {
    this.change = change;
  }

  @Override
  public void put(String key, byte[] state, Instant expiresAt) {
    states.put(key, state);
  }

  @Override
  public Optional<byte[]> take(String key, Instant now) {
    return Optional.ofNullable(states.remove(key)).map(change);
  }
}
