package io.github.facelock.examples.quickstart;

import io.github.facelock.api.Secret;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Arrays;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What runs on the person's telephone: reads the QR code's address once, and shows a code every
 * thirty seconds (RFC 6238, SHA-1, six digits).
 */
final class AuthenticatorApp {

  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private final SecretKeySpec key;
  private final Clock clock;

  private AuthenticatorApp(SecretKeySpec key, Clock clock) {
    this.key = key;
    this.clock = clock;
  }

  static AuthenticatorApp scan(Secret address, Clock clock) {
    String query = URI.create(new String(address.reveal())).getQuery();
    String secret =
        Arrays.stream(query.split("&", -1))
            .filter(part -> part.startsWith("secret="))
            .findFirst()
            .orElseThrow()
            .substring("secret=".length());
    return new AuthenticatorApp(new SecretKeySpec(decode(secret), "HmacSHA1"), clock);
  }

  private static byte[] decode(String base32) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int buffer = 0;
    int bits = 0;
    for (int i = 0; i < base32.length(); i++) {
      buffer = (buffer << 5 | BASE32.indexOf(base32.charAt(i))) & 0xFFF;
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        bytes.write(buffer >> bits);
      }
    }
    return bytes.toByteArray();
  }

  String code() {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(key);
      long step = clock.instant().getEpochSecond() / 30;
      byte[] hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
      int offset = hash[hash.length - 1] & 0xF;
      int number = ByteBuffer.wrap(hash).getInt(offset) & Integer.MAX_VALUE;
      return String.format(Locale.ROOT, "%06d", number % 1_000_000);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java runtime has HmacSHA1", e);
    }
  }
}
