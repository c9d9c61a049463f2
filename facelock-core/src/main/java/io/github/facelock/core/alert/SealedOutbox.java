package io.github.facelock.core.alert;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.core.crypto.KeyRing;
import io.github.facelock.spi.store.OutboxEntry;
import io.github.facelock.spi.store.OutboxStore;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;

/**
 * Cases in an outbox: sealed, bound to their ids, changed by compare-and-set. Thread-safe.
 *
 * <p>A lease is known by its end: {@link OutboxStore#claim} moves {@code dueAt} there, each later
 * claim to a later time, and folding and acknowledging leave it alone. So whoever still finds the
 * end of its own lease is the only one who works on the entry.
 */
final class SealedOutbox {

  private static final int MAX_RACES = 1000;

  private final OutboxStore store;
  private final KeyRing keys;

  SealedOutbox(OutboxStore store, KeyRing keys) {
    this.store = store;
    this.keys = keys;
  }

  /** A name that is the same for the same text, and tells nothing of it. */
  String idOf(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(keys.subkey(keys.currentKeyId(), "alert-id"));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new FaceLockException.Key("This Java runtime does not offer HMAC-SHA-256", e);
    }
  }

  boolean insert(String id, OutboxEntry.State state, Instant now, Instant due, AlertCase content) {
    return store.insert(OutboxEntry.create(id, state, now, due, seal(id, content)));
  }

  Optional<OutboxEntry> find(String id) {
    return store.find(id);
  }

  List<OutboxEntry> list(Set<OutboxEntry.State> states, int offset, int limit) {
    return store.list(states, offset, limit);
  }

  List<OutboxEntry> claim(Instant now, Instant leaseUntil, int limit) {
    return store.claim(now, leaseUntil, limit);
  }

  int purge(Instant createdBefore) {
    return store.purge(createdBefore);
  }

  /** What an entry says; empty if it cannot be read, whatever the reason. */
  Optional<AlertCase> open(OutboxEntry entry) {
    try {
      return AlertCaseCodec.decode(keys.open(entry.contents(), place(entry.id())));
    } catch (FaceLockException.Key e) {
      return Optional.empty();
    }
  }

  /** How an entry goes on. */
  record Next(OutboxEntry.State state, Instant dueAt, AlertCase content) {}

  /** Decides how an entry goes on; empty if it stays as it is. */
  @FunctionalInterface
  interface Change {
    Optional<Next> apply(OutboxEntry entry, AlertCase content);
  }

  /** Changes an entry, again and again until nobody interfered; tells what it says then. */
  Optional<AlertCase> update(String id, Change change) {
    for (int race = 0; race < MAX_RACES; race++) {
      Optional<OutboxEntry> entry = store.find(id);
      Optional<AlertCase> content = entry.flatMap(this::open);
      if (content.isEmpty()) {
        return Optional.empty();
      }
      Optional<Next> next = change.apply(entry.get(), content.get());
      if (next.isEmpty()) {
        return Optional.empty();
      }
      byte[] sealed = seal(id, next.get().content());
      if (store.replace(entry.get().next(next.get().state(), next.get().dueAt(), sealed))) {
        return Optional.of(next.get().content());
      }
    }
    throw new FaceLockException.Store(
        "An outbox entry changed "
            + MAX_RACES
            + " times while it was written; check that the outbox store compares versions");
  }

  /** Changes an entry under a lease, and keeps the lease. */
  Optional<AlertCase> updateLeased(String id, Instant lease, UnaryOperator<AlertCase> change) {
    return update(
        id,
        (entry, content) ->
            isHeld(entry, lease)
                ? Optional.of(new Next(entry.state(), lease, change.apply(content)))
                : Optional.empty());
  }

  static boolean isHeld(OutboxEntry entry, Instant lease) {
    return entry.state() == OutboxEntry.State.WAITING && entry.dueAt().equals(lease);
  }

  /** Gives an entry up that nobody can read; its contents stay as they are. */
  boolean bury(OutboxEntry entry) {
    return store.replace(entry.next(OutboxEntry.State.DEAD, entry.dueAt(), entry.contents()));
  }

  /** Seals an entry anew, nothing else changed; whether it could be read and nobody was faster. */
  boolean reseal(OutboxEntry entry) {
    return open(entry)
        .map(
            content ->
                store.replace(entry.next(entry.state(), entry.dueAt(), seal(entry.id(), content))))
        .orElse(false);
  }

  private byte[] seal(String id, AlertCase content) {
    return keys.seal(AlertCaseCodec.encode(content), place(id));
  }

  private static byte[] place(String id) {
    return ("alert/" + id).getBytes(StandardCharsets.UTF_8);
  }
}
