package io.github.facelock.core.device;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A device's own key, from which its tokens are made: {@code ID.GENERATION.MAC}, the MAC being
 * HMAC-SHA-256 (RFC 2104) over the generation. So tokens can be told apart by age, and a second
 * login at the same time gets the same new token as the first instead of a competing one.
 */
final class DeviceSecret {

  static final int KEY_LENGTH = 32;

  private static final Pattern FORM =
      Pattern.compile("(device-[0-9a-f]{32})\\.([1-9][0-9]{0,9})\\.([A-Za-z0-9_-]{43})");
  private static final String HMAC = "HmacSHA256";

  private final byte[] key;

  DeviceSecret(byte[] key) {
    if (key.length != KEY_LENGTH) {
      throw new FaceLockException.Store(
          "A trusted device's record is damaged: revoke the subject's devices");
    }
    this.key = key.clone();
  }

  byte[] key() {
    return key.clone();
  }

  /** What a token claims to be. */
  static final class Claim {
    private final CredentialId device;
    private final long generation;
    private final byte[] mac;

    private Claim(CredentialId device, long generation, byte[] mac) {
      this.device = device;
      this.generation = generation;
      this.mac = mac;
    }

    CredentialId device() {
      return device;
    }

    long generation() {
      return generation;
    }
  }

  /** Reads a token; empty if it is none. */
  static Optional<Claim> read(Secret token) {
    char[] revealed;
    try {
      revealed = token.reveal();
    } catch (IllegalStateException closed) {
      return Optional.empty();
    }
    Matcher matcher = FORM.matcher(new String(revealed));
    Arrays.fill(revealed, '\0');
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new Claim(
            new CredentialId(matcher.group(1)),
            Long.parseLong(matcher.group(2)),
            matcher.group(3).getBytes(StandardCharsets.US_ASCII)));
  }

  Secret token(CredentialId device, long generation) {
    return Secret.of(device.value() + "." + generation + "." + mac(device, generation));
  }

  /** In constant time. */
  boolean made(Claim claim) {
    byte[] expected = mac(claim.device, claim.generation).getBytes(StandardCharsets.US_ASCII);
    return MessageDigest.isEqual(expected, claim.mac);
  }

  private String mac(CredentialId device, long generation) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      mac.update(device.value().getBytes(StandardCharsets.US_ASCII));
      mac.update(ByteBuffer.allocate(Long.BYTES).putLong(generation).array());
      return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal());
    } catch (GeneralSecurityException e) {
      throw new FaceLockException.Key(
          "This Java runtime does not offer HMAC-SHA-256; enable its standard security providers",
          e);
    }
  }
}
