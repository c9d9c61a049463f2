package io.github.facelock.api;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * A text that must not be seen: a password, a PIN, a code, a destination address. It never prints.
 *
 * <p>Reading it takes an explicit call to {@link #reveal()}. Equality is decided in time that does
 * not depend on where two values of the same length differ. Immutable until {@link #close()
 * closed}, and safe for use by several threads.
 */
public final class Secret implements AutoCloseable {

  /**
   * The longest accepted secret, in characters; keeps password hashing from being fed megabytes.
   */
  public static final int MAX_LENGTH = 1024;

  // Guarded by itself: nobody may read a value that is half overwritten.
  private final char[] value;
  private boolean closed;

  private Secret(char[] value) {
    this.value = value;
  }

  /**
   * Takes a copy of a text.
   *
   * @param value at most {@value #MAX_LENGTH} characters
   * @return the secret
   * @throws IllegalArgumentException if the text is longer
   */
  public static Secret of(CharSequence value) {
    Objects.requireNonNull(value, "value");
    requireShort(value.length());
    char[] copy = new char[value.length()];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = value.charAt(i);
    }
    return new Secret(copy);
  }

  /**
   * Takes a copy of characters; the caller may wipe its own array afterwards.
   *
   * @param value at most {@value #MAX_LENGTH} characters
   * @return the secret
   * @throws IllegalArgumentException if the array is longer
   */
  public static Secret of(char[] value) {
    Objects.requireNonNull(value, "value");
    requireShort(value.length);
    return new Secret(value.clone());
  }

  private static void requireShort(int length) {
    if (length > MAX_LENGTH) {
      throw new IllegalArgumentException("A secret has at most " + MAX_LENGTH + " characters");
    }
  }

  /**
   * Shows the text.
   *
   * @return a copy, which the caller should wipe after use
   * @throws IllegalStateException if this secret was closed
   */
  public char[] reveal() {
    synchronized (value) {
      requireOpen();
      return value.clone();
    }
  }

  /**
   * Shows the text in UTF-8.
   *
   * @return a fresh array, which the caller should wipe after use
   * @throws IllegalStateException if this secret was closed
   */
  public byte[] revealUtf8() {
    // An own buffer, so that no copy stays behind: UTF-8 takes at most three bytes per UTF-16 unit.
    byte[] room = new byte[value.length * 3];
    ByteBuffer encoded = ByteBuffer.wrap(room);
    synchronized (value) {
      requireOpen();
      StandardCharsets.UTF_8
          .newEncoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .encode(CharBuffer.wrap(value), encoded, true);
    }
    byte[] bytes = Arrays.copyOf(room, encoded.position());
    Arrays.fill(room, (byte) 0);
    return bytes;
  }

  /**
   * Tells the length; for checks such as "six digits" that need no content.
   *
   * @return the number of characters
   */
  public int length() {
    return value.length;
  }

  /** Overwrites the text. Further calls of {@link #reveal()} fail; closing twice is harmless. */
  @Override
  public void close() {
    synchronized (value) {
      closed = true;
      Arrays.fill(value, '\0');
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("This secret was closed");
    }
  }

  /**
   * Compares in constant time for equal lengths. A closed secret equals nothing but itself.
   *
   * @param other anything
   * @return whether the other is a secret of the same text
   */
  @Override
  public boolean equals(Object other) {
    if (!(other instanceof Secret that)) {
      return false;
    }
    if (that == this) {
      return true;
    }
    Optional<byte[]> mine = utf16();
    Optional<byte[]> theirs = that.utf16();
    boolean same =
        mine.isPresent() && theirs.isPresent() && MessageDigest.isEqual(mine.get(), theirs.get());
    mine.ifPresent(bytes -> Arrays.fill(bytes, (byte) 0));
    theirs.ifPresent(bytes -> Arrays.fill(bytes, (byte) 0));
    return same;
  }

  /** Not UTF-8, where all unpaired surrogates become the same question mark. Empty if closed. */
  private Optional<byte[]> utf16() {
    byte[] bytes = new byte[value.length * 2];
    synchronized (value) {
      if (closed) {
        return Optional.empty();
      }
      ByteBuffer.wrap(bytes).asCharBuffer().put(value);
    }
    return Optional.of(bytes);
  }

  /** The same for all secrets: a hash of a short code would reveal the code. */
  @Override
  public int hashCode() {
    return 31;
  }

  @Override
  public String toString() {
    return "Secret[redacted]";
  }
}
