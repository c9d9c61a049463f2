package io.github.facelock.core.otp;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.spi.store.Credential;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;

/**
 * The secret part of an address that waits for its code: version, tries so far, length of the key's
 * id (one byte each), the id, the time of sending in milliseconds (eight bytes), the keyed hash of
 * the code (32 bytes), the address in UTF-8.
 */
final class PendingAddress {

  private static final byte VERSION = 1;
  private static final int HASH_LENGTH = 32;

  private final int tries;
  private final String keyId;
  private final Instant sentAt;
  private final byte[] hash;
  private final byte[] address;

  PendingAddress(int tries, String keyId, Instant sentAt, byte[] hash, byte[] address) {
    this.tries = tries;
    this.keyId = keyId;
    this.sentAt = sentAt;
    this.hash = hash.clone();
    this.address = address.clone();
  }

  static PendingAddress of(Credential credential) {
    try {
      ByteBuffer in = ByteBuffer.wrap(credential.secretData());
      if (in.get() != VERSION) {
        throw unreadable();
      }
      int tries = in.get();
      byte[] keyId = new byte[Byte.toUnsignedInt(in.get())];
      in.get(keyId);
      Instant sentAt = Instant.ofEpochMilli(in.getLong());
      byte[] hash = new byte[HASH_LENGTH];
      in.get(hash);
      byte[] address = new byte[in.remaining()];
      in.get(address);
      return new PendingAddress(
          tries, new String(keyId, StandardCharsets.US_ASCII), sentAt, hash, address);
    } catch (BufferUnderflowException e) {
      throw unreadable();
    }
  }

  byte[] encoded() {
    byte[] id = keyId.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(3 + id.length + Long.BYTES + HASH_LENGTH + address.length)
        .put(VERSION)
        .put((byte) tries)
        .put((byte) id.length)
        .put(id)
        .putLong(sentAt.toEpochMilli())
        .put(hash)
        .put(address)
        .array();
  }

  int tries() {
    return tries;
  }

  String keyId() {
    return keyId;
  }

  Instant sentAt() {
    return sentAt;
  }

  boolean hasHash(byte[] other) {
    return MessageDigest.isEqual(hash, other);
  }

  String address() {
    return new String(address, StandardCharsets.UTF_8);
  }

  PendingAddress afterTry() {
    return new PendingAddress(tries + 1, keyId, sentAt, hash, address);
  }

  private static FaceLockException.Store unreadable() {
    return new FaceLockException.Store(
        "A pending address cannot be read: it was damaged, or written by another version. Let the"
            + " person give the address again");
  }
}
