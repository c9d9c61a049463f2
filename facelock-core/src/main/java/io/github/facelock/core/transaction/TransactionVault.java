package io.github.facelock.core.transaction;

import io.github.facelock.api.TransactionHandle;
import io.github.facelock.core.crypto.KeyRing;
import io.github.facelock.spi.store.TransactionStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * Keeps states behind single-use handles. The store sees neither: its key is a hash of the handle,
 * so that who reads the store cannot continue a login, and each state is sealed for its key, so
 * that who writes to the store cannot swap two logins.
 */
final class TransactionVault {

  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final TransactionStore store;
  private final KeyRing keys;
  private final TransactionCodec codec;
  private final SecureRandom random;

  TransactionVault(
      TransactionStore store, KeyRing keys, TransactionCodec codec, SecureRandom random) {
    this.store = store;
    this.keys = keys;
    this.codec = codec;
    this.random = random;
  }

  /** Keeps a state under a new handle. */
  TransactionHandle keep(TransactionState state) {
    TransactionHandle handle = TransactionHandle.parse(randomText(TransactionHandle.BITS));
    String key = keyOf(handle);
    store.put(key, keys.seal(codec.encode(state), associated(key)), state.expiresAt());
    return handle;
  }

  /** Takes the state out; empty if the handle is unknown or spent, or nothing can be read. */
  Optional<TransactionState> take(TransactionHandle handle, Instant now) {
    String key = keyOf(handle);
    return store.take(key, now).flatMap(stored -> codec.decode(keys.open(stored, associated(key))));
  }

  String randomText(int bits) {
    byte[] bytes = new byte[bits / 8];
    random.nextBytes(bytes);
    return BASE64.encodeToString(bytes);
  }

  private static String keyOf(TransactionHandle handle) {
    try {
      return BASE64.encodeToString(
          MessageDigest.getInstance("SHA-256")
              .digest(handle.value().getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /** Tells a login from everything else that the same keys seal, and from every other login. */
  private static byte[] associated(String key) {
    return ("transaction " + key).getBytes(StandardCharsets.US_ASCII);
  }
}
