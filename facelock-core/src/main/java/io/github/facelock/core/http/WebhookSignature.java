package io.github.facelock.core.http;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs webhooks in the form of the Standard Webhooks specification, version 1: three headers,
 * {@value #ID_HEADER} (the message's id, the same for each try), {@value #TIMESTAMP_HEADER}
 * (seconds since 1970) and {@value #SIGNATURE_HEADER}: {@code v1,} and the base64 of HMAC-SHA-256
 * over id, timestamp and body, joined by full stops. Immutable and thread-safe.
 *
 * <p><strong>What a receiver does.</strong> Recompute the signature over the bytes that arrived,
 * compare in constant time, refuse timestamps more than five minutes away, and remember the ids of
 * the last ten minutes: a message that comes again was seen before.
 */
public final class WebhookSignature {

  /** Names the message. */
  public static final String ID_HEADER = "webhook-id";

  /** When the message was signed. */
  public static final String TIMESTAMP_HEADER = "webhook-timestamp";

  /** One or more signatures, separated by spaces. */
  public static final String SIGNATURE_HEADER = "webhook-signature";

  /** How far a timestamp may be from the receiver's clock. */
  public static final Duration TOLERANCE = Duration.ofMinutes(5);

  private static final String PREFIX = "whsec_";
  private static final int LEAST_KEY = 24;
  private static final int MOST_KEY = 64;
  private static final int MOST_SIGNATURES = 8;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:/-]{1,128}");
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,11}");

  private final SecretKeySpec key;

  /**
   * Uses a key.
   *
   * @param secret {@code whsec_} and the base64 of 24 to 64 random bytes
   * @throws IllegalArgumentException if it is not of this form
   */
  public WebhookSignature(Secret secret) {
    String text = new String(secret.reveal());
    byte[] bytes = new byte[0];
    if (text.startsWith(PREFIX)) {
      try {
        bytes = Base64.getDecoder().decode(text.substring(PREFIX.length()));
      } catch (IllegalArgumentException e) {
        bytes = new byte[0];
      }
    }
    if (bytes.length < LEAST_KEY || bytes.length > MOST_KEY) {
      throw new IllegalArgumentException(
          "A webhook secret is whsec_ and the base64 of 24 to 64 random bytes; make one with"
              + " openssl rand -base64 32");
    }
    this.key = new SecretKeySpec(bytes, "HmacSHA256");
    Arrays.fill(bytes, (byte) 0);
  }

  /**
   * Signs.
   *
   * @param id the message's id: 1 to 128 letters, digits and {@code . _ : / -}
   * @param at the moment of this try
   * @param body what is sent
   * @return the value of {@value #SIGNATURE_HEADER}
   * @throws IllegalArgumentException if the id is malformed
   */
  public String sign(String id, Instant at, byte[] body) {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("A webhook's id has 1 to 128 letters, digits and ._:/-");
    }
    return "v1," + Base64.getEncoder().encodeToString(mac(id, at.getEpochSecond(), body));
  }

  /**
   * Checks a message, in constant time.
   *
   * @param id the value of {@value #ID_HEADER}
   * @param timestamp the value of {@value #TIMESTAMP_HEADER}
   * @param signatures the value of {@value #SIGNATURE_HEADER}
   * @param body the bytes that arrived
   * @param now the receiver's time
   * @return whether one of the signatures is right and recent
   */
  public boolean verify(String id, String timestamp, String signatures, byte[] body, Instant now) {
    Objects.requireNonNull(now, "now");
    if (!ID.matcher(id).matches() || !SECONDS.matcher(timestamp).matches()) {
      return false;
    }
    long seconds = Long.parseLong(timestamp);
    Duration away = Duration.between(Instant.ofEpochSecond(seconds), now).abs();
    byte[] expected = mac(id, seconds, body);
    boolean right = false;
    String[] each = signatures.split(" ", MOST_SIGNATURES + 1);
    for (int i = 0; i < Math.min(each.length, MOST_SIGNATURES); i++) {
      right |= decoded(each[i]).filter(got -> MessageDigest.isEqual(expected, got)).isPresent();
    }
    return right && away.compareTo(TOLERANCE) <= 0;
  }

  private static Optional<byte[]> decoded(String signature) {
    if (!signature.startsWith("v1,")) {
      return Optional.empty();
    }
    try {
      return Optional.of(Base64.getDecoder().decode(signature.substring(3)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private byte[] mac(String id, long seconds, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update((id + "." + seconds + ".").getBytes(StandardCharsets.UTF_8));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new FaceLockException(
          "This Java runtime does not offer HMAC-SHA-256; enable its standard providers", e);
    }
  }

  @Override
  public String toString() {
    return "WebhookSignature[redacted]";
  }
}
