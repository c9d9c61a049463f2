package io.github.facelock.core.otp;

import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.TotpParameters;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The address that a QR code carries to an authenticator app, in the "Key Uri Format" that the apps
 * share. Immutable and thread-safe.
 */
public final class OtpAuthUri {

  private static final int MAX_ISSUER = 32;
  private static final String UNRESERVED = "-._~";

  private final String issuer;

  /**
   * Makes addresses for an issuer.
   *
   * @param issuer the name that the app shows: 1 to 32 characters, no colon, no control characters
   * @throws IllegalArgumentException if the name is malformed
   */
  public OtpAuthUri(String issuer) {
    if (issuer.isBlank()
        || issuer.length() > MAX_ISSUER
        || issuer.indexOf(':') >= 0
        || issuer.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "An issuer has 1 to " + MAX_ISSUER + " characters and no colon");
    }
    this.issuer = issuer;
  }

  /**
   * Makes an address.
   *
   * @param account whose secret it is; the app's label is cut where the address would be longer
   *     than a {@link Secret}
   * @param secret the shared secret, at most 64 bytes
   * @param parameters what the app computes with
   * @return the {@code otpauth://totp/} address
   */
  public Secret of(SubjectId account, byte[] secret, TotpParameters parameters) {
    String prefix = "otpauth://totp/" + encode(issuer) + ":";
    String query =
        "?secret=%s&issuer=%s&algorithm=%s&digits=%d&period=%d"
            .formatted(
                Base32.encode(secret),
                encode(issuer),
                parameters.algorithm().name(),
                parameters.digits(),
                parameters.period().toSeconds());
    int room = Secret.MAX_LENGTH - prefix.length() - query.length();
    return Secret.of(prefix + fitting(account.value(), room) + query);
  }

  /**
   * Makes the address of a counter-based secret.
   *
   * @param account whose secret it is, cut as for TOTP
   * @param secret the shared secret, at most 64 bytes
   * @param digits of a code
   * @param counter where the token begins
   * @return the {@code otpauth://hotp/} address
   */
  public Secret ofHotp(SubjectId account, byte[] secret, int digits, long counter) {
    String prefix = "otpauth://hotp/" + encode(issuer) + ":";
    String query =
        "?secret=%s&issuer=%s&algorithm=SHA1&digits=%d&counter=%d"
            .formatted(Base32.encode(secret), encode(issuer), digits, counter);
    int room = Secret.MAX_LENGTH - prefix.length() - query.length();
    return Secret.of(prefix + fitting(account.value(), room) + query);
  }

  private static String fitting(String label, int room) {
    StringBuilder encoded = new StringBuilder();
    for (int codePoint : label.codePoints().toArray()) {
      String part = encode(Character.toString(codePoint));
      if (encoded.length() + part.length() > room) {
        break;
      }
      encoded.append(part);
    }
    return encoded.toString();
  }

  /** RFC 3986, section 2.1: everything but the unreserved characters. */
  private static String encode(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) Byte.toUnsignedInt(b);
      boolean plain =
          (c >= 'A' && c <= 'Z')
              || (c >= 'a' && c <= 'z')
              || (c >= '0' && c <= '9')
              || UNRESERVED.indexOf(c) >= 0;
      encoded.append(plain ? String.valueOf(c) : String.format(Locale.ROOT, "%%%02X", (int) c));
    }
    return encoded.toString();
  }
}
