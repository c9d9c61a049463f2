package io.github.facelock.core.password;

import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A hash with its salt and parameters, as a PHC string: {@code
 * $argon2id$v=19$m=19456,t=2,p=1$salt$hash}, the last two in base64 without padding.
 *
 * <p>Reading is strict: one version, one order of parameters, fixed lengths, bounded costs. Strings
 * of other schemes are not read; this is the place where one would be told from another.
 */
final class Argon2Hash {

  static final int SALT_BYTES = 16;
  static final int HASH_BYTES = 32;

  private static final int MAX_TEXT = 128;
  // The digits are bounded here, so that no number overflows; the record checks the values.
  private static final Pattern FORM =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=([1-9][0-9]{0,6}),t=([1-9][0-9]?),p=([1-9])"
              + "\\$([A-Za-z0-9+/]{22})\\$([A-Za-z0-9+/]{43})");

  private final Argon2Parameters parameters;
  private final byte[] salt;
  private final byte[] hash;

  /** Keeps the arrays. */
  Argon2Hash(Argon2Parameters parameters, byte[] salt, byte[] hash) {
    this.parameters = parameters;
    this.salt = salt;
    this.hash = hash;
  }

  static Optional<Argon2Hash> parse(String text) {
    if (text.length() > MAX_TEXT) {
      return Optional.empty();
    }
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      Argon2Parameters parameters =
          new Argon2Parameters(
              Integer.parseInt(matcher.group(1)),
              Integer.parseInt(matcher.group(2)),
              Integer.parseInt(matcher.group(3)));
      Base64.Decoder base64 = Base64.getDecoder();
      return Optional.of(
          new Argon2Hash(
              parameters, base64.decode(matcher.group(4)), base64.decode(matcher.group(5))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  Argon2Parameters parameters() {
    return parameters;
  }

  byte[] salt() {
    return salt.clone();
  }

  byte[] hash() {
    return hash.clone();
  }

  String encode() {
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            parameters.memoryKiB(),
            parameters.iterations(),
            parameters.parallelism(),
            base64.encodeToString(salt),
            base64.encodeToString(hash));
  }

  @Override
  public String toString() {
    return "Argon2Hash[" + parameters + ", redacted]";
  }
}
