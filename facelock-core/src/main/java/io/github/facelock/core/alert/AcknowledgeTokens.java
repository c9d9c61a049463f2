package io.github.facelock.core.alert;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.Secret;
import io.github.facelock.core.crypto.KeyRing;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;

/**
 * Tokens that acknowledge one alert and nothing else: what they are for, who got them, and until
 * when they work, with an HMAC-SHA-256 under a key of their own. Thread-safe.
 */
final class AcknowledgeTokens {

  private static final Pattern FORM =
      Pattern.compile(
          "([A-Za-z0-9_-]{1,64})\\.([A-Za-z0-9_-]{1,32})\\.([0-9]{1,12})"
              + "\\.([A-Za-z0-9_-]{1,64})\\.([A-Za-z0-9_-]{43})");

  private final KeyRing keys;

  AcknowledgeTokens(KeyRing keys) {
    this.keys = keys;
  }

  /**
   * What a right token says.
   *
   * @param alert the alert's id
   * @param target who got it
   * @param expiresAt from when on it does not work
   */
  record Token(String alert, String target, Instant expiresAt) {}

  Secret issue(String alert, String target, Instant expiresAt) {
    String keyId = keys.currentKeyId();
    String said =
        String.join(
            ".",
            alert,
            target,
            Long.toString(expiresAt.getEpochSecond()),
            text(keyId.getBytes(StandardCharsets.UTF_8)));
    return Secret.of(said + "." + text(mac(keyId, said)));
  }

  /** Reads a token; empty if it was not issued here. Expiry is the caller's to judge. */
  Optional<Token> read(Secret token) {
    Matcher form = FORM.matcher(new String(token.reveal()));
    if (!form.matches()) {
      return Optional.empty();
    }
    try {
      String keyId =
          new String(Base64.getUrlDecoder().decode(form.group(4)), StandardCharsets.UTF_8);
      String said = String.join(".", form.group(1), form.group(2), form.group(3), form.group(4));
      byte[] mac = Base64.getUrlDecoder().decode(form.group(5));
      if (!MessageDigest.isEqual(mac, mac(keyId, said))) {
        return Optional.empty();
      }
      return Optional.of(
          new Token(
              form.group(1), form.group(2), Instant.ofEpochSecond(Long.parseLong(form.group(3)))));
    } catch (IllegalArgumentException | FaceLockException.Key e) {
      // No base64url, or a key that never was here.
      return Optional.empty();
    }
  }

  private byte[] mac(String keyId, String said) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(keys.subkey(keyId, "alert-acknowledge"));
      return mac.doFinal(said.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new FaceLockException.Key("This Java runtime does not offer HMAC-SHA-256", e);
    }
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
