package io.github.facelock.core.otp;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.enrolment.TotpParameters.Algorithm;
import io.github.facelock.spi.store.Credential;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The secret part of an HOTP credential: version, state, digits (one byte each), the next counter
 * that may be used (eight bytes), the shared secret.
 */
final class HotpSecret {

  private static final byte VERSION = 1;
  private static final int HEADER = 11;
  private static final int MAX_SECRET = 64;

  private final boolean active;
  private final int digits;
  private final long next;
  private final byte[] shared;

  private HotpSecret(boolean active, int digits, long next, byte[] shared) {
    this.active = active;
    this.digits = digits;
    this.next = next;
    this.shared = shared;
  }

  static HotpSecret pending(int digits, long counter, byte[] shared) {
    return new HotpSecret(false, digits, counter, shared.clone());
  }

  static HotpSecret of(Credential credential) {
    byte[] bytes = credential.secretData();
    if (bytes.length <= HEADER || bytes.length > HEADER + MAX_SECRET || bytes[0] != VERSION) {
      throw unreadable(credential);
    }
    ByteBuffer in = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
    byte state = in.get();
    byte digits = in.get();
    long next = in.getLong();
    if (state < 0 || state > 1 || digits < 6 || digits > 8 || next < 0) {
      throw unreadable(credential);
    }
    byte[] shared = new byte[in.remaining()];
    in.get(shared);
    return new HotpSecret(state == 1, digits, next, shared);
  }

  static Optional<HotpSecret> ifActive(Credential credential) {
    return Optional.of(of(credential)).filter(HotpSecret::active);
  }

  boolean active() {
    return active;
  }

  byte[] encoded() {
    return ByteBuffer.allocate(HEADER + shared.length)
        .put(VERSION)
        .put((byte) (active ? 1 : 0))
        .put((byte) digits)
        .putLong(next)
        .put(shared)
        .array();
  }

  /**
   * Looks for a code from the next counter on (RFC 4226, section 7.4). Tries the whole window,
   * right or wrong.
   *
   * @return this secret, active and used up to the code
   */
  Optional<HotpSecret> matched(String code, int lookAhead) {
    OptionalLong found = OptionalLong.empty();
    for (long counter = last(lookAhead); counter >= next; counter--) {
      if (matches(counter, code)) {
        found = OptionalLong.of(counter);
      }
    }
    return found.isEmpty() ? Optional.empty() : Optional.of(usedAt(found.getAsLong()));
  }

  /** Tells whether a code is one of the few before the next counter: for the audit trail only. */
  boolean isUsed(String code, int lookBack) {
    boolean used = false;
    for (long counter = Math.max(0, next - lookBack); counter < next; counter++) {
      used |= matches(counter, code);
    }
    return used;
  }

  /**
   * Looks further ahead, for two codes in a row.
   *
   * @return this secret, used up to the second code
   */
  Optional<HotpSecret> resynchronised(String first, String second, int lookAhead) {
    OptionalLong found = OptionalLong.empty();
    for (long counter = last(lookAhead); counter >= next; counter--) {
      // Both are compared in any case, so that a right first code costs no other time.
      boolean one = matches(counter, first);
      boolean two = matches(counter + 1, second);
      if (one && two) {
        found = OptionalLong.of(counter);
      }
    }
    return found.isEmpty() ? Optional.empty() : Optional.of(usedAt(found.getAsLong() + 1));
  }

  /** The last counter of a window; a counter at its end has a shorter one. */
  private long last(int lookAhead) {
    return Math.min(next, Long.MAX_VALUE - lookAhead - 2) + lookAhead;
  }

  private HotpSecret usedAt(long counter) {
    return new HotpSecret(true, digits, counter + 1, shared);
  }

  /** In constant time. */
  private boolean matches(long counter, String code) {
    return MessageDigest.isEqual(
        Hotp.code(Algorithm.SHA1, shared, counter, digits).getBytes(StandardCharsets.US_ASCII),
        code.getBytes(StandardCharsets.UTF_8));
  }

  private static FaceLockException.Store unreadable(Credential credential) {
    return new FaceLockException.Store(
        "HOTP credential "
            + credential.id()
            + " cannot be read: it was damaged or written by a newer version. Remove it and enrol"
            + " the token again");
  }
}
