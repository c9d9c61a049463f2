package io.github.facelock.core.password;

import io.github.facelock.api.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the password hashes of other systems and writes them in the few forms that a login reads:
 * bcrypt as it is, the others as PHC strings. Strict: what is not understood to its last character
 * is refused.
 */
final class HashImport {

  static final int MAX_TEXT = 512;

  private static final String SALT_AND_HEX = "\\$([^$]{1,64})\\$([0-9a-f]{32,128})";
  private static final Pattern WERKZEUG_PBKDF2 =
      Pattern.compile("pbkdf2:(sha1|sha256|sha512):([1-9][0-9]{0,7})" + SALT_AND_HEX);
  private static final Pattern WERKZEUG_SCRYPT =
      Pattern.compile("scrypt:([1-9][0-9]{0,6}):([1-9][0-9]?):([1-9])" + SALT_AND_HEX);
  private static final Pattern DJANGO =
      Pattern.compile(
          "pbkdf2_(sha1|sha256)\\$([1-9][0-9]{0,7})\\$([^$]{1,64})\\$([A-Za-z0-9+/]{1,88}={0,2})");
  private static final Pattern PASSLIB =
      Pattern.compile(
          "\\$pbkdf2(-sha256|-sha512)?\\$([1-9][0-9]{0,7})"
              + "\\$([A-Za-z0-9./]{1,88})\\$([A-Za-z0-9./]{1,88})");
  private static final Pattern PHC_LENGTH = Pattern.compile("(\\$i=[0-9]{1,8}),l=[0-9]{1,3}\\$");
  private static final Pattern SPRING =
      Pattern.compile(
          "\\{(bcrypt|pbkdf2|pbkdf2@SpringSecurity_v5_8|argon2|argon2@SpringSecurity_v5_8)\\}(.*)");
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{80,96}");

  private HashImport() {}

  /** The form to store; empty if the text is no such hash, or exceeds the bounds. */
  static Optional<String> canonical(Secret encoded) {
    char[] characters = encoded.reveal();
    String text = new String(characters);
    Arrays.fill(characters, '\0');
    if (text.length() > MAX_TEXT) {
      return Optional.empty();
    }
    try {
      Matcher spring = SPRING.matcher(text);
      return spring.matches()
          ? ofSpring(spring.group(1), spring.group(2))
          : modular(text).or(() -> ofPython(text));
    } catch (IllegalArgumentException e) {
      // Base64 with bits left over.
      return Optional.empty();
    }
  }

  /** Forms that are stored as they come. */
  private static Optional<String> modular(String text) {
    Matcher length = PHC_LENGTH.matcher(text);
    String plain =
        text.startsWith("$pbkdf2-") && length.find() ? length.replaceFirst("$1\\$") : text;
    return Argon2Hash.parse(plain)
        .map(Argon2Hash::encode)
        .or(() -> ForeignHash.parse(plain).map(ForeignHash::encode));
  }

  private static Optional<String> ofSpring(String id, String rest) {
    return switch (id) {
      case "bcrypt" -> BcryptHash.parse(rest).map(ForeignHash::encode);
      case "argon2", "argon2@SpringSecurity_v5_8" -> Argon2Hash.parse(rest).map(Argon2Hash::encode);
      // Pbkdf2PasswordEncoder writes salt and hash in one; the costs are known by the id alone.
      case "pbkdf2" -> ofSpringPbkdf2("sha1", 185_000, 8, rest);
      default -> ofSpringPbkdf2("sha256", 310_000, 16, rest);
    };
  }

  private static Optional<String> ofSpringPbkdf2(
      String digest, int iterations, int saltLength, String hex) {
    if (!HEX.matcher(hex).matches() || hex.length() != 2 * (saltLength + 32)) {
      return Optional.empty();
    }
    byte[] both = HexFormat.of().parseHex(hex);
    return Pbkdf2Hash.of(
            digest,
            iterations,
            Arrays.copyOf(both, saltLength),
            Arrays.copyOfRange(both, saltLength, both.length))
        .map(ForeignHash::encode);
  }

  private static Optional<String> ofPython(String text) {
    Matcher django = DJANGO.matcher(text);
    if (django.matches()) {
      return pbkdf2(
          django.group(1),
          django.group(2),
          utf8(django.group(3)),
          Base64.getDecoder().decode(django.group(4)));
    }
    Matcher passlib = PASSLIB.matcher(text);
    if (passlib.matches()) {
      String digest = passlib.group(1) == null ? "sha1" : passlib.group(1).substring(1);
      return pbkdf2(digest, passlib.group(2), adapted(passlib.group(3)), adapted(passlib.group(4)));
    }
    Matcher pbkdf2 = WERKZEUG_PBKDF2.matcher(text);
    if (pbkdf2.matches()) {
      return pbkdf2(pbkdf2.group(1), pbkdf2.group(2), utf8(pbkdf2.group(3)), hex(pbkdf2.group(4)));
    }
    Matcher scrypt = WERKZEUG_SCRYPT.matcher(text);
    return scrypt.matches() ? ofWerkzeugScrypt(scrypt) : Optional.empty();
  }

  private static Optional<String> ofWerkzeugScrypt(Matcher scrypt) {
    int n = Integer.parseInt(scrypt.group(1));
    if (Integer.bitCount(n) != 1) {
      return Optional.empty();
    }
    return ScryptHash.of(
            Integer.numberOfTrailingZeros(n),
            Integer.parseInt(scrypt.group(2)),
            Integer.parseInt(scrypt.group(3)),
            utf8(scrypt.group(4)),
            hex(scrypt.group(5)))
        .map(ForeignHash::encode);
  }

  private static Optional<String> pbkdf2(
      String digest, String iterations, byte[] salt, byte[] hash) {
    return Pbkdf2Hash.of(digest, Integer.parseInt(iterations), salt, hash).map(ForeignHash::encode);
  }

  /** Passlib's base64 has a full stop for the plus sign, and no padding. */
  private static byte[] adapted(String text) {
    return Base64.getDecoder().decode(text.replace('.', '+'));
  }

  /** An odd number of digits throws like other malformed texts. */
  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
