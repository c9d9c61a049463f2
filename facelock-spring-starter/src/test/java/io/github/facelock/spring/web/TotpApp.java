package io.github.facelock.spring.web;

import io.github.facelock.api.Secret;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** An authenticator app: reads the QR code's address, and shows a code (RFC 6238, SHA-1). */
public final class TotpApp {

  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private final byte[] key;

  /** Scans. */
  public TotpApp(Secret address) {
    String secret =
        Arrays.stream(URI.create(new String(address.reveal())).getQuery().split("&"))
            .filter(part -> part.startsWith("secret="))
            .findFirst()
            .orElseThrow()
            .substring("secret=".length());
    byte[] bytes = new byte[secret.length() * 5 / 8];
    int buffer = 0;
    int bits = 0;
    int at = 0;
    for (int i = 0; i < secret.length(); i++) {
      buffer = (buffer << 5 | BASE32.indexOf(secret.charAt(i))) & 0xFFF;
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        bytes[at++] = (byte) (buffer >> bits);
      }
    }
    this.key = bytes;
  }

  /** The code at a time. */
  public String code(Instant now) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(key, "HmacSHA1"));
      byte[] hash =
          mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(now.getEpochSecond() / 30).array());
      int offset = hash[hash.length - 1] & 0xF;
      int number = ByteBuffer.wrap(hash).getInt(offset) & Integer.MAX_VALUE;
      return String.format(Locale.ROOT, "%06d", number % 1_000_000);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
