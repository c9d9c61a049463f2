package io.github.facelock.core.otp;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.spi.FactorState;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;

/**
 * What a login remembers of its code: a keyed hash, never the code. Encoded as version, number of
 * sends, whether there was an address, length of the key's id (one byte each), the id, the time
 * sent in milliseconds (eight bytes), the hash.
 */
final class SentCode {

  private static final byte VERSION = 1;
  private static final int HASH_LENGTH = 32;

  private final String keyId;
  private final Instant sentAt;
  private final int sends;
  private final boolean addressed;
  private final byte[] hash;

  SentCode(String keyId, Instant sentAt, int sends, boolean addressed, byte[] hash) {
    this.keyId = keyId;
    this.sentAt = sentAt;
    this.sends = sends;
    this.addressed = addressed;
    this.hash = hash.clone();
  }

  static SentCode of(FactorState state) {
    try {
      ByteBuffer in = ByteBuffer.wrap(state.bytes());
      if (in.get() != VERSION) {
        throw unreadable();
      }
      int sends = in.get();
      boolean addressed = in.get() == 1;
      byte[] keyId = new byte[Byte.toUnsignedInt(in.get())];
      in.get(keyId);
      Instant sentAt = Instant.ofEpochMilli(in.getLong());
      byte[] hash = new byte[HASH_LENGTH];
      in.get(hash);
      if (in.hasRemaining()) {
        throw unreadable();
      }
      return new SentCode(
          new String(keyId, StandardCharsets.US_ASCII), sentAt, sends, addressed, hash);
    } catch (BufferUnderflowException e) {
      throw unreadable();
    }
  }

  FactorState encoded() {
    byte[] id = keyId.getBytes(StandardCharsets.US_ASCII);
    return FactorState.of(
        ByteBuffer.allocate(4 + id.length + Long.BYTES + HASH_LENGTH)
            .put(VERSION)
            .put((byte) sends)
            .put((byte) (addressed ? 1 : 0))
            .put((byte) id.length)
            .put(id)
            .putLong(sentAt.toEpochMilli())
            .put(hash)
            .array());
  }

  String keyId() {
    return keyId;
  }

  int sends() {
    return sends;
  }

  boolean addressed() {
    return addressed;
  }

  boolean hasHash(byte[] other) {
    return MessageDigest.isEqual(hash, other);
  }

  /** A code works before this moment. */
  Instant expiresAt(DeliveredCodeRules rules) {
    return sentAt.plus(rules.validFor());
  }

  boolean coolsDown(Instant now, DeliveredCodeRules rules) {
    return now.isBefore(sentAt.plus(rules.coolDown()));
  }

  Duration remaining(Instant now, DeliveredCodeRules rules) {
    Duration left = Duration.between(now, expiresAt(rules));
    return left.isNegative() ? Duration.ZERO : left;
  }

  private static FaceLockException.Store unreadable() {
    return new FaceLockException.Store(
        "The state of a delivered code cannot be read: it was damaged, or written by another"
            + " version. Let the person begin the login again");
  }
}
