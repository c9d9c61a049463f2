package io.github.facelock.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.regex.Pattern;

/**
 * The single-use key to one step of one login. Whoever holds it may answer the step, so it is
 * treated like a session identifier: it never prints, and it works at most once.
 *
 * <p>Immutable.
 */
public final class TransactionHandle {

  /** The number of random bits in a handle. */
  public static final int BITS = 256;

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

  private final String value;

  private TransactionHandle(String value) {
    this.value = value;
  }

  /**
   * Reads a handle that came back from a client.
   *
   * @param value 43 characters of base64url, as {@link #value()} gave them
   * @return the handle
   * @throws IllegalArgumentException if the text cannot be a handle; the message does not repeat
   *     the text
   */
  public static TransactionHandle parse(String value) {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("A transaction handle has 43 base64url characters");
    }
    return new TransactionHandle(value);
  }

  /**
   * Shows the handle, to be sent to the client that this step belongs to.
   *
   * @return 43 characters of base64url
   */
  public String value() {
    return value;
  }

  /**
   * Compares in constant time.
   *
   * @param other anything
   * @return whether the other is the same handle
   */
  @Override
  public boolean equals(Object other) {
    return other instanceof TransactionHandle that
        && MessageDigest.isEqual(
            that.value.getBytes(StandardCharsets.US_ASCII),
            value.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return "TransactionHandle[redacted]";
  }
}
