package io.github.facelock.core.password;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * PBKDF2 (RFC 8018, section 5.2) with HMAC, as a PHC string: {@code
 * $pbkdf2-sha256$i=600000$salt$hash}, the last two in base64 without padding.
 */
final class Pbkdf2Hash implements ForeignHash {

  static final int MIN_ITERATIONS = 1000;

  /** One to two seconds of one processor. */
  static final int MAX_ITERATIONS = 2_000_000;

  static final int MAX_SALT = 64;
  static final int MIN_HASH = 16;
  static final int MAX_HASH = 64;

  private static final Map<String, Supplier<Digest>> DIGESTS =
      Map.of("sha1", SHA1Digest::new, "sha256", SHA256Digest::new, "sha512", SHA512Digest::new);
  private static final Pattern FORM =
      Pattern.compile(
          "\\$pbkdf2-(sha1|sha256|sha512)\\$i=([1-9][0-9]{0,7})"
              + "\\$([A-Za-z0-9+/]{1,88})\\$([A-Za-z0-9+/]{1,88})");

  private final String digest;
  private final int iterations;
  private final byte[] salt;
  private final byte[] hash;

  private Pbkdf2Hash(String digest, int iterations, byte[] salt, byte[] hash) {
    this.digest = digest;
    this.iterations = iterations;
    this.salt = salt;
    this.hash = hash;
  }

  /** Empty if a value is out of its bounds. */
  static Optional<Pbkdf2Hash> of(String digest, int iterations, byte[] salt, byte[] hash) {
    boolean bounded =
        DIGESTS.containsKey(digest)
            && iterations >= MIN_ITERATIONS
            && iterations <= MAX_ITERATIONS
            && salt.length >= 1
            && salt.length <= MAX_SALT
            && hash.length >= MIN_HASH
            && hash.length <= MAX_HASH;
    return bounded
        ? Optional.of(new Pbkdf2Hash(digest, iterations, salt.clone(), hash.clone()))
        : Optional.empty();
  }

  static Optional<Pbkdf2Hash> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      Base64.Decoder base64 = Base64.getDecoder();
      return of(
          matcher.group(1),
          Integer.parseInt(matcher.group(2)),
          base64.decode(matcher.group(3)),
          base64.decode(matcher.group(4)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public boolean matches(byte[] utf8) {
    PKCS5S2ParametersGenerator generator =
        new PKCS5S2ParametersGenerator(DIGESTS.getOrDefault(digest, SHA256Digest::new).get());
    generator.init(utf8, salt, iterations);
    KeyParameter derived =
        (KeyParameter) generator.generateDerivedMacParameters(hash.length * Byte.SIZE);
    return MessageDigest.isEqual(hash, derived.getKey());
  }

  @Override
  public String encode() {
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return "$pbkdf2-%s$i=%d$%s$%s"
        .formatted(digest, iterations, base64.encodeToString(salt), base64.encodeToString(hash));
  }

  @Override
  public String toString() {
    return "Pbkdf2Hash[" + digest + ", " + iterations + ", redacted]";
  }
}
